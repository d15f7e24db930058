//! The snapshot of knowledge, analysis and index that answers are read from; reload without a pause. Knows no surface.

use std::sync::Arc;

use crate::analysis::{self, Analysis};
use crate::answer::{self, Answer, Passage, Quotation, Scene};
use crate::archive::{Archive, ArchiveError, Part, Wish};
use crate::briefing::{self, Briefing};
use crate::claim::{self, Check};
use crate::document::{Knowledge, Metadata, View, Viewer};
use crate::evidence::{self, Candidate, Query};
use crate::index::PassageIndex;
use crate::question::{self, Asking, Names, Question};
use crate::receipt;
use crate::rules::Rules;
use crate::span::Span;
use crate::timeline::{self, Timeline};

/// How sure a free answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sureness {
    /// As sure as gives the most right outcomes.
    #[default]
    Balanced,
    /// As the desk wants it: four answers of five right.
    Desk,
    /// As the public needs it: nine answers of ten right.
    Public,
}

impl Sureness {
    /// Its name in the place of an answer.
    fn name(self) -> &'static str {
        match self {
            Sureness::Balanced => "default",
            Sureness::Desk => "desk",
            Sureness::Public => "public",
        }
    }

    /// The least confidence at which a free question is answered.
    fn threshold(self) -> f64 {
        match self {
            Sureness::Balanced => evidence::THRESHOLD,
            Sureness::Desk => evidence::DESK_THRESHOLD,
            Sureness::Public => evidence::PUBLIC_THRESHOLD,
        }
    }
}

/// What an asker may see and wants, beside the question's text.
#[derive(Debug, Clone, Default)]
pub struct AskOptions {
    /// Only this source.
    pub source: Option<String>,
    /// Language of the asker (BCP 47); the question's own language goes before it.
    pub locale: Option<String>,
    /// Only editions valid at this date.
    pub as_of: Option<jiff::civil::Date>,
    /// Today, from the clock of the caller: for embargoes and the freshness warning.
    pub today: Option<jiff::civil::Date>,
    /// Whether the asker has newsroom rights.
    pub newsroom: bool,
    /// Length of `quotations` + `nearest` to pad to (default 3).
    pub limit: Option<usize>,
    /// Whether to explain.
    pub explain: bool,
    /// The question that this one may follow up.
    pub previous: Option<String>,
    /// Only these sources (ids), where the place has chosen some.
    pub only: Option<Vec<String>>,
    /// Sources (ids) that are not quoted in the place.
    pub without: Vec<String>,
    /// How sure a free answer must be.
    pub sureness: Sureness,
    /// Days after which a state is shown with a warning (default 30).
    pub fresh_days: Option<u16>,
    /// Language of the frame, where the place has chosen one; else the question's.
    pub frame: Option<String>,
}

/// One immutable state of everything that answers.
#[derive(Debug)]
pub struct Snapshot {
    /// Rules of every language.
    pub rules: Arc<Rules>,
    /// Sources and editions.
    pub knowledge: Knowledge,
    /// One analysis for each edition, in the order of `Knowledge::editions`.
    pub analyses: Vec<Analysis>,
    /// Every name, with the editions it occurs in.
    pub names: Names,
    /// Passages by their words; `None` where the index could not be built, so that only structural questions are answered.
    pub index: Option<PassageIndex>,
    /// What is too large for memory: a question is answered from a part of it ([`Snapshot::for_question`]).
    pub archive: Option<Arc<Archive>>,
}

impl Snapshot {
    /// Analyses and indexes the knowledge.
    #[must_use]
    pub fn new(rules: Arc<Rules>, knowledge: Knowledge) -> Self {
        let analyses = analysis::analyse_all(&knowledge.editions, &rules);
        let names = Names::new(&knowledge, &analyses);
        let index = PassageIndex::build(&knowledge, &analyses, &rules).ok();
        Self { rules, knowledge, analyses, names, index, archive: None }
    }

    /// Of an archive: nothing of it is in memory but what `case.toml` says.
    #[must_use]
    pub fn of_archive(rules: Arc<Rules>, archive: Archive) -> Self {
        let knowledge = Knowledge::without_sources(archive.folder().name(), archive.case().clone());
        let (names, archive) = (Names::default(), Some(Arc::new(archive)));
        Self { rules, knowledge, analyses: Vec::new(), names, index: None, archive }
    }

