//! Strings that borrow from the document, and looking at many bytes at once.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A string value that borrows from the document where JSON allows it (no escapes in it), so that
/// reading an office copies no text.
///
/// `Cow<str>` in its place would not do: serde reads it as owned unless every field says `borrow`, also
/// within `Option` and `Vec`, where it cannot say so.
///
/// ```
/// use officedir::model::Text;
///
/// let text: Text<'_> = serde_json::from_str(r#""Nishi-Shimbashi""#)?;
/// assert_eq!(text, "Nishi-Shimbashi");
/// assert!(text.ends_with("bashi"), "it is a string slice");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<'a>(Cow<'a, str>);

/// Whether all bytes are such. Many are looked at at once, where `is` has no branches: the compiler turns
/// chunks of a fixed length into vector instructions, which a loop that may stop at any byte cannot be. Most
/// texts of a directory are plain ASCII, and this is how writers and the check find that out.
pub(crate) fn every_byte(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
    /// There are `N` bytes at least; the last of them may be looked at twice.
    fn by<const N: usize>(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
        // `&` and not `&&`: without a branch the loop over sixteen bytes becomes one vector
        // instruction.
        let all = |chunk: &[u8; N]| chunk.iter().fold(true, |all, byte| all & is(*byte));
        // The rest that fills no chunk is looked at as the last 16 bytes, some of them for the second
        // time.
        bytes.as_chunks().0.iter().all(all) && bytes.last_chunk().is_none_or(all)
    }
    match bytes.len() {
        // 16 bytes are a register on every machine; 4 are most codes and short words.
        16.. => by::<16>(bytes, is),
        4.. => by::<4>(bytes, is),
        _ => bytes.iter().all(|byte| is(*byte)),
    }
}

impl<'a> Text<'a> {
    /// A text that stands in the program.
    pub(crate) const fn borrowed(text: &'static str) -> Text<'static> {
        Text(Cow::Borrowed(text))
    }

    /// The text as a plain string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a string that may be borrowed.
    pub(crate) fn into_cow(self) -> Cow<'a, str> {
        self.0
    }

    /// The same text, independent of the document that it was read from.
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text))
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            // No escapes in the JSON: the text is a slice of the file.
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text::from(text))
            }

            // With escapes serde_json decodes into a buffer of its own, from which the text is
            // copied.
            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text::from(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text::from(text))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::every_byte;

    #[test]
    fn no_byte_is_left_out() {
        for length in 0..70 {
            let mut bytes = vec![b'a'; length];
            assert!(every_byte(&bytes, |byte| byte == b'a'));
            for at in 0..length {
                bytes[at] = b'b';
                assert!(!every_byte(&bytes, |byte| byte == b'a'), "{at} of {length}");
                bytes[at] = b'a';
            }
        }
    }
}
