//! Ids for roots that stand for several others.

use crate::root::RootId;

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// `kind` and a 128-bit FNV-1a hash of the ids in order: equal members give equal ids in every run.
pub(crate) fn joint_id<'a>(kind: &str, ids: impl Iterator<Item = &'a RootId>) -> RootId {
    let mut hash = OFFSET;
    let mut feed = |byte: u8| hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    for id in ids {
        id.as_str().bytes().for_each(&mut feed);
        // 0xff occurs in no UTF-8 text, so ("ab", "c") and ("a", "bc") differ.
        feed(0xff);
    }
    RootId::from(format!("{kind}:{hash:032x}"))
}
