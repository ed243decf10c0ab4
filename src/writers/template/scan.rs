//! What is done to a template's source before minijinja sees it: chains that would overflow the stack of
//! whoever compiles them are refused, and every tag is given its line to leave behind.

use super::guarded::MARK;

/// Operators, filters, brackets and the like within and behind each other in one tag. minijinja bounds
/// brackets only; everything else nests as deep as it is long.
const LINKS: usize = 500;
/// `elif` of one `if`: there are some 250 countries.
const BRANCHES: usize = 1_000;

/// What a template must not have, and its line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RefusedSyntax {
    /// Line of the tag, from 1.
    pub(super) line: usize,
    /// What is wrong, in a clause.
    pub(super) why: String,
}

/// The source with a call in front of every tag that tells [`super::guarded`] the tag's line, with `base`
/// added to it. Nothing else changes: a call has no output, and takes white space as its tag does.
///
/// # Errors
/// A tag that is too deep. Other mistakes are minijinja's to find.
pub(super) fn marked(source: &str, base: u64) -> Result<MarkedTemplate, RefusedSyntax> {
    let mut scan = TagScanner { source, at: 0, line: 1, branches: Vec::new(), longest: (0, 1) };
    let mut marked = String::with_capacity(source.len() * 2);
    let mut copied = 0;
    while let Some(tag) = scan.next()? {
        marked.push_str(&source[copied..tag.start]);
        copied = tag.start;
        if tag.is_marked {
            let sign = &source[tag.start + 2..tag.start + 2 + tag.sign];
            // White space in front of a block is taken away (`lstrip_blocks`), and in front of an expression it
            // is not. The mark is a block, so that before an expression it has to keep it.
            let sign = if tag.is_block || tag.sign > 0 { sign } else { "+" };
            marked.push_str(&format!("{{%{sign} do {MARK}({}) %}}", base + tag.line as u64));
        }
    }
    marked.push_str(&source[copied..]);
    Ok(MarkedTemplate { source: marked, longest: scan.longest.1 })
}

/// A template whose tags say where they are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkedTemplate {
    /// The source with the marks.
    pub(super) source: String,
    /// The line of the tag with the most operators: constants are worked out while it is compiled, when no
    /// tag says anything yet.
    pub(super) longest: usize,
}

/// A tag that holds an expression or a statement.
struct TemplateTag {
    /// Where it begins in the source, in bytes.
    start: usize,
    /// Line on which it begins, from 1.
    line: usize,
    /// Bytes of the sign that takes or keeps white space in front of it.
    sign: usize,
    /// Whether it is a statement; else it prints an expression.
    is_block: bool,
    /// Whether a mark stands in front of it.
    is_marked: bool,
}

/// Goes through the tags of a source.
struct TagScanner<'s> {
    /// The whole source.
    source: &'s str,
    /// How far it has come, in bytes; always between characters.
    at: usize,
    /// The line there, from 1.
    line: usize,
    /// How many `elif` each open `if` has had.
    branches: Vec<usize>,
    /// The most operators of one tag so far, and its line.
    longest: (usize, usize),
}

/// Keywords that link expressions.
const WORDS: [&str; 7] = ["and", "or", "not", "is", "in", "if", "else"];
/// Operators of two characters.
const PAIRS: [&str; 6] = ["//", "**", "==", "!=", "<=", ">="];

impl<'s> TagScanner<'s> {
    /// What is still ahead.
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Goes on by so many bytes, and counts the lines in them.
    fn skip(&mut self, bytes: usize) {
        let skipped = &self.rest()[..bytes];
        self.line += skipped.bytes().filter(|byte| *byte == b'\n').count();
        self.at += bytes;
    }

    /// The next tag that has an expression. There is none behind what minijinja will refuse.
    fn next(&mut self) -> Result<Option<TemplateTag>, RefusedSyntax> {
        loop {
            let Some(found) = self.rest().find('{') else { return Ok(None) };
            self.skip(found);
            let kind = self.rest().as_bytes().get(1).copied();
            let sign = sign(self.rest().get(2..).unwrap_or_default());
            let (start, line) = (self.at, self.line);
            let end = match kind {
                Some(b'#') => self.rest().get(2 + sign..).and_then(|it| it.find("#}")),
                Some(b'%') => match basic(self.rest().get(2 + sign..).unwrap_or_default(), "raw") {
                    // In the measure of comments, from behind the sign to the closing bracket, for the step below.
                    Some(raw) => self.end_of_raw(2 + sign + raw).map(|end| end - 4 - sign),
                    None => return self.tag(TemplateTag::new(start, line, sign, true)),
                },
                Some(b'{') => return self.tag(TemplateTag::new(start, line, sign, false)),
                _ => {
                    self.skip(1);
                    continue;
                }
            };
            let Some(end) = end else { return Ok(None) };
            self.skip(2 + sign + end + 2);
        }
    }

