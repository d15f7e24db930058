//! Makes knowledge of any size: articles of forty sentences with names, roles, figures, dates and quotations. Same size, same text.

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
    match seed % 6 {
        0 => format!("what did {} say about the {}?", person(seed), thing(seed)),
        1 => format!("how much will the {} of {} cost?", thing(seed), place(seed)),
        2 => format!("who is {}?", person(seed)),
        3 => format!("when was the {} in {} closed?", thing(seed), place(seed)),
        4 => format!("is {} under house arrest", person(seed)),
        _ => format!("how many people live near the {} of {}?", thing(seed), place(seed)),
    }
}
