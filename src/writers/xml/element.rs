//! XML elements, indented, straight into a buffer. `quick-xml` escapes; its own writer would copy each
//! name and attribute first.

use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;

use crate::model::every_byte;

/// Writes indented elements into a buffer; quick-xml does the escaping.
pub(in crate::writers) struct XmlElements<'b> {
    /// Where elements are appended.
    buffer: &'b mut Vec<u8>,
    /// Levels by which the next element is indented.
    depth: usize,
}

/// Names and values; one without a value is not written.
type XmlAttributes<'s, 'a> = &'s [(&'static str, Option<&'a str>)];

impl<'b> XmlElements<'b> {
    /// Goes on in `buffer`, `depth` levels deep.
    pub(in crate::writers) fn new(buffer: &'b mut Vec<u8>, depth: usize) -> Self {
        XmlElements { buffer, depth }
    }

    /// An element with children, which `content` writes.
    pub(in crate::writers) fn parent(
        &mut self,
        name: &str,
        attributes: XmlAttributes<'_, '_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        content(self);
        self.close(name);
    }

    /// The start tag of an element that [`XmlElements::close`] ends, perhaps in another buffer.
    pub(in crate::writers) fn open(&mut self, name: &str, attributes: XmlAttributes<'_, '_>) {
        self.start(name, attributes);
        self.push(">\n");
        self.depth += 1;
    }

    /// The end tag.
    pub(in crate::writers) fn close(&mut self, name: &str) {
        // `new` was given the depth of an element that another buffer opened, so this does not underflow.
        self.depth -= 1;
        self.indent();
        self.end(name);
    }

    /// An element with text; without text it is empty.
    pub(in crate::writers) fn leaf(
        &mut self,
        name: &str,
        attributes: XmlAttributes<'_, '_>,
        text: Option<&str>,
    ) {
        self.start(name, attributes);
        match text {
            None => self.push("/>\n"),
            Some(text) => {
                self.push(">");
                // It lets characters pass that XML cannot hold; the check has refused these.
                self.push(&escape(text));
                self.end(name);
            }
        }
    }

    /// An element with that text, where there is one.
    pub(in crate::writers) fn text<T: AsRef<str>>(&mut self, name: &str, text: Option<&T>) {
        if let Some(text) = text {
            self.leaf(name, &[], Some(text.as_ref()));
        }
    }

    /// A start tag but for its last bracket.
    fn start(&mut self, name: &str, attributes: XmlAttributes<'_, '_>) {
        self.indent();
        self.push("<");
        self.push(name);
        for (key, value) in attributes {
            let Some(value) = value else { continue };
            self.push(" ");
            self.push(key);
            self.push("=\"");
            // Ids and codes, which is what most attributes are.
            match every_byte(value.as_bytes(), |byte| byte.is_ascii_alphanumeric() | (byte == b'-'))
            {
                true => self.push(value),
                false => self.push(&Attribute::from((*key, *value)).value),
            }
            self.push("\"");
        }
    }

    /// The end tag and the line's end.
    fn end(&mut self, name: &str) {
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    /// Two spaces a level.
    fn indent(&mut self) {
        self.buffer.resize(self.buffer.len() + 2 * self.depth, b' ');
    }

    /// Appends text that needs no escaping.
    fn push(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }
}
