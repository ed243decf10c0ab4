//! What a page is told of its looks: title, colour, logo, and where it will be.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_segmentation::UnicodeSegmentation as _;

use super::accent::Color;
use crate::bounded::{LOGO_LIMIT, read_limited};
use crate::error::Error;
use crate::text::after_web_scheme;
use crate::writers::WriterOptions;

/// The style, as it stands in the page.
const STYLE: &str = include_str!("page.css");
/// What follows the style where offices have members that most directories do not have, so that the page of any other
/// directory stays as it is.
const MEMBERS_STYLE: &str = include_str!("members.css");
/// What follows it where there is a logo.
const LOGO_STYLE: &str = ".logo{display:block;max-width:100%;max-height:4rem;flex-basis:100%;object-fit:contain;object-position:left}\n";
/// The accent of the style.
const ACCENT: &str = "#0a6349";

/// The looks of a page.
pub(super) struct Look {
    /// Whether it is a part for another page.
    pub fragment: bool,
    /// Its title and heading, where they are others than the usual ones.
    pub title: Option<String>,
    /// Where it will be.
    pub url: Option<String>,
    /// The logo as a data URL.
    pub logo: Option<String>,
    /// The colour of links and buttons, where it is another one than the style's.
    accent: Option<Color>,
}

impl Look {
    /// The looks that these options ask for.
    ///
    /// # Errors
    /// A colour, URL or picture that is none, and options that a fragment has no place for.
    pub fn new(options: &WriterOptions) -> Result<Look, Error> {
        let fragment = options.flag("fragment");
        let of_head = ["title", "url"].into_iter().find(|it| options.get(it).is_some());
        if let Some(name) = of_head.filter(|_| fragment) {
            let message = format!("{name} is for a whole page: a fragment has no head");
            return Err(Error::new(message).with_help("leave out either of the two options"));
        }
        Ok(Look {
            fragment,
            title: options.get("title").map(str::to_owned),
            url: options.get("url").map(web_url).transpose()?,
            logo: options.get("logo").map(picture).transpose()?,
            accent: options.get("accent").map(accent).transpose()?,
        })
    }

    /// The style sheet, with rules for members that few directories have.
    pub fn style(&self, with_members: bool) -> String {
        let mut style = STYLE.to_owned();
        if with_members {
            style.push_str(MEMBERS_STYLE);
        }
        if self.logo.is_some() {
            style.push_str(LOGO_STYLE);
        }
        style.push_str(&self.accent.map_or(String::new(), Color::style));
        if !self.fragment {
            return style;
        }
        // Nested (CSS Nesting 1), so that no rule reaches beyond the fragment. What is for the root is for its element.
        let own = "&{background:var(--page);color:var(--ink)}";
        format!(".officedir{{{}{own}}}", style.replace(":root", "&"))
    }

    /// The icon of the page as a data URL: the first letter of the organisation's name on the accent.
    pub fn icon(&self, organization: &str) -> String {
        let accent = self.accent.or_else(|| Color::parse(ACCENT));
        let letter = organization.graphemes(true).next().unwrap_or_default().to_uppercase();
        let [fill, on] = accent.map_or(Default::default(), |it| [it.css(), it.text_on().css()]);
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' \
             fill='{fill}'/><text x='16' y='23' font-family='system-ui,sans-serif' font-size='20' font-weight='700' \
             text-anchor='middle' fill='{on}'>{}</text></svg>",
            quick_xml::escape::escape(letter)
        );
        format!("data:image/svg+xml,{}", utf8_percent_encode(&svg, NON_ALPHANUMERIC))
    }
}

/// The colour, if it is one.
fn accent(text: &str) -> Result<Color, Error> {
    Color::parse(text).ok_or_else(|| {
        Error::new(format!("the option \"accent\" takes a colour such as #0a6349, not \"{text}\""))
            .with_help("write red, green and blue as hexadecimal digits, two for each")
    })
}

/// The URL, if it is one of the web.
fn web_url(text: &str) -> Result<String, Error> {
    let is_url = after_web_scheme(text)
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    is_url.then(|| text.to_owned()).ok_or_else(|| {
        Error::new(format!("the option \"url\" takes the page's whole URL, not \"{text}\""))
            .with_help("begin with https://")
    })
}

/// The picture of a file as a data URL.
fn picture(path: &str) -> Result<String, Error> {
    let bytes = read_limited(path.as_ref(), LOGO_LIMIT)
        .map_err(|it| Error::from(it).within(format_args!("cannot read the logo {path}")))?;
    let media_type = media_type(&bytes).ok_or_else(|| {
        Error::new(format!("{path} is no picture that every browser shows"))
            .with_help("name an SVG, PNG, JPEG or WebP file")
    })?;
    Ok(format!("data:{media_type};base64,{}", BASE64_STANDARD.encode(bytes)))
}

/// The media type of a picture, by how it begins.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        // A declaration, comments and a document type may stand in front of the element.
        _ => {
            let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
            (text.trim_start().starts_with('<') && text.contains("<svg")).then_some("image/svg+xml")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn pictures_are_known_by_how_they_begin() {
        let cases: [(&[u8], _); 8] = [
            (b"\x89PNG\r\n\x1a\n....", Some("image/png")),
            (b"\xff\xd8\xff\xe0....", Some("image/jpeg")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Some("image/svg+xml")),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- logo -->\n<svg/>", Some("image/svg+xml")),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"GIF89a", None),
            (b"", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(media_type(bytes), expected, "{bytes:?}");
        }
    }
}
