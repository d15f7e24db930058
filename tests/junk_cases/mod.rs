//! Makes questions of every bad kind: random bytes, words in any order, Markdown, query syntax, very long ones. Same seed, same questions.

/// Longest question that is made (characters).
pub const LONGEST: usize = 4_000;

const WORDS: [&str; 48] = [
    "who",
    "what",
    "did",
    "does",
    "is",
    "was",
    "how",
    "many",
    "much",
    "when",
    "where",
    "why",
    "say",
    "said",
    "about",
    "under",
    "house",
    "arrest",
    "Gallo",
    "Meloni",
    "the",
    "minister",
    "of",
    "data",
    "chi",
    "che",
    "cosa",
    "ha",
    "detto",
    "è",
    "agli",
    "arresti",
    "quanti",
    "perché",
    "dell’inchiesta",
    "l'accusa",
    "not",
    "never",
    "guilty",
    "\"tip of the iceberg\"",
    "«intollerabile»",
    "Tajnai",
    "and",
    "?",
    "15",
    "terabytes",
    "2024-11-03",
    "yesterday",
];

const PIECES: [&str; 40] = [
    "**",
    "__",
    "~~",
    "`",
    "```\n",
    "> ",
    "# ",
    "- [ ] ",
    "||",
    "<@123456789012345678>",
    "<#1>",
    "<:x:1>",
    "@everyone",
    "[a](http://x)",
    "AND ",
    "OR ",
    "NOT ",
    "+",
    "-",
    "title:",
    "text:\"",
    "*",
    "?",
    "~2",
    "^3",
    "[a TO z]",
    "{",
    "}",
    "(",
    ")",
    "\\",
    "/.*/",
    "\"",
    "'",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "e\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦",
];

/// A stream of questions.
pub struct Junk(u64);

impl Junk {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (SplitMix64, Steele et al. 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn piece(&mut self) -> &'static str {
        PIECES[self.below(PIECES.len())]
    }

    /// The next question; one in a hundred is as long as questions may be.
    pub fn question(&mut self) -> String {
        let length = if self.below(100) == 0 { LONGEST } else { 1 + self.below(120) };
        let kind = self.below(6);
        let repeated = self.word();
        let mut text = String::new();
        while text.chars().count() < length {
            match kind {
                0 => {
                    let bytes = (0..32).map(|_| self.next().to_le_bytes()[0]).collect::<Vec<_>>();
                    text.push_str(&String::from_utf8_lossy(&bytes));
                }
                1 => text.push_str(self.word()),
                2 => text.push_str(self.piece()),
                3 => {
                    let letter = char::from_u32(u32::try_from(self.below(0x3000)).unwrap_or(0)).unwrap_or(' ');
                    text.push(letter);
                }
                4 => text.push_str(repeated),
                _ => {
                    text.push_str(self.piece());
                    text.push_str(self.word());
                }
            }
            if !matches!(kind, 0 | 3) {
                text.push(' ');
            }
        }
        text.chars().take(LONGEST).collect()
    }
}
