//! Directories that are nearly right: a valid one with a few changes of its structure, its texts or its numbers.
//! Where the choices come from is the caller's matter: a test takes them from a seed, a fuzz target from its input.

#[path = "limits.rs"]
mod limits;

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use limits::{NUMBERS, TEXTS, VALUES, limits};

/// A choice among so many.
pub type Choose<'c> = &'c mut dyn FnMut(usize) -> usize;

/// A JSON text by its structure. Unlike a `Value` it has a member twice and any number as it is written.
#[derive(Clone, Debug)]
pub enum Tree {
    Object(Vec<(String, Tree)>),
    Array(Vec<Tree>),
    /// A text, number, boolean or null as JSON.
    Literal(String),
}

/// The members of an object as they stand in the text.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// How the tokens of a text are set apart.
#[derive(Clone, Copy)]
pub struct Layout {
    space: &'static str,
    escaped: bool,
}

impl Tree {
    /// Reads a JSON text.
    pub fn read(json: &str) -> Tree {
        if let Ok(Members(members)) = serde_json::from_str(json) {
            let member =
                |(name, value): (String, Box<RawValue>)| (quoted(&name), Tree::read(value.get()));
            return Tree::Object(members.into_iter().map(member).collect());
        }
        match serde_json::from_str::<Vec<Box<RawValue>>>(json) {
            Ok(items) => Tree::Array(items.iter().map(|it| Tree::read(it.get())).collect()),
            Err(_) => Tree::Literal(json.trim().to_owned()),
        }
    }

    fn is_literal(&self) -> bool {
        matches!(self, Tree::Literal(_))
    }

    fn member(&mut self, name: &str) -> Option<&mut Tree> {
        let Tree::Object(members) = self else { return None };
        let name = quoted(name);
        members.iter_mut().find(|it| it.0 == name).map(|it| &mut it.1)
    }

    /// The JSON text.
    pub fn to_json(&self, layout: Layout) -> String {
        let mut json = String::new();
        self.write(layout, &mut json);
        json
    }

    fn write(&self, layout: Layout, json: &mut String) {
        let space = layout.space;
        let mut first = true;
        let mut separator = |json: &mut String| {
            json.push_str(if std::mem::take(&mut first) { "" } else { "," });
            json.push_str(space);
        };
        match self {
            Tree::Object(members) => {
                json.push('{');
                for (name, value) in members {
                    separator(json);
                    json.push_str(name);
                    json.push_str(space);
                    json.push(':');
                    value.write(layout, json);
                }
                json.push_str(space);
                json.push('}');
            }
            Tree::Array(items) => {
                json.push('[');
                for item in items {
                    separator(json);
                    item.write(layout, json);
                }
                json.push_str(space);
                json.push(']');
            }
            Tree::Literal(literal) if layout.escaped => json.push_str(&escaped(literal)),
            Tree::Literal(literal) => json.push_str(literal),
        }
    }

    fn children(&mut self) -> Vec<(Option<&str>, &mut Tree)> {
        match self {
            Tree::Object(members) => {
                members.iter_mut().map(|(name, it)| (Some(&**name), it)).collect()
            }
            Tree::Array(items) => items.iter_mut().map(|it| (None, it)).collect(),
            Tree::Literal(_) => Vec::new(),
        }
    }

    /// Of each value, in the order of the text, the name of the member that it is or is in, as JSON.
    fn names(&mut self, name: &str, names: &mut Vec<String>) {
        names.push(name.to_owned());
        for (own, child) in self.children() {
            child.names(own.unwrap_or(name), names);
        }
    }

    /// The value at that place in the order of the text.
    fn at(&mut self, place: &mut usize) -> Option<&mut Tree> {
        if *place == 0 {
            return Some(self);
        }
        *place -= 1;
        self.children().into_iter().find_map(|(_, child)| child.at(place))
    }

    /// Whether a name stands twice in an object.
    pub fn has_twice(&mut self) -> bool {
        let twice = if let Tree::Object(members) = self {
            let mut names = HashSet::new();
            members
                .iter()
                .any(|(name, _)| !names.insert(serde_json::from_str::<String>(name).unwrap()))
        } else {
            false
        };
        twice || self.children().into_iter().any(|(_, child)| child.has_twice())
    }
}

