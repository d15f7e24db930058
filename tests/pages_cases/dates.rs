//! Timelines: in order, resolved dates marked, what can't be told apart.

use insta::assert_snapshot;
use verbatim::engine::AskOptions;
use verbatim::render::text::Layout;
use verbatim::timeline::What;

use crate::made;

#[test]
fn a_timeline_of_several_sources() {
    let snapshot = made::snapshot(Some("editions"));
    assert_snapshot!("timeline_text", made::timeline_of(&snapshot, "en").text(Layout::default()));
    assert_snapshot!("timeline_italian", made::timeline_of(&snapshot, "it").markdown());
}

#[test]
fn events_stand_in_order_and_every_date_has_its_words_in_the_source() {
    for folder in [None, Some("editions"), Some("court"), Some("giudiziaria"), Some("locale-it"), Some("science")] {
        let snapshot = made::snapshot(folder);
        let timeline = snapshot.timeline(&AskOptions::default());
        let dates = timeline.events.iter().map(|event| event.date.as_str()).collect::<Vec<_>>();
        assert!(dates.is_sorted(), "{folder:?}: {dates:?}");
        for event in &timeline.events {
            if let What::Passage { words, quotation, .. } = &event.what {
                assert!(quotation.span().contains(*words), "{folder:?}: {event:?}");
                assert!(!snapshot.knowledge.slice(*words).is_empty());
            }
        }
        for (words, quotation) in &timeline.undated {
            assert!(quotation.span().contains(*words), "{folder:?}: {quotation:?}");
        }
    }
}

#[test]
fn a_day_that_the_sources_date_tells_is_resolved_and_one_in_full_is_not() {
    let text = "T\n\nThe mayor, Ann Roe, resigned on March 3, 2025. She spoke on Tuesday. Nobody came.\n";
    let snapshot = made::article("T", text);
    let timeline = snapshot.timeline(&AskOptions::default());
    let told = timeline.events.iter().map(|event| match &event.what {
        What::Passage { words, resolved, .. } => (event.date.as_str(), snapshot.knowledge.slice(*words), *resolved),
        What::Published(_) | What::Updated(_) => (event.date.as_str(), "", false),
    });
    let wanted = [("2025-03-03", "March 3, 2025", false), ("2025-03-11", "Tuesday", true), ("2025-03-14", "", false)];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
}
