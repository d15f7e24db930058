//! Reads Rust source as text: code without comments and strings, string literals, paths into the crate. No parser of Rust.

use std::path::Path;

/// One file of Rust source.
pub struct RustFile {
    pub path: String,
    /// The module of `lib.rs` that it belongs to.
    pub module: String,
    pub text: String,
    /// The text up to its tests, comments blanked and strings emptied, line by line as in the file.
    code: String,
    literals: Vec<(usize, String)>,
}

/// Every `.rs` file under `folder`, sorted.
pub fn rust_files(folder: &str) -> Vec<RustFile> {
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Path, files: &mut Vec<RustFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&entry).unwrap();
            files.push(RustFile::new(entry.to_str().unwrap().replace('\\', "/"), text));
        }
    }
}

impl RustFile {
    pub fn new(path: String, text: String) -> Self {
        let module = path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs").to_owned();
        let tests = text.find("#[cfg(test)]\nmod ").or_else(|| text.find("#[cfg(test)]\n#[allow"));
        let (code, literals) = strip(&text[..tests.unwrap_or(text.len())]);
        Self { path, module, text, code, literals }
    }

    /// Numbered lines of code.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// String literals with their lines.
    pub fn literals(&self) -> Vec<(usize, String)> {
        self.literals.clone()
    }

    /// First names of all paths that begin with `crate::`, also in groups, with their lines.
    pub fn crate_paths(&self) -> Vec<(usize, String)> {
        let mut paths = Vec::new();
        for (at, _) in self.code.match_indices("crate::") {
            let line = self.code[..at].matches('\n').count() + 1;
            let rest = &self.code[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => paths.extend(group_heads(group).into_iter().map(|name| (line, name))),
                None => paths.push((line, head(rest))),
            }
        }
        paths
    }
}

/// Whether `code` holds `name` and not merely as the end of a longer one.
pub fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| !code[..at].ends_with(|ch: char| ch.is_alphanumeric() || ch == '_'))
}

fn head(path: &str) -> String {
    path.chars().take_while(|ch| ch.is_alphanumeric() || *ch == '_').collect()
}

/// First names of the items of `{a::b, c::{d, e}}`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut item) = (0, Vec::new(), String::new());
    for ch in group.chars() {
        match ch {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(head(std::mem::take(&mut item).trim())),
            _ if depth == 0 => item.push(ch),
            _ => {}
        }
    }
    heads.push(head(item.trim()));
    heads.retain(|name| !name.is_empty());
    heads
}

/// Code without comments and with emptied strings; and the strings.
fn strip(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut literals, mut rest, mut line) = (String::new(), Vec::new(), text, 1);
    while let Some(ch) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some((literal, length)) = string(rest, &code) {
            literals.push((line, literal));
            code.push_str("\"\"");
            length
        } else if let Some(length) = character(rest) {
            length
        } else {
            code.push(ch);
            line += usize::from(ch == '\n');
            rest = &rest[ch.len_utf8()..];
            continue;
        };
        let ends = rest[..taken].matches('\n').count();
        code.push_str(&"\n".repeat(ends));
        line += ends;
        rest = &rest[taken..];
    }
    (code, literals)
}

/// The string literal at the start of `rest` and its length in the source.
fn string(rest: &str, before: &str) -> Option<(String, usize)> {
    let named = before.ends_with(|ch: char| ch.is_alphanumeric() || ch == '_');
    if let Some(raw) = rest.strip_prefix('r').filter(|_| !named) {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[marks..].strip_prefix('"')?;
        let end = body.find(&format!("\"{}", "#".repeat(marks)))?;
        return Some((body[..end].to_owned(), 1 + marks + 1 + end + 1 + marks));
    }
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, ch) in body.char_indices() {
        match ch {
            '"' if !escaped => return Some((body[..at].replace("\\\"", "\""), at + 2)),
            _ => escaped = ch == '\\' && !escaped,
        }
    }
    None
}

/// Length of the character literal at the start of `rest`; lifetimes are none.
fn character(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let first = body.chars().next()?;
    if first == '\\' {
        return body[1..].char_indices().skip(1).find(|&(_, ch)| ch == '\'').map(|(at, _)| at + 3);
    }
    body[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}
