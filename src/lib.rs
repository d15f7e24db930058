//! Verbatim answers questions about a news case only with the source's own words.
