//! Shapes of what is read that serde's derived code does not insist on: a sequence is taken for a struct, and
//! what an array has too many of is left lying where the format does not look for it.

pub(crate) mod object;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::text::{excerpt, line_and_column};

/// Takes values by their names, each of which is there once: a map keeps the last of two without a word.
pub(crate) fn named_objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    struct UniqueMap<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for UniqueMap<T> {
        type Value = BTreeMap<String, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut named = BTreeMap::new();
            while let Some((name, it)) = map.next_entry::<String, T>()? {
                if named.contains_key(&name) {
                    return Err(A::Error::custom(format!("{name:?} is there twice")));
                }
                named.insert(name, it);
            }
            Ok(named)
        }
    }

    deserializer.deserialize_map(UniqueMap(PhantomData))
}

/// Numbers that an array may have.
pub(crate) trait Number: Copy + Default {
    /// What one is called, and several.
    const NAMES: [&'static str; 2];

    /// The number as this type, where it is one of its values.
    fn of(given: WrittenNumber) -> Option<Self>;
}

impl Number for f64 {
    const NAMES: [&'static str; 2] = ["number", "numbers"];

    fn of(given: WrittenNumber) -> Option<f64> {
        Some(match given {
            WrittenNumber::Whole(number) => number as f64,
            WrittenNumber::Fraction(number) => number,
        })
    }
}

impl Number for u32 {
    const NAMES: [&'static str; 2] = ["whole number", "whole numbers"];

    fn of(given: WrittenNumber) -> Option<u32> {
        match given {
            WrittenNumber::Whole(number) => u32::try_from(number).ok(),
            WrittenNumber::Fraction(_) => None,
        }
    }
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WrittenNumber {
    /// Without fraction and exponent.
    Whole(i64),
    /// Finite, and no negative zero.
    Fraction(f64),
}

impl<'de> Deserialize<'de> for WrittenNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl Visitor<'_> for Any {
            type Value = WrittenNumber;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<WrittenNumber, E> {
                Ok(WrittenNumber::Whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<WrittenNumber, E> {
                i64::try_from(number).map(WrittenNumber::Whole).map_err(E::custom)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<WrittenNumber, E> {
                // TOML can write `nan`, `inf` and `-0.0`, and none of them is a length.
                if number.is_finite() && (number != 0.0 || number.is_sign_positive()) {
                    return Ok(WrittenNumber::Fraction(number));
                }
                Err(E::custom(format!("{number:?} is not a measure")))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

impl fmt::Display for WrittenNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrittenNumber::Whole(number) => number.fmt(f),
            WrittenNumber::Fraction(number) => number.fmt(f),
        }
    }
}

/// One number.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let given = WrittenNumber::deserialize(deserializer)?;
    f64::of(given).ok_or_else(|| D::Error::custom(format!("{given} is not a number")))
}

/// As many numbers as there are to be, and no more.
pub(crate) fn numbers<'de, D: Deserializer<'de>, T: Number, const N: usize>(
    deserializer: D,
) -> Result<[T; N], D::Error> {
    struct NumberArray<T, const N: usize>(PhantomData<T>);

    impl<'de, T: Number, const N: usize> Visitor<'de> for NumberArray<T, N> {
        type Value = [T; N];

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{N} {} in brackets", T::NAMES[1])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<[T; N], A::Error> {
            let (mut given, mut count) = (Vec::new(), 0);
            while let Some(number) = items.next_element::<WrittenNumber>()? {
                count += 1;
                given.extend((given.len() <= N).then_some(number));
            }
            if count != N {
                let why = format!("these are {count} {}, not {N}", T::NAMES[1]);
                return Err(A::Error::custom(match decimal_comma(&given).filter(|_| count > N) {
                    Some(meant) => format!("{why}: write {meant} with a point, not with a comma"),
                    None => why,
                }));
            }
            let mut numbers = [T::default(); N];
            for (number, given) in numbers.iter_mut().zip(given) {
                let wrong = || A::Error::custom(format!("{given} is not a {}", T::NAMES[0]));
                *number = T::of(given).ok_or_else(wrong)?;
            }
            Ok(numbers)
        }
    }

    deserializer.deserialize_seq(NumberArray(PhantomData))
}

/// The same where there may be none.
pub(crate) fn some_numbers<'de, D: Deserializer<'de>, T: Number, const N: usize>(
    deserializer: D,
) -> Result<Option<[T; N]>, D::Error> {
    numbers(deserializer).map(Some)
}

/// What was probably meant by the first two whole numbers beside each other.
fn decimal_comma(given: &[WrittenNumber]) -> Option<String> {
    given.windows(2).find_map(|pair| match pair {
        [WrittenNumber::Whole(whole), WrittenNumber::Whole(part @ 0..)] => {
            Some(format!("{whole}.{part}"))
        }
        _ => None,
    })
}

/// Line and column, from 1, of a mistake in a TOML text, and what is wrong there.
pub(crate) fn toml_mistake(
    text: &str,
    error: &toml::de::Error,
) -> (Option<(usize, usize)>, String) {
    let message = error.message().to_owned();
    let Some(span) = error.span() else { return (None, message) };
    let at = Some(line_and_column(text, span.start));
    let before = text.get(..span.start).unwrap_or(text);
    let value = text.get(span).and_then(|it| it.lines().next()).unwrap_or_default();
    let is_comma =
        text[before.len()..].starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit());
    (
        at,
        match value {
            _ if is_comma => format!("{message}: write decimals with a point, not with a comma"),
            "" => message,
            value => format!("{message}: {}", excerpt(value, 60)),
        },
    )
}