    /// Where the raw block ends whose first tag ends there.
    fn end_of_raw(&self, mut at: usize) -> Option<usize> {
        loop {
            at += self.rest().get(at..)?.find("{%")? + 2;
            let rest = &self.rest()[at..];
            if let Some(end) = basic(rest, "endraw").or_else(|| {
                let sign = sign(rest);
                basic(&rest[sign..], "endraw").map(|end| sign + end)
            }) {
                return Some(at + end);
            }
        }
    }

    /// Goes through a tag, whose beginning is ahead.
    fn tag(&mut self, mut tag: TemplateTag) -> Result<Option<TemplateTag>, RefusedSyntax> {
        self.skip(2 + tag.sign);
        let end = if tag.is_block { "%}" } else { "}}" };
        // For each open bracket, what is linked within it since the last comma.
        let mut links = vec![0_usize];
        let (mut word, mut all) = (None, 0);
        loop {
            let rest = self.rest();
            let white =
                rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            self.skip(white);
            let rest = self.rest();
            if links.len() == 1 && (rest.starts_with(end) || rest[sign(rest)..].starts_with(end)) {
                self.skip(sign(rest) + end.len());
                break;
            }
            let Some((length, text)) = token(rest) else { return Ok(None) };
            let top = links.len() - 1;
            match text.as_bytes().first() {
                Some(b'(' | b'[' | b'{') => {
                    links[top] += 1;
                    links.push(0);
                }
                Some(b')' | b']' | b'}') if top == 0 => return Ok(None),
                Some(b')' | b']' | b'}') => drop(links.pop()),
                // What follows stands beside what went before, and not within it.
                Some(b',') => links[top] = 0,
                // Names of arguments, keys, texts and numbers link nothing.
                Some(b'=' | b':' | b'"' | b'\'' | b'0'..=b'9') if text != "==" => {}
                Some(first) if first.is_ascii_alphabetic() || *first == b'_' => {
                    // The first word is the tag's own: the `if` of a block is no operator.
                    links[top] += usize::from(word.is_some() && WORDS.contains(&text));
                }
                _ => (links[top], all) = (links[top] + 1, all + 1),
            }
            word.get_or_insert(text);
            if links.iter().sum::<usize>() > LINKS {
                let why = format!("it has more than {LINKS} operators within each other");
                return Err(RefusedSyntax { line: self.line, why });
            }
            self.skip(length);
        }
        if all > self.longest.0 {
            self.longest = (all, tag.line);
        }
        if tag.is_block {
            self.block(word.unwrap_or_default(), tag.line)?;
        }
        let word = word.unwrap_or_default();
        let goes_on = word.starts_with("end") || word == "else" || word == "elif";
        tag.is_marked = !(tag.is_block && goes_on);
        Ok(Some(tag))
    }

