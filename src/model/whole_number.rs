//! Whole numbers, also as `1.0` or `1e2`: JSON Schema takes these for integers.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, Unexpected, Visitor};

/// A number without a fraction, whichever way it is written.
struct WholeNumber(u32);

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;

        impl Visitor<'_> for NumberVisitor {
            type Value = WholeNumber;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<WholeNumber, E> {
                let whole = u32::try_from(number).map(WholeNumber);
                whole.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<WholeNumber, E> {
                let is_whole =
                    number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
                let whole = is_whole.then_some(WholeNumber(number as u32));
                whole.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
            }
        }

        deserializer.deserialize_u32(NumberVisitor)
    }
}

/// Reads as many whole numbers as there are to be.
pub(super) fn whole_numbers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[u32; 2], D::Error> {
    <[WholeNumber; 2]>::deserialize(deserializer).map(|numbers| numbers.map(|it| it.0))
}

/// Reads a whole number where there may be none.
pub(super) fn some_whole_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    WholeNumber::deserialize(deserializer).map(|number| Some(number.0))
}
