//! The names of the findings. They are permanent: suppressions and reports refer to them.

/// Bytes that are not UTF-8.
pub const ENCODING: &str = "syntax/encoding";
/// Text that is not JSON.
pub const JSON: &str = "syntax/json";
/// A member that the schema does not know.
pub const UNKNOWN_MEMBER: &str = "schema/unknown-member";
/// A member that must be there and is not.
pub const MISSING_MEMBER: &str = "schema/missing-member";
/// A value of the wrong JSON type.
pub const TYPE: &str = "schema/type";
/// A value of the right type that is not allowed here.
pub const VALUE: &str = "schema/value";
/// A control, bidi or other character that must not be printed.
pub const CHARACTER: &str = "schema/character";
/// Two offices of one id.
pub const DUPLICATE_ID: &str = "office/duplicate-id";
/// A parent that is no office of the directory.
pub const UNKNOWN_PARENT: &str = "office/unknown-parent";
/// An office that is its own ancestor.
pub const PARENT_CYCLE: &str = "office/parent-cycle";
/// A region that the directory does not list.
pub const UNKNOWN_REGION: &str = "office/unknown-region";
/// Two regions of one id.
pub const DUPLICATE_REGION: &str = "region/duplicate-id";
/// A region's parent that is no region of the directory.
pub const UNKNOWN_REGION_PARENT: &str = "region/unknown-parent";
/// A region that is its own ancestor.
pub const REGION_CYCLE: &str = "region/parent-cycle";
/// A value that the record itself calls doubtful.
pub const DOUBTFUL: &str = "note/doubtful";
/// A value that was normalised or inferred.
pub const NORMALISED: &str = "note/normalised";
