//! Setting text into a format, by the rules of libaddressinput's formatters.

use smallvec::SmallVec;

use super::capitals::{CapitalsRule, push_capitals};
use super::component::{Component, Components};
use super::format::{AddressFormat, FormatElement};

/// What is to be set: one text a component, and the street block's lines.
pub(super) struct LineContent<'a> {
    /// By the number of the component; empty where there is none.
    text: [&'a str; Component::ALL.len()],
    /// What stands where the format has its address lines.
    pub street: SmallVec<[StreetLine<'a>; 6]>,
    /// In whose care the mail is: the line below the names, in layouts that run outwards.
    pub care_of: StreetLine<'a>,
    /// The administrative area that stands behind everything, in layouts that have no other place for it.
    pub last_area: &'a str,
    /// What stands directly in front of the postal code.
    pub code_prefix: &'static str,
    /// The components that are set in capitals.
    pub capitals: Components,
    /// Whose capitals they are.
    pub casing: CapitalsRule,
}

/// One line of the street block.
#[derive(Clone, Copy)]
pub(super) struct StreetLine<'a> {
    /// What stands in front of the text: "c/o ", "PO Box ".
    pub prefix: &'a str,
    /// The text itself.
    pub text: &'a str,
    /// What the line is, for its capitals.
    pub component: Component,
}

impl<'a> LineContent<'a> {
    /// Nothing yet, and no capitals.
    pub fn new() -> LineContent<'a> {
        LineContent {
            text: [""; Component::ALL.len()],
            street: SmallVec::new(),
            care_of: StreetLine { prefix: "", text: "", component: Component::Recipient },
            last_area: "",
            code_prefix: "",
            capitals: Components::default(),
            casing: CapitalsRule::General,
        }
    }

    /// The component's text, empty where there is none.
    pub fn get(&self, component: Component) -> &'a str {
        self.text.get(component as usize).copied().unwrap_or_default()
    }

    /// Sets the component's text; the address lines' is the street block instead.
    pub fn set(&mut self, component: Component, text: &'a str) {
        if let Some(place) = self.text.get_mut(component as usize) {
            *place = text;
        }
    }

    /// The component's text, which is set elsewhere from now on.
    pub fn take(&mut self, component: Component) -> &'a str {
        let text = self.get(component);
        self.set(component, "");
        text
    }

    /// Appends a line to the street block, unless it is empty.
    pub fn push_street(&mut self, prefix: &'a str, text: &'a str, component: Component) {
        if !text.is_empty() {
            self.street.push(StreetLine { prefix, text, component });
        }
    }

    /// Whether a component has nothing to set.
    pub fn is_empty(&self, component: Component) -> bool {
        match component {
            Component::AddressLines => self.street.is_empty(),
            _ => self.get(component).is_empty(),
        }
    }

    /// Appends a text, in capitals where its component is.
    fn push(&self, lines: &mut ComposedLines, component: Component, text: &str) {
        if self.capitals.contains(component) {
            push_capitals(&mut lines.text, text, self.casing);
        } else {
            lines.text.push_str(text);
        }
    }

    /// Appends the line that says in whose care the mail is, if there is one.
    fn push_care_of(&self, lines: &mut ComposedLines) {
        let StreetLine { prefix, text, component } = self.care_of;
        if !text.is_empty() {
            lines.end_line();
            self.push(lines, component, prefix);
            self.push(lines, component, text);
            lines.end_line();
        }
    }

    /// Appends the street block: its first line to the current one, each of the others on its own, and
    /// what comes behind several of them on the next.
    fn push_block(&self, lines: &mut ComposedLines) {
        for (at, street) in self.street.iter().enumerate() {
            if at > 0 {
                lines.end_line();
            }
            self.push(lines, street.component, street.prefix);
            self.push(lines, street.component, street.text);
        }
        // Formats that go on behind the street in its line ("%A, %C") would otherwise append the town
        // to the last of several lines.
        if self.street.len() > 1 {
            lines.end_line();
        }
    }
}

