//! Candidates → named features → a linear ranker → gates by kind of question. Knows no rendering.
