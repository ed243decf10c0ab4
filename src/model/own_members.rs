//! Members that an organisation adds to the format: their names begin with `x_`, and they may have any value.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

use super::Text;

/// The members of an object whose names begin with `x_`, in the order of the file. The program keeps them and passes
/// them on to the formats that have a place for them; it does not look into their values.
///
/// ```
/// use officedir::model::{OwnValue, Website};
///
/// let json = r#"{"url":"https://www.example.org/","x_visits":1200}"#;
/// let website: Website<'_> = serde_json::from_str(json)?;
/// assert_eq!(website.own.get("x_visits"), Some(&OwnValue::Number(1200.into())));
/// assert_eq!(serde_json::to_string(&website)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnMembers<'a>(Option<Box<OwnList<'a>>>);

/// At least one member. It stands in a box, since the objects that can have some are many and few of them do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OwnList<'a>(Vec<(Text<'a>, OwnValue)>);

impl<'a> OwnMembers<'a> {
    /// What the names of all of them begin with.
    pub const PREFIX: &'static str = "x_";

    /// Not one.
    pub(crate) const NONE: OwnMembers<'static> = OwnMembers(None);

    /// These members.
    fn of(list: Vec<(Text<'a>, OwnValue)>) -> Self {
        OwnMembers((!list.is_empty()).then(|| Box::new(OwnList(list))))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Names and values, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &OwnValue)> {
        let members = self.0.as_deref().map_or(&[][..], |list| &list.0);
        members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The value of the member of that name.
    pub fn get(&self, name: &str) -> Option<&OwnValue> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// Takes the members whose names begin with [`OwnMembers::PREFIX`], and of two of one name the first.
impl<'a, N: Into<Text<'a>>, V: Into<OwnValue>> FromIterator<(N, V)> for OwnMembers<'a> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let (mut list, mut names) = (Vec::new(), HashSet::new());
        for (name, value) in members.into_iter().map(|(name, value)| (name.into(), value)) {
            if name.starts_with(OwnMembers::PREFIX) && names.insert(name.clone()) {
                list.push((name, value.into()));
            }
        }
        OwnMembers::of(list)
    }
}

impl Serialize for OwnMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for OwnMembers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = OwnMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "members whose names begin with {}", OwnMembers::PREFIX)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let (mut list, mut names) = (Vec::new(), HashSet::new());
                while let Some((name, value)) = members.next_entry::<Text<'de>, OwnValue>()? {
                    if !names.insert(name.clone()) {
                        return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    list.push((name, value));
                }
                Ok(OwnMembers::of(list))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}

/// The value of a member of an organisation's own. Objects keep the order of their members, which `serde_json::Value`
/// does not: formatting a directory must not turn them around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A 64-bit integer or a floating-point number.
    Number(Number),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<OwnValue>),
    /// An object, in which no name stands twice.
    Object(Vec<(String, OwnValue)>),
}

impl OwnValue {
    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            OwnValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Writes JSON on one line.
impl fmt::Display for OwnValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for OwnValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OwnValue::Null => serializer.serialize_unit(),
            OwnValue::Bool(value) => serializer.serialize_bool(*value),
            OwnValue::Number(number) => number.serialize(serializer),
            OwnValue::Text(text) => serializer.serialize_str(text),
            OwnValue::List(items) => serializer.collect_seq(items),
            OwnValue::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl<'de, E: de::Error> IntoDeserializer<'de, E> for OwnValue {
    type Deserializer = OwnValueDeserializer<E>;

    fn into_deserializer(self) -> OwnValueDeserializer<E> {
        OwnValueDeserializer(self, PhantomData)
    }
}

/// Reads a value that was read already.
pub struct OwnValueDeserializer<E>(OwnValue, PhantomData<E>);

impl<'de, E: de::Error> Deserializer<'de> for OwnValueDeserializer<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            OwnValue::Null => visitor.visit_unit(),
            OwnValue::Bool(value) => visitor.visit_bool(value),
            OwnValue::Number(number) => {
                number.deserialize_any(visitor).map_err(|error| E::custom(error))
            }
            OwnValue::Text(text) => visitor.visit_string(text),
            OwnValue::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            OwnValue::Object(members) => {
                visitor.visit_map(MapDeserializer::new(members.into_iter()))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> Deserialize<'de> for OwnValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// Builds a value of whatever a deserializer has.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = OwnValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<OwnValue, E> {
        Ok(OwnValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<OwnValue, E> {
        Ok(OwnValue::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<OwnValue, E> {
        Ok(OwnValue::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<OwnValue, E> {
        Ok(OwnValue::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<OwnValue, E> {
        let number = Number::from_f64(number).map(OwnValue::Number);
        number.ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<OwnValue, E> {
        Ok(OwnValue::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<OwnValue, E> {
        Ok(OwnValue::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OwnValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(OwnValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<OwnValue, A::Error> {
        let (mut list, mut names) = (Vec::new(), HashSet::new());
        while let Some((name, value)) = members.next_entry::<String, OwnValue>()? {
            if !names.insert(name.clone()) {
                return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
            }
            list.push((name, value));
        }
        Ok(OwnValue::Object(list))
    }
}

impl From<serde_json::Value> for OwnValue {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => OwnValue::Null,
            Value::Bool(value) => OwnValue::Bool(value),
            Value::Number(number) => OwnValue::Number(number),
            Value::String(text) => OwnValue::Text(text),
            Value::Array(items) => OwnValue::List(items.into_iter().map(Into::into).collect()),
            Value::Object(members) => OwnValue::Object(
                members.into_iter().map(|(name, value)| (name, value.into())).collect(),
            ),
        }
    }
}
