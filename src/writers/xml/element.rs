use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// Writes indented elements into a buffer; quick-xml does the tags and the escaping.
pub(in crate::writers) struct Elements<'b> {
    writer: Writer<&'b mut Vec<u8>>,
    depth: usize,
}

type Attributes<'s, 'a> = &'s [(&'static str, Option<&'a str>)];

impl<'b> Elements<'b> {
    /// Goes on in `buffer`, `depth` levels deep.
    pub(in crate::writers) fn new(buffer: &'b mut Vec<u8>, depth: usize) -> Self {
        Elements { writer: Writer::new(buffer), depth }
    }

    /// An element with children, which `content` writes.
    pub(in crate::writers) fn parent(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_, '_>,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        content(self)?;
        self.close(name)
    }

    /// The start tag of an element that [`Elements::close`] ends, perhaps in another buffer.
    pub(in crate::writers) fn open(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_, '_>,
    ) -> io::Result<()> {
        self.indent();
        self.writer.write_event(Event::Start(start(name, attributes)))?;
        self.depth += 1;
        self.end_line()
    }

    /// The end tag.
    pub(in crate::writers) fn close(&mut self, name: &'static str) -> io::Result<()> {
        self.depth -= 1;
        self.indent();
        self.writer.write_event(Event::End(BytesEnd::new(name)))?;
        self.end_line()
    }

    /// An element with text; without text it is empty.
    pub(in crate::writers) fn leaf(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_, '_>,
        text: Option<&str>,
    ) -> io::Result<()> {
        self.indent();
        let start = start(name, attributes);
        match text {
            None => self.writer.write_event(Event::Empty(start))?,
            Some(text) => {
                self.writer.write_event(Event::Start(start))?;
                self.writer.write_event(Event::Text(BytesText::new(text)))?;
                self.writer.write_event(Event::End(BytesEnd::new(name)))?;
            }
        }
        self.end_line()
    }

    /// An element with that text, where there is one.
    pub(in crate::writers) fn text<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        text: Option<&T>,
    ) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.leaf(name, &[], Some(text.as_ref())))
    }

    fn indent(&mut self) {
        let buffer = self.writer.get_mut();
        buffer.resize(buffer.len() + 2 * self.depth, b' ');
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.writer.get_mut().push(b'\n');
        Ok(())
    }
}

fn start<'a>(name: &'static str, attributes: Attributes<'_, 'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    start.extend_attributes(attributes.iter().filter_map(|(key, value)| Some((*key, (*value)?))));
    start
}
