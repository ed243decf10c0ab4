//! What serde's derive is told to take for serde (`#[serde(crate = "crate::model::members")]`) by types with members of
//! the organisation's own: they are read from an object only, as by [`crate::strict::object`], and a field that is
//! called as the names of own members begin has all of these.
//!
//! `#[serde(flatten)]` would do the same, and read every name of every member into an enum that can hold any value: a
//! tenth of the time of a validation, for members that most directories do not have.

use std::fmt::{self, Display};
use std::mem::take;

pub(crate) use serde::*;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde::ser::{Error, Impossible, SerializeMap};

use super::{OwnMembers, OwnValue, Text};
use crate::strict::object;

/// The name of the field that has them, and what the name of each begins with.
const FIELD: &str = OwnMembers::PREFIX;

/// Every [`serde::Deserializer`], which gives a struct from an object. The derive asks for this name.
pub(crate) trait Deserializer<'de>: serde::Deserializer<'de> {
    /// Reads a struct.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        object::Deserializer::deserialize_struct(self, name, members, OwnVisitor(visitor))
    }

    /// Reads the name of a member; the derive asks for it by the same path.
    fn deserialize_identifier<V: Visitor<'de>>(self, name: V) -> Result<V::Value, Self::Error> {
        serde::Deserializer::deserialize_identifier(self, name)
    }
}

impl<'de, D: serde::Deserializer<'de>> Deserializer<'de> for D {}

/// A visitor that is shown own members as one.
struct OwnVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for OwnVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(OwnAccess::new(members))
    }
}

/// Every [`serde::Serializer`], which writes a struct as a map. The derive asks for this name.
pub(crate) trait Serializer: serde::Serializer {
    /// Begins a struct. Each has a member at least, so that its length does not matter.
    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<ObjectWriter<Self::SerializeMap>, Self::Error> {
        self.serialize_map(None).map(ObjectWriter)
    }
}

impl<S: serde::Serializer> Serializer for S {}

/// A struct on its way.
pub(crate) struct ObjectWriter<M>(M);

pub(crate) mod ser {
    //! [`serde::ser`], with the trait that the derive writes members by.

    pub(crate) use serde::ser::*;

    use super::{EntriesOf, FIELD, ObjectWriter};

    /// Writes the members of a struct. The derive asks for this name.
    pub(crate) trait SerializeStruct {
        /// What the serializer gives in the end.
        type Ok;
        /// The serializer's error.
        type Error;

        /// Writes a member, or all own members.
        fn serialize_field<T: ?Sized + Serialize>(
            &mut self,
            name: &'static str,
            value: &T,
        ) -> Result<(), Self::Error>;

        /// Leaves a member out.
        fn skip_field(&mut self, _name: &'static str) -> Result<(), Self::Error> {
            Ok(())
        }

        /// Ends the struct.
        fn end(self) -> Result<Self::Ok, Self::Error>;
    }

    impl<M: SerializeMap> SerializeStruct for ObjectWriter<M> {
        type Ok = M::Ok;
        type Error = M::Error;

        fn serialize_field<T: ?Sized + Serialize>(
            &mut self,
            name: &'static str,
            value: &T,
        ) -> Result<(), M::Error> {
            match name {
                FIELD => value.serialize(EntriesOf(&mut self.0)),
                _ => self.0.serialize_entry(name, value),
            }
        }

        fn end(self) -> Result<M::Ok, M::Error> {
            self.0.end()
        }
    }
}

/// The members of an object, of which those of the organisation's own come last and as one.
struct OwnAccess<'de, A> {
    /// All members.
    members: A,
    /// Those of the organisation's own, until they have come.
    own: Vec<(Text<'de>, OwnValue)>,
    /// Whether all others have come.
    is_over: bool,
}

impl<'de, A> OwnAccess<'de, A> {
    /// The members of an object.
    fn new(members: A) -> Self {
        OwnAccess { members, own: Vec::new(), is_over: false }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for OwnAccess<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let (mut seed, mut own) = (Some(seed), None);
        loop {
            match self.members.next_key_seed(NameSeed { seed: &mut seed, own: &mut own })? {
                Some(Some(known)) => return Ok(Some(known)),
                Some(None) => {
                    let value = self.members.next_value()?;
                    self.own.extend(own.take().map(|name| (name, value)));
                }
                None => break,
            }
        }
        self.is_over = true;
        match seed.filter(|_| !self.own.is_empty()) {
            Some(seed) => seed.deserialize(StrDeserializer::new(FIELD)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if !self.is_over {
            return self.members.next_value_seed(seed);
        }
        let own = take(&mut self.own).into_iter().map(|(name, value)| (name.into_cow(), value));
        seed.deserialize(MapDeserializer::new(own))
    }
}

/// Reads a name as the derive does, but for those of own members.
struct NameSeed<'s, 'de, K> {
    /// The derive's, until a name is one for it.
    seed: &'s mut Option<K>,
    /// The name of an own member, if it is one.
    own: &'s mut Option<Text<'de>>,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for NameSeed<'_, 'de, K> {
    /// Nothing for an own member.
    type Value = Option<K::Value>;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for NameSeed<'_, 'de, K> {
    type Value = Option<K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        if name.starts_with(FIELD) {
            *self.own = Some(name.into());
            return Ok(None);
        }
        let seed = self.seed.take();
        seed.map(|seed| seed.deserialize(BorrowedStrDeserializer::new(name))).transpose()
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        if name.starts_with(FIELD) {
            *self.own = Some(name.to_owned().into());
            return Ok(None);
        }
        let seed = self.seed.take();
        seed.map(|seed| seed.deserialize(StrDeserializer::new(name))).transpose()
    }
}

/// Writes a map's entries into another map.
struct EntriesOf<'m, M>(&'m mut M);

impl<M: SerializeMap> SerializeMap for EntriesOf<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), M::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), M::Error> {
        self.0.serialize_value(value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Methods that take a value which is no map.
macro_rules! refused {
    ($($name:ident($($type:ty),*) -> $ok:ty;)*) => {
        $(fn $name(self $(, _: $type)*) -> Result<$ok, M::Error> {
            Err(no_map())
        })*
    };
}

/// The error of a value that is no map, which the field never has.
fn no_map<E: Error>() -> E {
    E::custom("own members are a map")
}

impl<'m, M: SerializeMap> serde::Serializer for EntriesOf<'m, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = EntriesOf<'m, M>;
    type SerializeStruct = Impossible<(), M::Error>;
    type SerializeStructVariant = Impossible<(), M::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, M::Error> {
        Ok(self)
    }

    refused! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: ?Sized + Serialize>(self, _: &T) -> Result<(), M::Error> {
        Err(no_map())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), M::Error> {
        Err(no_map())
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), M::Error> {
        Err(no_map())
    }

    fn collect_str<T: ?Sized + Display>(self, _: &T) -> Result<(), M::Error> {
        Err(no_map())
    }
}