    /// What answers this question: the whole of it, or of an archive the part that the question needs.
    ///
    /// # Errors
    /// An archive that is damaged, or no longer what its folder holds.
    pub fn for_question(self: &Arc<Self>, text: &str, options: &AskOptions) -> Result<Arc<Self>, ArchiveError> {
        let Some(archive) = &self.archive else { return Ok(self.clone()) };
        let (viewer, locale, previous) = (options.viewer(), options.locale.as_deref(), options.previous.as_deref());
        let Part { knowledge, analyses, names, index } =
            archive.part(&self.rules, &Wish { text, viewer: &viewer, locale, previous })?;
        let (rules, archive) = (self.rules.clone(), Some(archive.clone()));
        Ok(Arc::new(Self { rules, knowledge, analyses, names, index: Some(index), archive }))
    }

    /// How many sources stand behind an answer from this view.
    #[must_use]
    pub fn searched(&self, view: &View, options: &AskOptions) -> usize {
        self.archive.as_ref().map_or(view.editions.len(), |archive| archive.read_by(&options.viewer()).count())
    }

    /// Answers one question.
    #[must_use]
    pub fn ask(&self, text: &str, options: &AskOptions) -> Answer {
        self.on_scene(text, options, |scene, candidates| {
            let mut answer = answer::answer(scene, options.limit.unwrap_or(answer::DEFAULT_LIMIT));
            if options.explain {
                answer.explanation.insert(0, format!("intent {} by {}", scene.question.intent.id(), scene.question.rule));
                answer.explanation.extend(evidence::explain(candidates));
            }
            answer
        })
    }

    /// Checks a claim.
    #[must_use]
    pub fn claim(&self, text: &str, options: &AskOptions) -> Check {
        self.on_scene(text, options, |scene, _| {
            claim::check(scene, &question::understand_claim(text, &self.asking(scene.view, options)))
        })
    }

    /// A briefing of at most `words` words on what the asker may read.
    #[must_use]
    pub fn brief(&self, words: usize, options: &AskOptions) -> Briefing {
        self.without_question(options, |scene| briefing::brief(scene, words))
    }

    /// What happened when, as far as the asker may read of it.
    #[must_use]
    pub fn timeline(&self, options: &AskOptions) -> Timeline {
        self.without_question(options, timeline::timeline)
    }

    /// All that the asker may read, without a question.
    pub fn without_question<T>(&self, options: &AskOptions, decide: impl FnOnce(&Scene<'_>) -> T) -> T {
        let view = self.knowledge.view(&options.viewer());
        decide(&Scene {
            rules: &self.rules,
            knowledge: &self.knowledge,
            analyses: &self.analyses,
            view: &view,
            question: &Question::default(),
            ranked: &[],
            confidence: 0.0,
            threshold: 1.0,
        })
    }

    /// The sentences at `spans` as quotations with their speaker, standing and context; also of editions that are no longer the newest.
    /// A span that is no sentence, or must not be quoted, gives none.
    #[must_use]
    pub fn quotations(&self, spans: &[Span]) -> Vec<Quotation> {
        let question = Question::default();
        let mut quotations = Vec::new();
        for &span in spans {
            let Some(analysis) = self.analyses.get(span.edition.0 as usize) else { continue };
            let Some(sentence) = analysis.sentences.iter().position(|sentence| sentence.span == span) else { continue };
            let view = View { editions: vec![span.edition], ..View::default() };
            let scene = Scene {
                rules: &self.rules,
                knowledge: &self.knowledge,
                analyses: &self.analyses,
                view: &view,
                question: &question,
                ranked: &[],
                confidence: 0.0,
                threshold: 1.0,
            };
            let passage = Passage { edition: span.edition, sentence: u32::try_from(sentence).unwrap_or(u32::MAX) };
            quotations.extend(answer::quote(&scene, passage));
        }
        quotations
    }

    /// Understands `text`, ranks the passages the asker may read, and hands both to `decide`.
    fn on_scene<T>(&self, text: &str, options: &AskOptions, decide: impl FnOnce(&Scene<'_>, &[Candidate]) -> T) -> T {
        let view = self.knowledge.view(&options.viewer());
        let question = self.understand(text, &view, options);
        let candidates = self.retrieve(&question, &view);
        let place = |found: &Candidate| Passage { edition: found.edition, sentence: found.sentence };
        let ranked = candidates.iter().map(|found| (place(found), found.score)).collect::<Vec<_>>();
        let scene = Scene {
            rules: &self.rules,
            knowledge: &self.knowledge,
            analyses: &self.analyses,
            view: &view,
            question: &question,
            ranked: &ranked,
            confidence: evidence::confidence(&candidates),
            threshold: options.sureness.threshold(),
        };
        decide(&scene, &candidates)
    }

    fn retrieve(&self, question: &Question, view: &View) -> Vec<Candidate> {
        let Some(index) = &self.index else { return Vec::new() };
        let query = Query::new(question);
        evidence::retrieve(&query, index, &self.rules, view)
    }

    fn understand(&self, text: &str, view: &View, options: &AskOptions) -> Question {
        question::understand(text, &self.asking(view, options))
    }

    fn asking<'a>(&'a self, view: &'a View, options: &'a AskOptions) -> Asking<'a> {
        Asking {
            rules: &self.rules,
            names: &self.names,
            view,
            locale: options.locale.as_deref(),
            previous: options.previous.as_deref(),
        }
    }

