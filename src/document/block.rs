//! The blocks of an article: what each line or paragraph is. Knows rules of layout, no language and no question.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// What a block of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title, once.
    Title,
    /// Who wrote it.
    Byline,
    /// When it was published or updated.
    Dateline,
    /// A heading between paragraphs.
    Heading,
    /// Running text: the only kind that is evidence for what happened.
    Paragraph,
    /// Under a picture.
    Caption,
    /// A printed correction of an earlier version.
    Correction,
    /// Repeated titles, navigation.
    Boilerplate,
}

/// One block of an edition, in text order.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, without white space at the ends.
    pub span: Span,
    /// The heading it stands under.
    pub section: Option<Span>,
    /// Id of the rule that decided its kind.
    pub rule: &'static str,
}
