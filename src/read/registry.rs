use std::collections::HashMap;

use serde::Deserialize;

use super::Document;
use crate::model::{Kind, Text};

/// What offices may refer to in other offices.
///
/// It is read leniently and before any office is checked, so that an office that is rejected does not
/// make its children dangle.
#[derive(Debug, Default)]
pub struct Registry<'a> {
    pub(crate) heads: Vec<Head<'a>>,
    by_id: HashMap<Text<'a>, usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Head<'a> {
    #[serde(borrow)]
    pub(crate) id: Option<Text<'a>>,
    name: Option<Text<'a>>,
    pub(crate) parent: Option<Text<'a>>,
    pub(crate) region: Option<Text<'a>>,
    kind: Option<Kind>,
    addresses: Vec<Place<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place<'a> {
    #[serde(borrow)]
    country: Option<Text<'a>>,
}

impl<'a> Registry<'a> {
    /// Reads the ids, names and parents of all offices.
    pub fn new(document: &Document<'a>) -> Self {
        // A member of the wrong type costs that office's whole head: the schema reports the office.
        let heads: Vec<Head<'a>> = document
            .offices
            .iter()
            .map(|raw| serde_json::from_str(raw.json).unwrap_or_default())
            .collect();
        let mut by_id = HashMap::with_capacity(heads.len());
        for (index, head) in heads.iter().enumerate() {
            if let Some(id) = &head.id {
                by_id.entry(id.clone()).or_insert(index);
            }
        }
        Registry { heads, by_id }
    }

    /// Position of the first office of that id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The name of the office of that id.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.heads[self.position(id)?].name.as_deref()
    }

    /// The country of the organisation's headquarters: where the first world secretariat is.
    pub fn headquarters(&self) -> Option<&str> {
        let seat = self.heads.iter().find(|head| head.kind == Some(Kind::WorldSecretariat))?;
        seat.addresses.first()?.country.as_deref()
    }

    /// The ids of all offices, in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.heads.iter().filter_map(|head| head.id.as_deref())
    }
}
