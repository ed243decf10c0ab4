// marked.mjs FOLDER FILE.md: the page that marked makes of Markdown; FOLDER has its package.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , folder, file] = process.argv;
const { marked } = await import(createRequire(`${folder}/`).resolve("marked"));
process.stdout.write(marked.parse(readFileSync(file, "utf8"), { gfm: true }));
