//! HTML pages: well formed, self-contained, and without a character of a source that is taken for a mark.

use insta::assert_snapshot;
use verbatim::render::html;
use verbatim::render::page::Item;

use crate::made;

/// Elements without an end.
const VOID: [&str; 4] = ["meta", "br", "img", "link"];

/// Checks that every element is closed in its turn; gives the names in order.
fn elements(page: &str) -> Vec<String> {
    let body = page.strip_prefix("<!doctype html>\n").expect("no doctype");
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for tag in body.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap_or_else(|| panic!("a tag without an end: {tag}"));
        let name = inside.split([' ', '/']).find(|part| !part.is_empty()).unwrap().to_owned();
        assert_eq!(inside.matches('"').count() % 2, 0, "{inside}");
        if inside.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{inside}");
        } else if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        seen.push(name);
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

#[test]
fn an_answer_as_html() {
    let snapshot = made::snapshot(None);
    let page = html::document(&made::answer(&snapshot, "who is under house arrest?"));
    assert_snapshot!("answer_html", page);
}

#[test]
fn pages_are_well_formed_and_need_nothing_beside_them() {
    for folder in
        [None, Some("editions"), Some("court"), Some("giudiziaria"), Some("locale-it"), Some("science"), Some("surnames")]
    {
        let snapshot = made::snapshot(folder);
        for page in [made::brief(&snapshot, 300, "en"), made::brief(&snapshot, 600, "it"), made::timeline_of(&snapshot, "en")] {
            let written = html::document(&page);
            let names = elements(&written);
            let quotes = page.parts.iter().flat_map(|part| &part.items).any(|item| matches!(item, Item::Passage(_)));
            assert_eq!(names.contains(&"blockquote".to_owned()), quotes, "{folder:?}");
            assert!(!written.contains("<script") && !written.contains("src=") && !written.contains("@import"), "{folder:?}");
            assert_eq!(written.matches("<html lang=").count(), 1);
            let ids = written.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect::<Vec<_>>();
            let once = ids.iter().collect::<std::collections::BTreeSet<_>>();
            assert_eq!(once.len(), ids.len(), "{folder:?}: an id stands twice");
        }
    }
}

#[test]
fn a_hostile_source_is_shown_and_not_obeyed() {
    let text = "T\n\nThe mayor, Ann Roe, said <script>alert(\"1\")</script> & </blockquote> on March 3, 2025.\n";
    let snapshot = made::article("T<img src=x onerror=alert(1)>", text);
    let written = html::document(&made::timeline_of(&snapshot, "en"));
    let names = elements(&written);
    assert!(!names.iter().any(|name| name == "script" || name == "img"), "{names:?}");
    assert!(written.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;/blockquote&gt;"), "{written}");
}

#[test]
fn dates_are_marked_as_the_source_gives_them_and_no_zone_is_added() {
    let case = html::document(&made::brief(&made::snapshot(None), 150, "en"));
    assert!(case.contains("<time datetime=\"2024-11-03T10:40:00\">Nov 3, 2024 10:40 AM</time>"), "{case}");
    let with_zone = html::document(&made::brief(&made::article("T", "T\n\nThe mayor, Ann Roe, resigned.\n"), 150, "en"));
    assert!(with_zone.contains("<time datetime=\"2025-03-14T16:35:00+01:00\">"), "{with_zone}");
    assert!(with_zone.contains("<blockquote cite=\"https://example.org/a?b=1&amp;c=2\" lang=\"en\">"), "{with_zone}");
}
