//! Writes maps in the order of their keys, so that the same rules are always the same bytes. Knows nothing of what is in them.

use std::collections::{BTreeMap, HashMap};

use serde::{Serialize, Serializer};

/// For `#[serde(serialize_with)]`.
pub(super) fn sorted<K, V, H, S>(map: &HashMap<K, V, H>, serializer: S) -> Result<S::Ok, S::Error>
where
    K: Serialize + Ord,
    V: Serialize,
    S: Serializer,
{
    serializer.collect_map(map.iter().collect::<BTreeMap<_, _>>())
}
