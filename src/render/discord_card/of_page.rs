//! A page as cards, each within an embed: parts stay whole where they fit, and a part that goes on repeats its title. Knows no limits
//! but how much a card should hold.

use super::{Card, Part};
use crate::render::page::{Item, Page};

/// Characters that a card is filled with; escaping and quotation marks come on top.
const FILL: usize = 2_600;

impl Card {
    /// The page on as many cards as it needs, one at least.
    #[must_use]
    pub fn pages(page: &Page) -> Vec<Self> {
        let lines = page.sources.iter().flat_map(|source| [source.title.clone(), source.dates.clone()]);
        let footer: Vec<String> = lines.chain([page.receipt_label.clone()]).filter(|line| !line.is_empty()).collect();
        let mut cards: Vec<Vec<Part>> = vec![vec![Part::Heading(page.title.clone())]];
        cards.iter_mut().for_each(|card| card.extend(page.remarks.iter().cloned().map(Part::Small)));
        let mut used = 0;
        for part in &page.parts {
            let mut titled = false;
            for item in &part.items {
                let own = part_of(item);
                let length = length(&own);
                if used > 0 && used + length > FILL {
                    cards.push(Vec::new());
                    (used, titled) = (0, false);
                }
                if !titled {
                    put(&mut cards, part.title.clone().map(Part::Heading));
                    titled = true;
                }
                used += length;
                put(&mut cards, Some(own));
            }
        }
        page.notes.iter().for_each(|note| put(&mut cards, Some(Part::Line(note.clone()))));
        cards.into_iter().map(|parts| Self { parts, footer: footer.clone(), budget: None }).collect()
    }
}

fn put(cards: &mut [Vec<Part>], part: Option<Part>) {
    cards.iter_mut().next_back().into_iter().for_each(|card| card.extend(part.clone()));
}

fn part_of(item: &Item) -> Part {
    match item {
        Item::Line(line) | Item::Mark(line) => Part::Line(line.clone()),
        Item::Passage(passage) => Part::Passage(passage.into()),
    }
}

fn length(part: &Part) -> usize {
    match part {
        Part::Heading(text) | Part::Line(text) | Part::Small(text) => text.chars().count() + 4,
        Part::Passage(passage) => {
            let quotes: usize =
                passage.quotes.iter().map(|(quote, remark)| quote.chars().count() + remark.chars().count() + 8).sum();
            quotes + passage.label.chars().count() + 8
        }
    }
}
