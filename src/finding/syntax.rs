//! What keeps a file from being JSON (RFC 8259), or makes readers of it disagree.

use crate::finding::{Finding, Rule, Severity};

/// Bytes that are not UTF-8.
pub static ENCODING: Rule = Rule {
    code: "syntax/encoding",
    what: "The file contains bytes that are not UTF-8.",
    why: "JSON is exchanged in UTF-8 (RFC 8259, section 8.1). A file in another encoding shows wrong \
          letters in every reader, or none at all.",
    example: "\"locality\": \"S\\xE3o Paulo\"  (the byte E3 alone: Latin-1)",
    instead: "\"locality\": \"São Paulo\"",
    fix: "Save the file as UTF-8.",
    ..Rule::ERROR
};

/// A byte order mark.
pub static BYTE_ORDER_MARK: Rule = Rule {
    code: "syntax/byte-order-mark",
    severity: Severity::Warning,
    what: "The file begins with a byte order mark.",
    why: "UTF-8 has no byte order. RFC 8259 forbids writing the mark, and many readers refuse a file \
          that begins with it. It is skipped here.",
    example: "\\uFEFF{ \"organization\": … }",
    instead: "{ \"organization\": … }",
    fix: "Save the file as \"UTF-8 without BOM\". `validate --fix` removes the mark.",
};

/// A comma with nothing behind it.
pub static TRAILING_COMMA: Rule = Rule {
    code: "syntax/trailing-comma",
    what: "There is a comma after the last member or element.",
    why: "JSON allows commas between members only, unlike JavaScript.",
    example: "\"uses\": [\"postal\",]",
    instead: "\"uses\": [\"postal\"]",
    fix: "Remove the comma; `validate --fix` does it.",
    ..Rule::ERROR
};

/// Two members or elements without a comma between them.
pub static MISSING_COMMA: Rule = Rule {
    code: "syntax/missing-comma",
    what: "There is no comma between two members or elements.",
    why: "A reader cannot tell where a value ends and the next member begins.",
    example: "\"id\": \"japan-office\"\n\"name\": \"Japan Office\"",
    instead: "\"id\": \"japan-office\",\n\"name\": \"Japan Office\"",
    fix: "Add a comma at the place shown.",
    ..Rule::ERROR
};

/// A comment.
pub static COMMENT: Rule = Rule {
    code: "syntax/comment",
    what: "There is a comment in the file.",
    why: "JSON has no comments, and other readers refuse the file.",
    example: "\"postal_code\": \"8001\" // probably 7441",
    instead: "\"notes\": [{ \"pointer\": \"/addresses/0/postal_code\", \"text\": \"Probably 7441.\", \
              \"doubtful\": true }]",
    fix: "Remove it. Remarks on a value belong in the office's notes.",
    ..Rule::ERROR
};

/// Strings in single quotes.
pub static SINGLE_QUOTES: Rule = Rule {
    code: "syntax/single-quotes",
    what: "A string is in single or typographic quotes.",
    why: "JSON allows only straight double quotes.",
    example: "'country': 'DE'",
    instead: "\"country\": \"DE\"",
    fix: "Use straight double quotes.",
    ..Rule::ERROR
};

/// A member that stands twice in one object.
pub static DUPLICATE_KEY: Rule = Rule {
    code: "syntax/duplicate-key",
    what: "An object has a member twice.",
    why: "Most readers silently keep the last one, some the first: one of the two values is lost.",
    example: "{ \"country\": \"DE\", \"country\": \"FR\" }",
    instead: "{ \"country\": \"FR\" }",
    fix: "Remove the one that is wrong.",
    ..Rule::ERROR
};

/// Objects and arrays within each other too deeply.
pub static NESTING: Rule = Rule {
    code: "syntax/nesting",
    what: "Arrays and objects are nested more than 127 levels deep.",
    why: "A directory needs seven levels. Readers refuse deep nesting, because it can exhaust their \
          stack.",
    example: "[[[[ … 128 times … ]]]]",
    instead: "[]",
    fix: "Look for brackets that were pasted by mistake.",
    ..Rule::ERROR
};

/// A number that no reader can hold.
pub static NUMBER: Rule = Rule {
    code: "syntax/number",
    what: "A number is too large to be represented.",
    why: "Numbers are read as 64-bit integers or floating point, which ends at about 1.8e308.",
    example: "\"lines\": [1, 1e400]",
    instead: "\"lines\": [1, 2]",
    fix: "Write the number that was meant.",
    ..Rule::ERROR
};

/// Everything else that is no JSON.
pub static JSON: Rule = Rule {
    code: "syntax/json",
    what: "The file is not JSON for some other reason.",
    why: "Nothing after such a place can be read.",
    example: "\"name\" \"Japan Office\"",
    instead: "\"name\": \"Japan Office\"",
    fix: "Correct the file at the place shown.",
    ..Rule::ERROR
};

/// Whether a finding says that a text is no JSON.
pub fn is_fatal(finding: &Finding) -> bool {
    is_fatal_code(finding.code)
}

/// The same of the findings of a code.
pub(crate) fn is_fatal_code(code: &str) -> bool {
    code.starts_with("syntax/") && code != DUPLICATE_KEY.code && code != BYTE_ORDER_MARK.code
}
