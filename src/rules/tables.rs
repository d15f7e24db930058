//! Words by number and lists by number, each in few blocks of memory, so that they are quick to load. Knows nothing of their meaning.

use serde::{Deserialize, Serialize};

/// Words with a number each, from 0 in the order in which they came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Plain")]
pub(super) struct WordTable {
    text: String,
    ends: Vec<u32>,
    /// Open addressing: numbers from 1 on, 0 where nothing is; at most half full.
    #[serde(skip)]
    slots: Vec<u32>,
}

#[derive(Deserialize)]
struct Plain {
    text: String,
    ends: Vec<u32>,
}

impl From<Plain> for WordTable {
    fn from(Plain { text, ends }: Plain) -> Self {
        let mut table = Self { text, ends, slots: Vec::new() };
        table.place_all();
        table
    }
}

impl WordTable {
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// The word with that number.
    pub fn word(&self, number: u32) -> &str {
        let end = |number: usize| self.ends.get(number).map_or(0, |&end| end as usize);
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, end);
        self.text.get(start..end(number)).unwrap_or_default()
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.word(number))
    }

    /// The number of the word.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.get_joined(word, "")
    }

    /// The number of the word that the two parts make.
    pub fn get_joined(&self, start: &str, end: &str) -> Option<u32> {
        let mut at = hash(start, end);
        loop {
            let number = self.slot(at)?.checked_sub(1)?;
            if self.word(number).strip_prefix(start) == Some(end) {
                return Some(number);
            }
            at = at.wrapping_add(1);
        }
    }

    /// The number of the word, which is added where it is new.
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some(number) = self.get(word) {
            return number;
        }
        let number = self.len();
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if self.ends.len() * 2 > self.slots.len() {
            self.place_all()
        } else {
            self.place(number)
        }
        number
    }

    /// The content of the slot that `hash` leads to; `None` where there are no slots.
    fn slot(&self, hash: usize) -> Option<u32> {
        self.slots.get(hash & self.slots.len().wrapping_sub(1)).copied()
    }

    fn place_all(&mut self) {
        self.slots = vec![0; (self.ends.len() * 2).next_power_of_two().max(16)];
        (0..self.len()).for_each(|number| self.place(number));
    }

    fn place(&mut self, number: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(self.word(number), "");
        while self.slot(at).is_some_and(|taken| taken != 0) {
            at = at.wrapping_add(1);
        }
        if let Some(slot) = self.slots.get_mut(at & mask) {
            *slot = number + 1;
        }
    }
}

/// FNV-1a over the bytes of both, folded once so that the low bits depend on all.
fn hash(start: &str, end: &str) -> usize {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = start.bytes().chain(end.bytes()).fold(0xcbf2_9ce4_8422_2325, step);
    usize::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or(0)
}

/// Lists of numbers, by number from 0 in the order in which they came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Lists {
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// The list with that number; empty where there is none.
    pub fn get(&self, number: u32) -> &[u32] {
        let end = |number: usize| self.ends.get(number).map_or(0, |&end| end as usize);
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, end);
        self.items.get(start..end(number)).unwrap_or_default()
    }

    /// Adds a list and tells its number.
    pub fn add(&mut self, list: &[u32]) -> u32 {
        let number = self.len();
        self.items.extend_from_slice(list);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        number
    }

    /// Lists with the numbers `0..count`: for each the values of the pairs that name it, in the order of `pairs`.
    pub fn grouped(count: u32, pairs: &[(u32, u32)]) -> Self {
        let mut sorted = pairs.to_vec();
        sorted.sort_by_key(|&(number, _)| number);
        let mut lists = Self::default();
        for number in 0..count {
            let from = sorted.partition_point(|&(own, _)| own < number);
            let to = sorted.partition_point(|&(own, _)| own <= number);
            let values = sorted.get(from..to).unwrap_or_default().iter().map(|&(_, value)| value).collect::<Vec<_>>();
            lists.add(&values);
        }
        lists
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_also_when_stored() {
        let words = (0..300).map(|number| format!("w{}", number * 7)).collect::<Vec<_>>();
        let mut table = WordTable::default();
        assert_eq!(table.get("w0"), None);
        for (number, word) in (0..).zip(&words) {
            assert_eq!((table.add(word), table.add(word)), (number, number));
        }
        let stored = postcard::to_stdvec(&table).unwrap();
        let read: WordTable = postcard::from_bytes(&stored).unwrap();
        for (number, word) in (0..).zip(&words) {
            assert_eq!((table.get(word), read.get_joined("w", word.strip_prefix('w').unwrap())), (Some(number), Some(number)));
            assert_eq!(read.word(number), word);
        }
        assert_eq!((read.get("w1"), read.get(""), read.len(), read.word(300)), (None, None, 300, ""));
    }

    #[test]
    fn lists_are_grouped_in_the_order_of_their_pairs() {
        let lists = Lists::grouped(3, &[(2, 9), (0, 5), (2, 1)]);
        assert_eq!((lists.get(0), lists.get(1), lists.get(2), lists.get(3)), (&[5][..], &[][..], &[9, 1][..], &[][..]));
    }
}