/// A literal without letters beyond ASCII, and with its first letter as an escape.
fn escaped(literal: &str) -> String {
    let mut units = [0; 2];
    let escape = |(at, c): (usize, char)| match c.is_ascii()
        && (at != 1 || !c.is_ascii_alphanumeric())
    {
        true => c.to_string(),
        false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    match literal.starts_with('"') {
        true => literal.chars().enumerate().map(escape).collect(),
        false => literal.to_owned(),
    }
}

/// Valid directories to begin with.
pub struct Bases {
    header: Tree,
    /// Of each directory.
    offices: Vec<Vec<Tree>>,
    names: Vec<String>,
}

impl Bases {
    /// The offices of all the directories, and the header of the first.
    pub fn new(directories: &[&str], schema: &str) -> Self {
        let mut directories: Vec<Tree> = directories.iter().map(|text| Tree::read(text)).collect();
        let mut offices = Vec::new();
        for directory in &mut directories {
            if let Some(Tree::Array(own)) = directory.member("offices") {
                // Neither those that are a name and little else, nor the very long ones.
                own.retain(|office| (300..3_000).contains(&office.to_json(LAYOUTS[0]).len()));
                offices.push(std::mem::take(own));
            }
        }
        let mut header = directories.swap_remove(0);
        if let Some(Tree::Array(regions)) = header.member("regions") {
            regions.truncate(3);
        }
        let mut names =
            vec!["".to_owned(), "x".to_owned(), "Name".to_owned(), "adresses".to_owned()];
        members(&serde_json::from_str(schema).unwrap(), &mut names);
        Bases { header, offices, names }
    }

    /// One of them with up to two offices and up to three changes.
    pub fn mutated(&self, choose: Choose<'_>) -> Tree {
        let mut root = self.header.clone();
        if let Some(Tree::Array(offices)) = root.member("offices") {
            for _ in 0..[1, 1, 1, 2, 0][choose(5)] {
                let of = &self.offices[choose(self.offices.len())];
                offices.push(of[choose(of.len())].clone());
            }
        }
        for _ in 0..[1, 1, 1, 2, 3][choose(5)] {
            self.change(&mut root, choose);
        }
        root
    }

    fn change(&self, root: &mut Tree, choose: Choose<'_>) {
        let mut names = Vec::new();
        root.names("", &mut names);
        let copy = root.at(&mut choose(names.len())).cloned();
        // Each member has the same chance, however often it is there.
        let known: BTreeSet<&String> = names.iter().collect();
        let name =
            known.iter().nth(choose(known.len())).map(|name| (*name).clone()).unwrap_or_default();
        let places: Vec<usize> = (0..names.len()).filter(|at| names[*at] == name).collect();
        let Some(value) = root.at(&mut places[choose(places.len())].clone()) else { return };
        let name = serde_json::from_str::<String>(&name).unwrap_or_default();
        match choose(14) {
            0 => *value = Tree::read(VALUES[choose(VALUES.len())]),
            1 => *value = Tree::read(NUMBERS[choose(NUMBERS.len())]),
            2 => *value = copy.unwrap_or(Tree::Array(Vec::new())),
            3 => *value = Tree::Array(vec![value.clone()]),
            4 => *value = Tree::Object(vec![(self.name(choose), value.clone())]),
            5 => {
                let mut children = value.children();
                let number = choose(children.len().max(1));
                if !children.is_empty() {
                    *value = children.swap_remove(number).1.clone();
                }
            }
            6..=8 if !value.is_literal() => turn(value, self, choose),
            9..=11 if !value.is_literal() => member(value, copy, self, choose),
            _ => text(&name, value, choose),
        }
    }

    fn name(&self, choose: Choose<'_>) -> String {
        quoted(&self.names[choose(self.names.len())])
    }
}

/// The names of all members that a schema knows.
fn members(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(keywords) => {
            let properties = keywords.get("properties").and_then(Value::as_object);
            names.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
            keywords.values().for_each(|it| members(it, names));
        }
        Value::Array(items) => items.iter().for_each(|it| members(it, names)),
        _ => {}
    }
}

/// An object becomes an array of its first members' values, an array an object.
fn turn(value: &mut Tree, bases: &Bases, choose: Choose<'_>) {
    *value = match value {
        Tree::Object(members) => {
            // All of them, or one less, and so on.
            let most = choose(members.len() + 1);
            let length = members.len() - choose(most + 1);
            Tree::Array(members.iter().take(length).map(|(_, it)| it.clone()).collect())
        }
        Tree::Array(items) => {
            Tree::Object(items.iter().map(|it| (bases.name(choose), it.clone())).collect())
        }
        Tree::Literal(literal) => Tree::Literal(literal.clone()),
    };
}

/// Changes one member or item: it is there twice, elsewhere, under another name, or no more.
fn member(value: &mut Tree, copy: Option<Tree>, bases: &Bases, choose: Choose<'_>) {
    let how = choose(6);
    match value {
        Tree::Object(members) if !members.is_empty() => {
            let at = choose(members.len());
            match how {
                0 => drop(members.remove(at)),
                1 => members[at].0 = bases.name(choose),
                2 => members.push(members[at].clone()),
                3 => {
                    // The same name, written in another way.
                    let (name, value) = members[at].clone();
                    members.push((escaped(&name), value));
                }
                4 => members.rotate_left(at),
                _ => members.extend(copy.map(|it| (bases.name(choose), it))),
            }
        }
        Tree::Array(items) if !items.is_empty() => {
            let at = choose(items.len());
            match how {
                0 => drop(items.remove(at)),
                1 | 2 => items.insert(at, items[at].clone()),
                3 => items.reverse(),
                4 => items.clear(),
                _ => items.extend(copy),
            }
        }
        _ => *value = Tree::Object(Vec::new()),
    }
}

/// Makes of a value a text at the limits of what its member may be, or puts a character into it.
fn text(name: &str, value: &mut Tree, choose: Choose<'_>) {
    let old = match value {
        Tree::Literal(literal) => serde_json::from_str::<String>(literal).unwrap_or_default(),
        _ => String::new(),
    };
    let limits = limits(name);
    let new = match choose(4) {
        0 => {
            let places: Vec<usize> =
                old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
            let (front, behind) = old.split_at(places[choose(places.len())]);
            let piece = TEXTS[choose(TEXTS.len())];
            format!("{front}{piece}{behind}")
        }
        1 => TEXTS[choose(TEXTS.len())].to_owned(),
        _ => limits[choose(limits.len())].clone(),
    };
    *value = Tree::Literal(quoted(&new));
}

/// Ways to lay a text out: they must not matter.
pub const LAYOUTS: [Layout; 4] = [
    Layout { space: "", escaped: false },
    Layout { space: " ", escaped: false },
    Layout { space: "\t", escaped: true },
    Layout { space: "\r\n ", escaped: false },
];
