//! What serde's derive is told to take for serde (`#[serde(crate = "crate::strict::object")]`), so that a type is
//! read from a JSON object and from nothing else.
//!
//! The derive reads a struct from an array of its members' values as well, in the order in which they are declared.
//! The schema allows no such array, and who writes one has made a mistake. The derive has no attribute against it,
//! but it names everything it uses by the path of this attribute: here that is all of serde, with one trait in
//! front of serde's own. Nothing is added while a document is read.

use std::fmt;

pub(crate) use serde::*;

/// Every [`serde::Deserializer`], which gives a struct from an object only. The derive asks for this name.
pub(crate) trait Deserializer<'de>: serde::Deserializer<'de> {
    /// Reads a struct; an array in its place is an error of the wrong type.
    fn deserialize_struct<V: de::Visitor<'de>>(
        self,
        name: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        serde::Deserializer::deserialize_struct(self, name, members, ObjectVisitor(visitor))
    }

    /// Reads the name of a member; the derive asks for it by the same path.
    fn deserialize_identifier<V: de::Visitor<'de>>(self, name: V) -> Result<V::Value, Self::Error> {
        serde::Deserializer::deserialize_identifier(self, name)
    }
}

impl<'de, D: serde::Deserializer<'de>> Deserializer<'de> for D {}

/// A visitor that is shown the members of an object, and refuses everything else.
struct ObjectVisitor<V>(V);

impl<'de, V: de::Visitor<'de>> de::Visitor<'de> for ObjectVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(members)
    }
}
