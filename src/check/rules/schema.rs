//! What `schema/directory.schema.json` does not allow.

use crate::finding::{Finding, Rule};

/// A member that the schema does not know.
pub static UNKNOWN_MEMBER: Rule = Rule {
    code: "schema/unknown-member",
    what: "A member has a name that the schema does not know.",
    why: "No writer would carry it, so its value would be lost in every export.",
    example: "\"adresses\": [ … ]",
    instead: "\"addresses\": [ … ]",
    fix: "Write the name that was meant; `validate --fix` does it where one is near and takes the value.",
    ..Rule::ERROR
};

/// The member that a misspelt one is meant to be, by its finding.
pub fn meant(finding: &Finding) -> Option<&str> {
    let edit = finding.edit.as_ref().filter(|_| finding.code == UNKNOWN_MEMBER.code)?;
    Some(edit.text.trim_matches('"'))
}

/// A member that must be there and is not.
pub static MISSING_MEMBER: Rule = Rule {
    code: "schema/missing-member",
    what: "A required member is missing.",
    why: "An office without id, name or kind cannot be exported to any format.",
    example: "{ \"id\": \"japan-office\", \"kind\": \"office\" }",
    instead: "{ \"id\": \"japan-office\", \"name\": \"Japan Office\", \"kind\": \"office\" }",
    fix: "Add the member.",
    ..Rule::ERROR
};

/// A value of the wrong JSON type.
pub static TYPE: Rule = Rule {
    code: "schema/type",
    what: "A value has the wrong JSON type.",
    why: "A postal code that is written as a number loses its leading zeros.",
    example: "\"postal_code\": 1067",
    instead: "\"postal_code\": \"01067\"",
    fix: "Write a value of the type that the message names.",
    ..Rule::ERROR
};

/// A value of the right type that is not allowed here.
pub static VALUE: Rule = Rule {
    code: "schema/value",
    what: "A value has the right type but is not allowed here.",
    why: "Each member allows only values that all formats can carry; the schema says which.",
    example: "\"type\": \"telephone\"",
    instead: "\"type\": \"voice\"",
    fix: "Write one of the values that the message names, or remove the member.",
    ..Rule::ERROR
};

/// A control, bidi or other character that must not be printed.
pub static CHARACTER: Rule = Rule {
    code: "text/character",
    what: "A text contains a control character, a bidirectional formatting character or a byte order mark.",
    why: "Such characters are invisible, and can make a label or a table show something other than \
          what the file says.",
    example: "\"name\": \"Japan\\u202E Office\"",
    instead: "\"name\": \"Japan Office\"",
    fix: "Remove the character.",
    ..Rule::ERROR
};

/// A website among the email addresses.
pub static EMAIL_WEBSITE: Rule = Rule {
    code: "contact/email-website",
    what: "There is a website among the email addresses.",
    why: "Mail cannot be sent to it, and the website is missing where people look for it.",
    example: "\"emails\": [\"www.iclei.org\"]",
    instead: "\"websites\": [{ \"url\": \"https://www.iclei.org\" }]",
    fix: "Move it to the websites.",
    ..Rule::ERROR
};

/// A telephone number that is not E.164.
pub static PHONE_FORMAT: Rule = Rule {
    code: "contact/phone-format",
    what: "A telephone number is not written as E.164: a plus and 7 to 15 digits, nothing else.",
    why: "Only that form can be dialled from anywhere, and each format derives its own from it.",
    example: "\"number\": \"+49-228/97 62 99-00\"",
    instead: "\"number\": \"+4922897629900\", \"printed\": \"+49-228/97 62 99-00\"",
    fix: "Write a plus, the country code and the number without separators; `validate --fix` does it where \
          the country's numbering plan leaves one reading. The printed form has its own member.",
    ..Rule::ERROR
};

/// A website that is not an http or https URL.
pub static WEBSITE_SCHEME: Rule = Rule {
    code: "contact/website-url",
    what: "A website is not an http or https URL.",
    why: "Address books turn it into a link only if it has its scheme.",
    example: "\"url\": \"www.iclei.org\"",
    instead: "\"url\": \"https://www.iclei.org\", \"printed\": \"www.iclei.org\"",
    fix: "Write the whole URL. The printed form has its own member.",
    ..Rule::ERROR
};
