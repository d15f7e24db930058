//! How sled is read so that it does not hold what was read in memory. Knows no record.
//!
//! sled notes what was read in 256 queues of 64, one queue for pages whose numbers are alike, and lets go of pages, whatever its cache may
//! hold, only when a queue is full. So a walk that reads each page once, or many writes in different places, leave up to 16,000 pages in
//! memory; a page that is read often fills its queue.

use sled::IVec;

/// How often what was written is read again: one page in eight reads, eight pages fill a queue.
const READS: usize = 8;

/// Keys that begin with `prefix` (all for an empty one), with their values, in order: sled's own iterator, which reads a page once, and each
/// key again.
pub(super) fn walk(db: &sled::Db, prefix: &[u8]) -> impl Iterator<Item = sled::Result<(IVec, IVec)>> {
    db.scan_prefix(prefix).map(|entry| {
        let (key, value) = entry?;
        db.get(&key)?;
        Ok((key, value))
    })
}

/// Lets sled drop the pages of these keys.
///
/// # Errors
/// When one can't be read.
pub(super) fn let_go(db: &sled::Db, keys: &[IVec]) -> sled::Result<()> {
    keys.iter().flat_map(|key| std::iter::repeat_n(key, READS)).try_for_each(|key| db.get(key).map(|_| ()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_what_sleds_own_iterator_gives() {
        let folder = tempfile::tempdir().unwrap();
        let db = sled::open(folder.path()).unwrap();
        for n in 0..500_u16 {
            db.insert(n.wrapping_mul(40_503).to_be_bytes(), &n.to_le_bytes()).unwrap();
        }
        let all = |entries: Vec<sled::Result<(IVec, IVec)>>| entries.into_iter().map(Result::unwrap).collect::<Vec<_>>();
        assert_eq!(all(walk(&db, &[]).collect()), all(db.iter().collect()));
        for first in 0..=255 {
            assert_eq!(all(walk(&db, &[first]).collect()), all(db.scan_prefix([first]).collect()), "{first}");
        }
    }
}
