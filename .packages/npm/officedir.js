#!/usr/bin/env node
// Runs the program that is in the package of this platform.
"use strict";

const { spawnSync } = require("node:child_process");
const os = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "officedir.exe" : "officedir";
let program;
try {
  program = require.resolve(`@officedir/${platform}/${file}`);
} catch {
  console.error(`error: officedir has no package for ${platform}, or npm was told to leave optional ones out`);
  console.error("  help: install it without --omit=optional, or build it: cargo install officedir");
  process.exit(2);
}
// An interrupt at the terminal reaches both: the program decides what follows from it.
process.on("SIGINT", () => {});
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: cannot run ${program}: ${error.message}`);
  process.exit(2);
}
process.exit(signal ? 128 + os.constants.signals[signal] : status);
