//! Makes knowledge of any size: articles of forty sentences with names, roles, figures, dates and quotations, whose other words are as
//! frequent as words are in texts (Zipf's law). Same size, same text.

use std::path::Path;

const GIVEN: [&str; 20] = [
    "Ada", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Greta", "Hugo", "Irene", "Jonas", "Karin", "Luca", "Marta", "Nico",
    "Olga", "Pietro", "Rosa", "Silvio", "Teresa", "Ugo",
];
const SYLLABLES: [&str; 20] = [
    "ba", "cor", "del", "far", "gen", "lam", "mor", "nal", "pel", "ros", "san", "tor", "val", "ver", "zan", "bri", "cas",
    "mon", "pra", "sil",
];
const ROLES: [&str; 10] = [
    "mayor",
    "prosecutor",
    "minister",
    "lawyer",
    "police officer",
    "engineer",
    "journalist",
    "judge",
    "director",
    "spokeswoman",
];
const THINGS: [&str; 12] = [
    "bridge",
    "hospital",
    "contract",
    "database",
    "railway line",
    "harbour",
    "school",
    "power station",
    "airport",
    "archive",
    "tunnel",
    "market",
];

/// How many words there are beside those of the language and names.
const WORDS: f64 = 60_000.0;

/// Of so many sentences one is of the few kinds with words that return again and again.
const COMMON: usize = 8;

/// Sentences in one article.
const ARTICLE: usize = 40;

/// Writes articles of `sentences` sentences altogether into `folder`.
pub fn write_knowledge(folder: &Path, sentences: usize) {
    for number in 0..sentences.div_ceil(ARTICLE) {
        let home = folder.join(format!("made-{number:05}"));
        std::fs::create_dir_all(&home).unwrap();
        let day = 1 + number % 28;
        let title = format!("The {} of {} under scrutiny", thing(number), place(number));
        let data = format!("title = \"{title}\"\nlanguage = \"en\"\npublished = \"2025-03-{day:02}T09:00:00Z\"\n");
        std::fs::write(home.join("source.toml"), data).unwrap();
        std::fs::write(home.join("article.txt"), article(number, &title, sentences.min(ARTICLE))).unwrap();
    }
}

fn article(number: usize, title: &str, sentences: usize) -> String {
    let mut text = format!("{title}\n\nBy {}\n\n", person(number * 7));
    for at in 0..sentences {
        let seed = number * ARTICLE + at;
        text.push_str(&sentence(seed));
        text.push_str(if at % 4 == 3 { "\n\n" } else { " " });
    }
    text
}

fn sentence(seed: usize) -> String {
    if seed.is_multiple_of(COMMON) { common(seed / COMMON) } else { varied(seed) }
}

/// A sentence of words that are rare or frequent as chance has it.
fn varied(seed: usize) -> String {
    let word = |at: usize| word(seed * 8 + at);
    let who = person(seed);
    match seed % 5 {
        0 => format!("{who} said that the {} {} would {} the {} of the {}.", word(0), word(1), word(2), word(3), word(4)),
        1 => format!("The {} of the {} was {}, and no {} could {} it.", word(0), word(1), word(2), word(3), word(4)),
        2 => format!("In {} {who} left the {} for a {} with {} {}.", 1990 + seed % 35, word(0), word(1), word(2), word(3)),
        3 => format!("A {} {} had been {} near {} before the {}.", word(0), word(1), word(2), place(seed), word(3)),
        _ => format!("“We {} the {} because the {} was {},” {who} said.", word(0), word(1), word(2), word(3)),
    }
}

/// A word whose rank r comes up in proportion to 1/r.
fn word(seed: usize) -> String {
    // Steele et al., SplitMix64.
    let mut mixed = (seed as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let chance = (mixed >> 11) as f64 / (1_u64 << 53) as f64;
    let rank = WORDS.powf(chance) as usize;
    let parts = [rank % 20, rank / 20 % 20, rank / 400 % 20, rank / 8_000].map(|at| SYLLABLES[at % 20]);
    format!("{}o", parts.get(..2 + usize::from(rank >= 400) + usize::from(rank >= 8_000)).unwrap().concat())
}

fn common(seed: usize) -> String {
    let (who, role, thing, place) = (person(seed / 3), ROLES[seed / 3 % ROLES.len()], thing(seed), place(seed));
    match seed % 8 {
        0 => format!("{who}, the {role} of {place}, said that the {thing} would cost {} million euros.", seed % 900 + 2),
        1 => format!("“Nobody told us about the {thing} before March {},” {who} said.", seed % 28 + 1),
        2 => format!(
            "The {thing} in {place} was closed in {} after an inspection found {} faults.",
            1990 + seed % 35,
            seed % 70 + 3
        ),
        3 => format!("{who} is accused of having sold documents about the {thing} and has been placed under house arrest."),
        4 => format!("According to the {role}, the {thing} may reopen next year."),
        5 => format!("{who} denied that the {thing} was ever in danger."),
        6 => format!(
            "About {} people live near the {thing} of {place}, and most of them came to the hearing.",
            seed % 9_000 + 100
        ),
        _ => format!("The {role} declined to comment on the {thing}."),
    }
}

fn person(seed: usize) -> String {
    format!("{} {}", GIVEN[seed % GIVEN.len()], name(seed / 2, "i"))
}

fn place(seed: usize) -> String {
    name(seed / 5 + 11, "a")
}

fn thing(seed: usize) -> &'static str {
    THINGS[seed / 2 % THINGS.len()]
}

fn name(seed: usize, ending: &str) -> String {
    let parts = [seed % 20, seed / 20 % 20, seed / 400 % 20].map(|at| SYLLABLES[at]);
    let mut name = format!("{}{ending}", parts.concat());
    if let Some(first) = name.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// Questions about what `write_knowledge` writes.
pub fn question(seed: usize) -> String {
    // A varied sentence of the kind that the question is about; `seed` tells of which article.
    let about = |kind: usize| (ARTICLE * seed + kind, move |at: usize| word((ARTICLE * seed + kind) * 8 + at));
    match seed % 10 {
        6 => {
            let (sentence, word) = about(5);
            format!("what did {} say about the {} {}?", person(sentence), word(0), word(1))
        }
        7 => {
            let (_, word) = about(9);
            format!("why did they {} the {}?", word(0), word(1))
        }
        8 => {
            let (_, word) = about(7);
            format!("who left the {} for a {} with {} {}?", word(0), word(1), word(2), word(3))
        }
        9 => {
            let (sentence, word) = about(3);
            format!("what {} had been {} near {}?", word(1), word(2), place(sentence))
        }
        0 => format!("what did {} say about the {}?", person(seed), thing(seed)),
        1 => format!("how much will the {} of {} cost?", thing(seed), place(seed)),
        2 => format!("who is {}?", person(seed)),
        3 => format!("when was the {} in {} closed?", thing(seed), place(seed)),
        4 => format!("is {} under house arrest", person(seed)),
        _ => format!("how many people live near the {} of {}?", thing(seed), place(seed)),
    }
}
