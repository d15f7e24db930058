//! Checks a document that holds receipts, such as an answer in Markdown: each receipt, and that its words stand in the document.

use anyhow::bail;

use super::Report;
use crate::document::Knowledge;
use crate::receipt::{Receipt, RulesVersion};

/// Checks every receipt in `text`.
pub(super) fn check(text: &str, knowledge: &Knowledge, version: RulesVersion, report: &mut Report) -> anyhow::Result<()> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '<' | '>' | '(' | ')'));
    let receipts = words.filter_map(|word| Receipt::parse(word).ok()).collect::<Vec<_>>();
    if receipts.is_empty() {
        bail!("no receipt was found in this file; `verbatim ask --format json` and `--format markdown` write one");
    }
    let document = plain(text);
    for receipt in &receipts {
        if let Ok(spans) = receipt.check(knowledge) {
            let missing = spans.iter().filter(|&&span| !document.contains(&plain(knowledge.slice(span)))).count();
            if missing > 0 {
                let finding =
                    format!("{}: {missing} of its {} passages are not in this file, word for word", receipt.id(), spans.len());
                report.findings.push(finding);
            }
        }
        report.receipt(receipt, knowledge, version);
    }
    Ok(())
}

/// The text without white space and the marks that surfaces add.
fn plain(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !matches!(c, '\\' | '>' | '│')).collect()
}