/// Lines in one text, none of them empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComposedLines {
    /// All lines, one behind the other.
    text: String,
    /// Where each line ends in the text, in bytes.
    ends: SmallVec<[usize; 8]>,
    /// Whether each line names places.
    places: SmallVec<[bool; 8]>,
    /// Whether the line in hand does.
    is_place: bool,
}

impl ComposedLines {
    /// Ends the line, unless nothing is in it.
    fn end_line(&mut self) {
        // A line of which no component is there leaves no empty line behind.
        if self.text.len() > self.ends.last().copied().unwrap_or_default() {
            self.ends.push(self.text.len());
            self.places.push(self.is_place);
        }
        self.is_place = false;
    }

    /// Nothing yet, with room for that many bytes.
    fn with_capacity(bytes: usize) -> ComposedLines {
        ComposedLines {
            text: String::with_capacity(bytes),
            ends: SmallVec::new(),
            places: SmallVec::new(),
            is_place: false,
        }
    }

    /// Whether each line names places: towns, areas, codes.
    pub fn places(&self) -> impl Iterator<Item = bool> {
        self.places.iter().copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Appends a line.
    pub fn push_line(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.end_line();
    }

    /// The lines, without line breaks.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let range = starts.zip(&self.ends);
        range.map(|(start, end)| self.text.get(*start..*end).unwrap_or_default())
    }

    /// Those of the lines that are wanted.
    pub fn only(&self, is_wanted: impl Fn(&str) -> bool) -> ComposedLines {
        let mut only = ComposedLines::with_capacity(self.text.len());
        for (line, is_place) in self.iter().zip(self.places()).filter(|(line, _)| is_wanted(line)) {
            only.is_place = is_place;
            only.push_line(|text| text.push_str(line));
        }
        only
    }
}

/// The components that mail is sorted by, each of which makes its line one of places.
pub(super) const SORTED_BY: Components = Components::new("CSZX");

/// The lines of an address.
///
/// A literal is kept when the component behind it has text and, where a component stands in front of
/// it, that one or the one before has been set in the same line: it separates, and what it would
/// separate from is there.
pub(super) fn compose(format: &AddressFormat, content: &LineContent<'_>) -> ComposedLines {
    // Longer than nearly all addresses, so that the buffer grows once.
    let mut lines = ComposedLines::with_capacity(256);
    let elements = format.elements();
    let mut kept_component = false;
    let is_name = |element: &FormatElement| {
        matches!(element, FormatElement::Component(Component::Recipient | Component::Organization))
    };
    let last_name = elements.iter().rposition(is_name);
    for (at, element) in elements.iter().enumerate() {
        match *element {
            FormatElement::Newline => {
                // No separator refers to what stands in the line above.
                kept_component = false;
                lines.end_line();
            }
            FormatElement::Component(component) if content.is_empty(component) => {}
            FormatElement::Component(component) => {
                kept_component = true;
                lines.is_place |= SORTED_BY.contains(component);
                match component {
                    Component::AddressLines => content.push_block(&mut lines),
                    Component::PostalCode => {
                        lines.text.push_str(content.code_prefix);
                        content.push(&mut lines, component, content.get(component));
                    }
                    _ => content.push(&mut lines, component, content.get(component)),
                }
            }
            FormatElement::Literal(from, to) => {
                let leads_nowhere = matches!(elements.get(at + 1),
                    Some(&FormatElement::Component(next)) if content.is_empty(next));
                let follows_nothing =
                    matches!(elements[..at].last(), Some(FormatElement::Component(_)))
                        && !kept_component;
                if !leads_nowhere && !follows_nothing {
                    kept_component = false;
                    lines.text.push_str(format.literal(from, to));
                }
            }
        }
        if last_name == Some(at) {
            content.push_care_of(&mut lines);
        }
    }
    lines.end_line();
    lines.is_place = !content.last_area.is_empty();
    content.push(&mut lines, Component::AdministrativeArea, content.last_area);
    lines.end_line();
    lines
}
