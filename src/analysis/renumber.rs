//! Moves an analysis to another number of its edition: what is kept on disk is loaded under any. Knows no text.

use super::Analysis;
use crate::span::{EditionId, Span};

impl Analysis {
    /// The same analysis, of the edition that now has the number `edition`.
    #[must_use]
    pub fn of_edition(mut self, edition: EditionId) -> Self {
        self.edition = Some(edition);
        self.each_span(|span| span.edition = edition);
        self
    }

    fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        for sentence in &mut self.sentences {
            change(&mut sentence.span);
            sentence.hedges.iter_mut().for_each(&mut change);
        }
        for entity in &mut self.entities {
            change(&mut entity.first);
            entity.aliases.iter_mut().for_each(|alias| change(&mut alias.span));
            entity.roles.iter_mut().for_each(|role| change(&mut role.span));
        }
        for statement in &mut self.statements {
            statement.content.iter_mut().chain(&mut statement.cue).for_each(&mut change);
            statement.speaker.iter_mut().for_each(|speaker| change(&mut speaker.span));
        }
        for status in &mut self.statuses {
            change(&mut status.span);
            status.holder.iter_mut().for_each(&mut change);
        }
        self.mentions.iter_mut().for_each(|mention| change(&mut mention.span));
        self.dates.iter_mut().for_each(|date| change(&mut date.span));
        self.corrections.iter_mut().for_each(|correction| change(&mut correction.span));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::document::Knowledge;
    use crate::folder::Folder;
    use crate::rules::Rules;

    #[test]
    fn nothing_stays_behind_under_the_old_number() {
        let rules = Rules::embedded().unwrap();
        for folder in ["editions", "court", "giudiziaria"] {
            let folder = Folder::Disk(format!("tests/knowledge/{folder}").into());
            for edition in &Knowledge::load(&folder, &rules).unwrap().editions {
                let analysis = crate::analysis::analyse(edition, &rules);
                let moved = analysis.clone().of_edition(EditionId(4_711));
                let spoken =
                    |analysis: &Analysis, number: u32| format!("{analysis:?}").matches(&format!("EditionId({number})")).count();
                assert!(spoken(&analysis, edition.id.0) > 20);
                assert_eq!(spoken(&moved, 4_711), spoken(&analysis, edition.id.0));
                assert_eq!(spoken(&moved, edition.id.0), 0);
                assert_eq!(format!("{:?}", moved.of_edition(edition.id)), format!("{analysis:?}"));
            }
        }
    }
}
