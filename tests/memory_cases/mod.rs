//! Cases of the memory, and what they share.

#[cfg(unix)]
mod control;
mod damage;
mod kill;
mod limits;
mod privacy;
mod recall;
mod schema;

use std::path::Path;

use verbatim::store::{
    Audience, EditionHash, Id, KeptEdition, KeptReceipt, KeptSpan, Scope, Settings, Showing, Store, Time, UserKey,
};

/// Numbers that are the same in every run (xorshift64*).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % below
    }
}

pub fn receipt(number: u64) -> KeptReceipt {
    KeptReceipt {
        text: format!("{number:04}-TEXT.{}", "0123456789".repeat(9)),
        question: format!("{number:032x}"),
        rules: "0011223344556677".to_owned(),
        editions: vec![KeptEdition { source: "harbour-verdict".to_owned(), hash: EditionHash([9; 32]) }],
        spans: vec![KeptSpan { edition: 0, start: 1200, end: 1340 }, KeptSpan { edition: 0, start: 2200, end: 2390 }],
        first: Time(1_700_000_000),
        last: Time(1_700_000_000),
    }
}

pub fn showing(number: u64, asker: Option<UserKey>) -> Showing {
    Showing { server: Id(1), channel: Id(10), message: Id(number), private: false, asker, at: Time(1_700_000_000) }
}

/// A store with some of everything that is written often.
pub fn filled(folder: &Path, receipts: u64) -> Store {
    let store = Store::open(folder).unwrap();
    for number in 0..receipts {
        store.keep_receipt(&format!("{number:04}-ABCD"), receipt(number), showing(number, None));
        if number % 1000 == 0 {
            store.flush().unwrap();
        }
    }
    for channel in 1..=20 {
        let settings = Settings { audience: Some(Audience::Newsroom), ..Settings::default() };
        store.set_settings(Scope::Channel { server: 1, channel }, settings, 5, Time(1_700_000_000)).unwrap();
    }
    store.flush().unwrap();
    store
}

pub fn exported(store: &Store) -> String {
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(|_| ()).unwrap() }
    }
}
