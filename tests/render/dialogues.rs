//! The model dialogues, in both languages, wide and narrow.

use insta::assert_snapshot;
use verbatim::analysis::Standing;
use verbatim::answer::{Answer, Choice, Outcome, Reason, RelatedRole};
use verbatim::question::{AnswerKind, Intent, SlotValue};
use verbatim::render::json::AnswerLine;

use crate::made::{Maker, about, answer, answered, frame, receipt, refused, related, standing, text};

const WIDE: usize = 100;
const NARROW: usize = 40;

fn house_arrest(maker: &Maker, question: &str, locale: &str) -> Answer {
    let passages = vec![maker.quote("placed under house arrest"), maker.quote("four suspects, including")];
    let mut answer = answered(question, locale, Intent::Status, passages);
    answer.named = vec![("Marco Malerba".into(), 1), ("Carmine Gallo".into(), 2)];
    answer.not_added_up = true;
    about(answer, "status", SlotValue::Concept("status.house_arrest".into()))
}

#[test]
fn status_lists_who_is_named_and_adds_nothing_up() {
    let maker = Maker::new();
    let answer = house_arrest(&maker, "who is under house arrest?", "en");
    assert_snapshot!("a_status_wide", text(&answer, &maker.snapshot, WIDE));
    assert_snapshot!("a_status_narrow", text(&answer, &maker.snapshot, NARROW));
    assert_snapshot!("a_status_markdown", verbatim::render::markdown::answer(&frame(&answer, &maker.snapshot)));
    let line =
        AnswerLine::of("who is under house arrest?", &answer, &maker.snapshot.knowledge, &receipt(&answer, &maker.snapshot));
    assert_snapshot!("a_status_json", serde_json::to_string_pretty(&line).unwrap());
}

#[test]
fn an_italian_frame_holds_english_words_unchanged() {
    let maker = Maker::new();
    let answer = house_arrest(&maker, "chi è agli arresti domiciliari?", "it");
    assert_snapshot!("i_status_italian", text(&answer, &maker.snapshot, WIDE));
    assert_snapshot!("i_status_italian_narrow", text(&answer, &maker.snapshot, NARROW));
}

fn tajani(maker: &Maker) -> Answer {
    let passage = standing(maker.quote("“unacceptable,”"), Standing::Attributed, Some("Antonio Tajani"));
    let answer = answered("what did Tajani say?", "en", Intent::Statement, vec![passage]);
    about(answer, "person", SlotValue::Entity("Antonio Tajani".into()))
}

#[test]
fn a_statement_is_headed_by_its_speaker() {
    let maker = Maker::new();
    assert_snapshot!("b_statement", text(&tajani(&maker), &maker.snapshot, WIDE));
}