    /// Counts the `elif` of the innermost `if` that is open.
    fn block(&mut self, word: &str, line: usize) -> Result<(), RefusedSyntax> {
        match (word, self.branches.last_mut()) {
            ("if", _) => self.branches.push(0),
            ("endif", _) => drop(self.branches.pop()),
            ("elif", Some(branches)) => {
                *branches += 1;
                if *branches > BRANCHES {
                    let why = format!("one if has more than {BRANCHES} elif");
                    return Err(RefusedSyntax { line, why });
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl TemplateTag {
    /// A tag whose content was not looked at yet.
    fn new(start: usize, line: usize, sign: usize, is_block: bool) -> TemplateTag {
        TemplateTag { start, line, sign, is_block, is_marked: false }
    }
}

/// Whether a sign stands there: its length.
fn sign(text: &str) -> usize {
    usize::from(text.starts_with(['-', '+']))
}

/// The length of a tag behind its beginning that is only that word.
fn basic(text: &str, word: &str) -> Option<usize> {
    let white = |c: char| c.is_ascii_whitespace();
    let rest = text.trim_start_matches(white).strip_prefix(word)?.trim_start_matches(white);
    let rest = rest[sign(rest)..].strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

/// The next token: the length that it takes, and its text. None where minijinja knows none.
fn token(text: &str) -> Option<(usize, &str)> {
    let first = text.chars().next()?;
    let length = match first {
        '"' | '\'' => string(text, first as u8)?,
        c if c.is_ascii_alphanumeric() || c == '_' => {
            text.len()
                - text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len()
        }
        _ if PAIRS.iter().any(|pair| text.starts_with(pair)) => 2,
        c if c.is_ascii_punctuation() => 1,
        _ => return None,
    };
    Some((length, &text[..length]))
}

/// The length of a text in quotes, with these; `None` where it does not end.
fn string(text: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = !escaped && byte == quote;
        escaped = !escaped && byte == b'\\';
        ends
    })?;
    Some(end + 2)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use minijinja::{Environment, context};

    use super::*;

    /// Everything that has to do with white space, and with where a tag ends.
    const TEMPLATES: &[&str] = &[
        "",
        "a\n{% if x %}\n  b\n{% endif %}\nc\n",
        "  {% if x %}  \n  {{ y }}  \n  {% else %} \n d {% endif %}\n  ",
        "a  {%- if x -%}  \n b \n {%- endif -%}\n\n c",
        "a  {%+ if x +%}  \n b \n {%+ endif +%}\n\n c",
        "a \n {{- y -}} \n b {{+ y +}} \n c {{ y }}\n\n {{ y -}}   {% set z = 1 %}\n  {{ z }}",
        "{# {{ y }} {% if %} #} a {#- x -#}  b {#+ x +#}\n{##}\n{#-#} c",
        "{% raw %}\n {{ y }} {% if %}{% endraw %}\n{%- raw -%} {% endraw x %} {%- endraw -%}  b {{ y }}",
        "{{ '}}' }}{{ \"%}\\\"\" }}{% set z = '\\'%}' %}{{ {'a': {'b': 1}}|tojson }}{{ {}|length }}",
        "{% for a, b in {'k': 1}|items %}{{ a }}{{ loop.index }}\n{% else %}\nno\n{% endfor %}",
        "{% for i in [1, [2, [3]]] recursive %}{{ loop(i) if i is sequence else i }}{% endfor %}",
        "{% macro m(a, b=2) %}\n {{ a }}{{ caller() if caller }} {% endmacro %}{% call m(1) %}\nx\n{% endcall %}",
        "{% set z %}\n  {{ y }}\n{% endset %}[{{ z }}]{% filter upper %}\n a{{ y }}\n{% endfilter %}",
        "{% with a=1, b=y %}\n{{ a }}{{ b }}\n{% endwith %}{% do range(1) %}\n{% block q %} x {% endblock %}",
        "{% autoescape false %}{{ '<' }}{% endautoescape %}{% if x %}{% elif y %}\n{% elif z %}{% endif %}",
        "{{ 1.5 }}{{ 1 // 2 ** 3 }}{{ [1, 2, 3][1:] }}{{ -1 }}{{ 'a' ~ 1 }}{{ y if x else 0 }}{ % {{{}}} {",
    ];

    fn environment() -> Environment<'static> {
        let mut environment = Environment::new();
        environment.set_syntax(super::super::syntax().unwrap());
        super::super::guarded::install(&mut environment);
        environment
    }

    #[test]
    fn marks_change_nothing() {
        let environment = environment();
        for (number, source) in TEMPLATES.iter().enumerate() {
            let marked = marked(source, 1 << 32).unwrap().source;
            let has_tags = !source.is_empty() && !source.starts_with("{#");
            assert_eq!(marked.contains(MARK), has_tags, "{source}");
            for x in [true, false] {
                let render = |source: &str| {
                    let all = context! { x, y => "why" };
                    environment.render_named_str("t", source, all).map_err(|it| it.to_string())
                };
                assert_eq!(render(&marked), render(source), "{number}: {source}\n{marked}");
                assert!(render(source).is_ok(), "{source}: {:?}", render(source));
            }
        }
    }

    #[test]
    fn chains_have_an_end() {
        let refused = |source: &str| marked(source, 0).err().map(|it| it.line);
        let chain = |link: &str, count: usize| format!("a\n{{{{ 1{} }}}}", link.repeat(count));
        for link in [" + 1", "|f", ".a", " and not b", " if a else b", "(a)[0]", " == 1", " is f"] {
            assert_eq!(refused(&chain(link, 100)), None, "{link}");
            assert_eq!(refused(&chain(link, 501)), Some(2), "{link}");
        }
        // What stands side by side is not deep.
        assert_eq!(refused(&chain(", 1 + a.b|c(1, 2)", 5_000)), None);
        let words = ["not ", "-", "(", "[", "{1:", "f("];
        for open in words {
            let source = format!("\n\n{{% if {}", open.repeat(600));
            assert_eq!(refused(&source), Some(3), "{open}");
        }
        let branches =
            |count| format!("{{% if a %}}\n{}{{% endif %}}", "{% elif b %}".repeat(count));
        assert_eq!(refused(&branches(1_000)), None);
        assert_eq!(refused(&branches(1_001)), Some(2));
        assert_eq!(marked("a\n{{ b }}\n{{ b + c }}{{ d }}", 0).unwrap().longest, 3);
    }
}