    /// What is known about the source of an edition.
    #[must_use]
    pub fn metadata(&self, edition: crate::span::EditionId) -> Option<&Metadata> {
        self.knowledge.edition(edition).map(|edition| &edition.metadata)
    }
}

impl AskOptions {
    /// Who looks, and as of when.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer {
            source: self.source.clone(),
            as_of: self.as_of,
            today: self.today,
            newsroom: self.newsroom,
            only: self.only.clone(),
            without: self.without.clone(),
        }
    }

    /// What of it goes into the receipt of an answer.
    #[must_use]
    pub fn receipt(&self) -> receipt::Settings {
        let mut place = Vec::new();
        place.extend(self.only.as_ref().map(|only| format!("only {}", only.join(","))));
        place.extend((!self.without.is_empty()).then(|| format!("without {}", self.without.join(","))));
        place.extend((self.sureness != Sureness::Balanced).then(|| self.sureness.name().to_owned()));
        place.extend(self.fresh_days.map(|days| format!("fresh {days}")));
        place.extend(self.frame.clone());
        receipt::Settings { as_of: self.as_of, source: self.source.clone(), newsroom: self.newsroom, place: place.join("\n") }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::folder::Folder;

    #[test]
    fn rules_built_in_and_rules_read_from_files_answer_alike() {
        let snapshot = |rules: Rules| {
            let rules = Arc::new(rules);
            let knowledge = Knowledge::embedded(&rules).unwrap();
            Snapshot::new(rules, knowledge)
        };
        let built = snapshot(Rules::embedded().unwrap());
        let read = snapshot(Rules::load(Folder::Disk("prompts".into())).unwrap());
        assert_eq!(format!("{:?}", built.analyses), format!("{:?}", read.analyses));
        let case = &built.knowledge.case;
        assert!(case.examples.len() > 1, "examples in two languages");
        for (tag, questions) in &case.examples {
            let options = AskOptions { locale: Some(tag.clone()), explain: true, ..AskOptions::default() };
            for question in questions {
                let answers = [&built, &read].map(|snapshot| format!("{:?}", snapshot.ask(question, &options)));
                assert!(answers[0] == answers[1], "{question}");
            }
        }
    }

    #[test]
    fn a_wish_that_somebody_else_tells_is_that_ones_statement() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("suit");
        std::fs::create_dir(&source).unwrap();
        let text = "A suit\n\nAda Roe lost her house. Ada Roe plans to sue the county, her brother Carl Dent said.\n";
        std::fs::write(source.join("article.txt"), text).unwrap();
        std::fs::write(source.join("source.toml"), "title = \"A suit\"\nlanguage = \"en\"\n").unwrap();
        let rules = Arc::new(Rules::embedded().unwrap());
        let knowledge = Knowledge::load(&Folder::Disk(folder.path().to_owned()), &rules).unwrap();
        let snapshot = Snapshot::new(rules, knowledge);
        let quoted = |question: &str| snapshot.ask(question, &AskOptions::default()).quotations.len();
        assert_eq!(quoted("what did Ada Roe say?"), 0);
        assert_eq!(quoted("what did Carl Dent say?"), 1);
    }
}
