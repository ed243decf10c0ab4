//! The UID of an office in address books. It must stay the same for ever: a second import finds the
//! contacts of the first by it.

use sha1::{Digest, Sha1};

/// The namespace of all offices: the version-5 UUID of `urn:officedir:office` in the namespace for
/// URLs (RFC 9562, section 6.6). It must never change: address books find an office again by it.
const NAMESPACE: [u8; 16] = [
    0x04, 0x40, 0x90, 0x0d, 0xfe, 0xf7, 0x59, 0x57, 0x88, 0x1c, 0x42, 0xb9, 0xe6, 0x1f, 0x4e, 0x56,
];

/// Where a URN has the digits of each byte.
const PLACES: [usize; 16] = [9, 11, 13, 15, 18, 20, 23, 25, 28, 30, 33, 35, 37, 39, 41, 43];

/// The identity of an office in address books: the URN of a version-5 UUID (RFC 9562, section 5.5)
/// made from its id, so that the same office has the same one for ever.
pub(in crate::writers) fn uid(office: &str) -> String {
    let hash = Sha1::new().chain_update(NAMESPACE).chain_update(office);
    let mut bytes: [u8; 20] = hash.finalize().into();
    // The version, 5, and below it the variant (RFC 9562, sections 4.2 and 4.1).
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half & 0x0f)];
    let mut urn = *b"urn:uuid:00000000-0000-0000-0000-000000000000";
    for (byte, at) in bytes.into_iter().zip(PLACES) {
        urn[at] = digit(byte >> 4);
        urn[at + 1] = digit(byte);
    }
    String::from_utf8(urn.into()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_other_libraries_make_it() {
        // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:officedir:office"), "japan-office")
        assert_eq!(super::uid("japan-office"), "urn:uuid:4f74bdc6-5b4b-558b-8231-a10c829612a0");
    }
}
