//! The `officedir` command.

fn main() {}
