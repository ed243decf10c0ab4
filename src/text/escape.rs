//! Characters that mean something in a format, and what stands for them there.

/// Replaces the characters that have a replacement.
pub(crate) fn replaced(text: &str, replacement: fn(char) -> Option<&'static str>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match replacement(c) {
            Some(it) => escaped.push_str(it),
            None => escaped.push(c),
        }
    }
    escaped
}

/// What HTML and XML have for a character that means something in text or attributes.
pub(crate) fn markup(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

/// LaTeX's special characters; brackets and asterisk too, which behind `\\` are its arguments.
pub(crate) fn tex(c: char) -> Option<&'static str> {
    Some(match c {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '{' => "\\{",
        '}' => "\\}",
        '$' => "\\$",
        '&' => "\\&",
        '#' => "\\#",
        '_' => "\\_",
        '%' => "\\%",
        '[' => "{[}",
        ']' => "{]}",
        '*' => "{*}",
        '"' => "\\textquotedbl{}",
        // A blank line would begin a paragraph.
        '\n' => " ",
        _ => return None,
    })
}

/// RFC 6350, section 3.4.
pub(crate) fn vcard(c: char) -> Option<&'static str> {
    Some(match c {
        '\\' => "\\\\",
        ',' => "\\,",
        ';' => "\\;",
        '\n' => "\\n",
        _ => return None,
    })
}
