//! Members that an office does not have, filled in from the schema.

use std::collections::BTreeSet;

use minijinja::value::{Serde, Value};
use serde::Serialize;
use serde_json::Value as Json;

use crate::check::SCHEMA;
use crate::model::{Header, OwnMembers};
use crate::read::UsedMembers;

/// Which members a directory can have, by its schema: what is absent becomes `none` or an empty list, so
/// that a template can tell what an office does not have from what does not exist.
#[derive(Clone, Debug)]
pub(super) struct ContextShape {
    /// Of everything but the offices.
    header: ShapeNode,
    /// Of one office.
    office: ShapeNode,
}

/// What may be at a place of a directory.
#[derive(Clone, Debug)]
enum ShapeNode {
    /// An object, and what may be at each of its members.
    Object(Vec<(String, ShapeNode)>),
    /// A list, and what each of its items may be.
    List(Box<ShapeNode>),
    /// A value in which nothing is filled in.
    Leaf,
}

/// Members within members; the schema has four.
const DEPTH: usize = 8;

impl ContextShape {
    /// The shape that the schema describes.
    pub(super) fn of_offices() -> Self {
        // The tests hold the schema right; without one, nothing is filled in.
        let schema: Json = serde_json::from_str(SCHEMA).unwrap_or_default();
        let mut header = ShapeNode::of(&schema, &schema, DEPTH);
        if let ShapeNode::Object(members) = &mut header {
            // Offices come by themselves, and the address of the schema is of no use to a template.
            members.retain(|(name, _)| name != "offices" && name != "$schema");
        }
        ContextShape { header, office: ShapeNode::of(&schema["$defs"]["office"], &schema, DEPTH) }
    }

    /// The header, with what it lacks filled in.
    pub(super) fn header(&self, header: &Header<'_>) -> Value {
        let mut json = json(header);
        if let Some(members) = json.as_object_mut() {
            members.remove("$schema");
        }
        self.header.fill(&mut json);
        for list in ["kinds", "regions"] {
            let items = json[list].as_array().into_iter().flatten().filter_map(Json::as_object);
            let names = items.flat_map(|item| item.keys()).filter(|name| is_own(name));
            let names: BTreeSet<String> = names.cloned().collect();
            fill_own(&mut json[list], names.iter().map(String::as_str));
        }
        Value::from(Serde(json))
    }

    /// An office of a directory in which these optional members occur, with what it lacks filled in.
    pub(super) fn office(&self, view: &impl Serialize, used: &UsedMembers) -> Value {
        self.fill_office(json(view), used)
    }

    /// An office as JSON, with what it lacks filled in.
    pub(super) fn fill_office(&self, mut office: Json, used: &UsedMembers) -> Value {
        self.office.fill(&mut office);
        if !used.is_empty() {
            fill_own(&mut office, used.own_names("x_"));
            fill_own(&mut office["addresses"], used.own_names("addresses/x_"));
            fill_own(&mut office["phones"], used.own_names("phones/x_"));
            fill_own(&mut office["emails"], used.own_names("emails/x_"));
            fill_own(&mut office["contact_forms"], used.own_names("contact_forms/x_"));
            fill_own(&mut office["websites"], used.own_names("websites/x_"));
        }
        Value::from(Serde(office))
    }
}

/// Whether a member is one of the organisation's own.
fn is_own(name: &str) -> bool {
    name.starts_with(OwnMembers::PREFIX)
}

/// Fills in the own members that an object lacks, or each object of a list.
fn fill_own<'n>(json: &mut Json, names: impl Iterator<Item = &'n str> + Clone) {
    match json {
        Json::Object(object) => {
            for name in names {
                object.entry(name).or_insert(Json::Null);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| fill_own(item, names.clone())),
        _ => {}
    }
}

/// The model always serialises.
fn json(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

impl ShapeNode {
    /// The shape of a schema, with references followed.
    fn of(schema: &Json, root: &Json, depth: usize) -> ShapeNode {
        // A schema that refers to itself would never end.
        if depth == 0 {
            return ShapeNode::Leaf;
        }
        let of = |schema| ShapeNode::of(schema, root, depth - 1);
        if let Some(pointer) = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#')) {
            return root.pointer(pointer).map_or(ShapeNode::Leaf, of);
        }
        if let Some(properties) = schema["properties"].as_object() {
            return ShapeNode::Object(
                properties.iter().map(|(name, it)| (name.clone(), of(it))).collect(),
            );
        }
        if schema["items"].is_object() {
            return ShapeNode::List(Box::new(of(&schema["items"])));
        }
        // Of several, the one that has members: the others have nothing to fill in.
        let variants = schema["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
        variants
            .iter()
            .map(of)
            .find(|it| matches!(it, ShapeNode::Object(_)))
            .unwrap_or(ShapeNode::Leaf)
    }

    /// Fills in what a value lacks.
    fn fill(&self, json: &mut Json) {
        match (self, json) {
            (ShapeNode::Object(members), Json::Object(object)) => {
                for (name, node) in members {
                    let empty = || match node {
                        ShapeNode::List(_) => Json::Array(Vec::new()),
                        _ => Json::Null,
                    };
                    node.fill(object.entry(name.as_str()).or_insert_with(empty));
                }
            }
            (ShapeNode::List(item), Json::Array(items)) => {
                items.iter_mut().for_each(|json| item.fill(json));
            }
            _ => {}
        }
    }
}