#[test]
fn no_statement_is_said_to_be_not_found() {
    let maker = Maker::new();
    let mut answer = refused("what did Putin say?", "en", Intent::Statement, Reason::NoStatementByPerson);
    answer.about = Some("Vladimir Putin".into());
    answer.nearest = vec![maker.quote("Wagner Group"), maker.quote("contacts within police"), maker.quote("terabytes")];
    answer.nearest[1].standing = Some(Standing::Alleged);
    assert_snapshot!("c_no_statement", text(&answer, &maker.snapshot, WIDE));
    answer.question.locale = "it".into();
    assert_snapshot!("c_no_statement_italian", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn a_verdict_is_refused_with_allegations_and_reply() {
    let mut maker = Maker::new();
    let accused = standing(maker.quote("The suspects are accused"), Standing::Alleged, None);
    let accused = maker.pointing_back(accused, "The suspects", "super cop", "Carmine Gallo");
    let reply = standing(maker.quote("legal representatives"), Standing::Attributed, Some("Their legal representatives"));
    let reply = maker.pointing_back(reply, "Their", "four suspects", "Gallo");
    let mut answer = refused("Is Gallo guilty?", "en", Intent::Verdict, Reason::VerdictNotReported);
    answer.about = Some("Carmine Gallo".into());
    answer.wants_reply = true;
    answer.related = vec![
        related(RelatedRole::Allegation, standing(maker.quote("funneled data"), Standing::Alleged, None)),
        related(RelatedRole::Allegation, accused),
        related(RelatedRole::Reply, reply),
    ];
    assert_snapshot!("d_verdict", text(&answer, &maker.snapshot, WIDE));
    assert_snapshot!("d_verdict_markdown", verbatim::render::markdown::answer(&frame(&answer, &maker.snapshot)));
    answer.related.pop();
    answer.question.locale = "it".into();
    assert_snapshot!("d_verdict_no_reply_italian", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn a_hedge_is_shown_in_the_heading_in_its_own_words() {
    let maker = Maker::new();
    let mut passage = standing(maker.quote("15 terabytes"), Standing::Alleged, Some("Nunzio Samuele Calamucci"));
    passage.hedges = vec![maker.span_in(0, "reportedly boasted")];
    passage.hedges[0].end = passage.hedges[0].start + "reportedly".len() as u32;
    assert_eq!(maker.snapshot.knowledge.slice(passage.hedges[0]), "reportedly");
    let answer = answered("how much data did Calamucci claim to have?", "en", Intent::HowMuch, vec![passage]);
    assert_snapshot!("e_hedged", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn a_pronoun_is_shown_with_the_sentence_that_names_whom_it_means() {
    let mut maker = Maker::new();
    let passage = standing(maker.quote("In one recording"), Standing::Attributed, Some("Nunzio Samuele Calamucci"));
    let passage = maker.pointing_back(passage, "he", "15 terabytes", "Calamucci");
    let mut answer = answered("what did Calamucci say about the Church?", "en", Intent::Statement, vec![passage.clone()]);
    assert_snapshot!("f_pronoun", text(&answer, &maker.snapshot, WIDE));
    // Where that sentence is shown already it is not shown twice.
    answer.quotations = vec![standing(maker.quote("15 terabytes"), Standing::Alleged, passage.speaker.as_deref()), passage];
    assert_snapshot!("f_pronoun_after_its_antecedent", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn a_reading_is_shown_first() {
    let maker = Maker::new();
    let passage = standing(maker.quote("“intolerable”"), Standing::Attributed, Some("Giorgia Meloni"));
    let mut answer = answered("wat did melony say??", "en", Intent::Statement, vec![passage]);
    answer.question.read_as = Some("what did Giorgia Meloni say?".into());
    assert_snapshot!("h_read_as", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn the_latest_is_as_of_the_last_update_with_a_warning_when_old() {
    let maker = Maker::new();
    let passages = vec![maker.quote("four suspects"), maker.quote("remains ongoing")];
    let mut answer = answered("what's the latest?", "en", Intent::Latest, passages);
    answer.as_of_update = true;
    assert_snapshot!("j_latest", text(&answer, &maker.snapshot, WIDE));
    assert_snapshot!("j_latest_narrow", text(&answer, &maker.snapshot, NARROW));
    answer.question.locale = "it".into();
    assert_snapshot!("j_latest_italian", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn refusals_say_what_was_not_found() {
    let maker = Maker::new();
    let mut shown = Vec::new();
    for locale in ["en", "it"] {
        for reason in Reason::ALL {
            let mut answer = refused("?", locale, Intent::Free, reason);
            answer.about = Some("Rossi".into());
            answer.question.kind = AnswerKind::Date;
            shown.push(text(&answer, &maker.snapshot, WIDE));
        }
        let unnamed = refused("who did it?", locale, Intent::Verdict, Reason::VerdictNotReported);
        shown.push(text(&unnamed, &maker.snapshot, WIDE));
    }
    assert_snapshot!("refusals", shown.join("\n"));
}

#[test]
fn a_shared_name_is_asked_back() {
    let maker = Maker::new();
    let choices = ["Gordon Hartley (council member)", "Marion Hartley (mayor)"];
    let choices = choices.map(|label| Choice { id: label.split(" (").next().unwrap().into(), label: label.into() });
    let answer = answer("what did Hartley say?", "en", Intent::Statement, Outcome::Ambiguous(choices.to_vec()));
    let names = || SlotValue::Ambiguous(vec!["Gordon Hartley".into(), "Marion Hartley".into()]);
    let asked = about(answer.clone(), "person", names());
    let shown = text(&asked, &maker.snapshot, WIDE);
    assert_snapshot!("ambiguous", shown);
    // "Hartley's lawyer": the lawyer is known, and not who is asked back for.
    let owned = about(about(answer, "owner", names()), "person", SlotValue::Entity("Ada Roe".into()));
    assert_eq!(text(&owned, &maker.snapshot, WIDE), shown);
}

#[test]
fn two_people_have_a_block_each_and_who_said_nothing_is_named() {
    let maker = Maker::new();
    let mut answer = tajani(&maker);
    answer.quotations.push(standing(maker.quote("“tip of the iceberg.”"), Standing::Attributed, Some("Guido Crosetto")));
    answer.groups = vec!["Antonio Tajani".into(), "Guido Crosetto".into()];
    answer.question.also = vec![SlotValue::Entity("Guido Crosetto".into()), SlotValue::Entity("Vladimir Putin".into())];
    assert_snapshot!("two_people", text(&answer, &maker.snapshot, WIDE));
}

#[test]
fn several_sources_have_a_line_each_with_their_own_dates() {
    let maker = Maker::of_folder("tests/knowledge/editions");
    let editions = &maker.snapshot.knowledge.editions;
    let of = |source: &str| {
        let number = maker.snapshot.knowledge.sources.iter().position(|known| known.id == source).unwrap();
        let edition = editions.iter().rev().find(|edition| edition.source == number).unwrap();
        let block = edition.blocks.iter().find(|block| block.kind == verbatim::document::BlockKind::Paragraph).unwrap();
        maker.quote_at(block.span)
    };
    let answer = answered("how many were hurt?", "en", Intent::HowMany, vec![of("ferry-fire"), of("sound-wire")]);
    assert_snapshot!("several_sources", text(&answer, &maker.snapshot, WIDE));
    let italian =
        Answer { question: verbatim::question::Question { locale: "it".into(), ..answer.question.clone() }, ..answer };
    assert_snapshot!("several_sources_italian", text(&italian, &maker.snapshot, WIDE));
}
