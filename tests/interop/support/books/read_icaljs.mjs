// ical.js, Thunderbird's reader: prints records.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const [, , modules, file] = process.argv;
const { default: ICAL } = await import(createRequire(modules + "/").resolve("ical.js"));
const text = readFileSync(file, "utf8");
const parsed = file.endsWith(".json") ? JSON.parse(text) : text === "" ? [] : ICAL.parse(text);
const all = typeof parsed[0] === "string" ? [parsed] : parsed;
const list = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const types = (property) => list(property.getParameter("type")).flatMap((it) => it.split(",")).map((it) => it.toLowerCase()).sort();
// Of an extension, ical.js leaves the escapes of a vCard as they are.
const plain = (property) => property.type === "text" ? property.getFirstValue()
  : property.getFirstValue().replace(/\\(.)/gs, (_, it) => (it === "n" ? "\n" : it));
const labels = (props) => {
  const named = new Map(props("x-ablabel").map((it) => [it.getParameter("group"), plain(it)]));
  const labelled = ["tel", "email", "url"].flatMap(props).map((it) => it.getParameter("group"));
  return labelled.filter((group) => group !== undefined).map((group) => named.get(group));
};
for (const jcard of all) {
  const card = new ICAL.Component(jcard);
  const props = (name) => card.getAllProperties(name);
  console.log(JSON.stringify({
    uid: card.getFirstPropertyValue("uid"),
    name: card.getFirstPropertyValue("fn"),
    org: list(card.getFirstPropertyValue("org")),
    nick: props("nickname").map((it) => it.getValues().join(",")),
    adr: props("adr").map((it) => ({ types: types(it), parts: it.getFirstValue().map((part) => list(part).join("\n")) })),
    tel: props("tel").map((it) => ({ types: types(it), number: it.getFirstValue() })),
    url: props("url").map((it) => it.getFirstValue()),
    email: props("email").map((it) => it.getFirstValue()),
    label: labels(props),
  }));
}
