//! Every fuzz target on its seeds and on changed seeds: a short look, the same each time; `fuzz/run` looks for longer and with a guide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::collections::BTreeSet;

/// Changed seeds for each target.
const CHANGED: usize = 150;

/// Numbers that look random and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// One seed with a part of another, without a part, with bytes changed or doubled.
fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(3) {
        let from = numbers.below(bytes.len() + 1);
        let to = (from + numbers.below(40)).min(bytes.len());
        match numbers.below(5) {
            0 => drop(bytes.drain(from..to)),
            1 => bytes[from..to].iter_mut().for_each(|byte| *byte ^= 1 << (numbers.below(8))),
            2 => {
                let part = bytes[from..to].to_vec();
                drop(bytes.splice(from..from, part));
            }
            3 => {
                let other = &seeds[numbers.below(seeds.len())];
                let start = numbers.below(other.len() + 1);
                drop(bytes.splice(from..to, other[start..].iter().copied().take(60)));
            }
            _ => drop(bytes.splice(from..from, "\u{301}\u{200b}“@\u{0}".bytes())),
        }
    }
    bytes.truncate(targets::LONGEST);
    bytes
}

#[test]
fn every_target_holds_on_its_seeds_and_on_changed_ones() {
    let mut tried = BTreeSet::new();
    for (name, target) in targets::TARGETS {
        let folder = format!("fuzz/seeds/{name}");
        let mut paths = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        paths.sort();
        let seeds = paths.iter().map(|path| std::fs::read(path).unwrap()).collect::<Vec<_>>();
        assert!(!seeds.is_empty(), "{folder} is empty");
        seeds.iter().for_each(|seed| target(seed));
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..CHANGED {
            target(&changed(&seeds, &mut numbers));
        }
        tried.insert(*name);
    }
    let run = std::fs::read_to_string("fuzz/run").unwrap();
    let listed = run.lines().find_map(|line| line.strip_prefix("targets=\"")).unwrap();
    assert_eq!(listed.trim_end_matches('"').split(' ').collect::<BTreeSet<_>>(), tried, "fuzz/run knows the same targets");
}
