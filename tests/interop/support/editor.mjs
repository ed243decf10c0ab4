// What an editor makes of a directory and its schema: editor.mjs PACKAGES FOLDER SCHEMA…, with FOLDER/directory.json as
// `officedir init` writes it. PACKAGES has VS Code's own language service for JSON. Each SCHEMA takes the place of
// FOLDER/directory.schema.json, to which the directory's `$schema` leads.
import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [packages, folder, ...schemas] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'package.json'));
const { getLanguageService, TextDocument } = require('vscode-json-languageservice');
const directory = path.resolve(folder, 'directory.json');
const uri = pathToFileURL(directory).href;
const text = await readFile(directory, 'utf8');

// As VS Code has it: the schema is looked for from where the file is, and read when the file names it.
let asked;
const newService = () => {
  asked = [];
  const service = getLanguageService({
    workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
    schemaRequestService: (schema) => {
      asked.push(schema);
      return readFile(fileURLToPath(schema), 'utf8');
    },
  });
  service.configure({ validate: true, allowComments: false });
  return service;
};

// A text with a `|` where the cursor is, opened in the editor.
const open = (service, marked) => {
  const offset = marked.indexOf('|');
  const document = TextDocument.create(uri, 'json', 1, marked.replace('|', ''));
  return { document, json: service.parseJSONDocument(document), position: document.positionAt(offset) };
};
const diagnostics = async (service, marked) => {
  const { document, json } = open(service, marked);
  const found = await service.doValidation(document, json);
  return found.map((it) => ({ message: it.message, text: document.getText(it.range) }));
};
const complete = async (service, marked) => {
  const { document, json, position } = open(service, marked);
  const { items } = await service.doComplete(document, position, json);
  return items;
};
const hover = async (service, marked) => {
  const { document, json, position } = open(service, marked);
  const { contents } = await service.doHover(document, position, json);
  return [contents].flat().map((it) => it.value ?? it).join('\n');
};
const changed = (from, to) => {
  assert.ok(text.includes(from), `directory.json has no ${from}`);
  return text.replace(from, to);
};
const described = (item) => item.documentation?.value ?? item.documentation ?? '';

const checks = {
  'the file has no diagnostics': async (service) => {
    assert.deepEqual(await diagnostics(service, `|${text}`), []);
    assert.deepEqual(asked, [pathToFileURL(path.resolve(folder, 'directory.schema.json')).href]);
  },
  'an office is offered its members, each with its description': async (service) => {
    const items = await complete(service, changed('"name": "Paris",', '"name": "Paris", |'));
    const members = ['alternate_names', 'coordinates', 'opening_hours', 'phones', 'emails', 'contact_forms',
      'websites', 'time_zone', 'updated', 'source', 'notes'];
    for (const name of members) {
      const item = items.find((it) => it.label === name);
      assert.ok(item, `${name} is not offered, only ${items.map((it) => it.label)}`);
      assert.ok(described(item).length > 5, `${name} has no description`);
    }
    // What the office has already is not offered again.
    assert.ok(!items.some((it) => it.label === 'addresses'));
  },
  'an office without a kind is offered it': async (service) => {
    const items = await complete(service, changed('"kind": "branch",', '|'));
    assert.match(described(items.find((it) => it.label === 'kind')), /kind/i);
  },
  'a telephone line is offered its types': async (service) => {
    const items = await complete(service, changed('"type": "voice"', '"type": |'));
    assert.deepEqual(items.map((it) => it.label).sort(), ['"fax"', '"mobile"', '"voice"']);
  },
  'a kind is offered examples': async (service) => {
    const items = await complete(service, changed('"kind": "branch"', '"kind": |'));
    const labels = items.map((it) => it.label);
    assert.ok(labels.includes('"office"') && labels.includes('"world-secretariat"'), `${labels}`);
  },
  'headquarters says what it is': async (service) => {
    const said = await hover(service, changed('"headquarters": "', '"head|quarters": "'));
    assert.match(said, /Id of the office that is the headquarters/);
  },
  'a misspelt member is marked': async (service) => {
    const found = await diagnostics(service, changed('"emails"', '|"email"'));
    assert.deepEqual(found.map((it) => it.text), ['"email"']);
    assert.match(found[0].message, /email is not allowed/);
  },
  'a member of the organisation\'s own is not': async (service) => {
    assert.deepEqual(await diagnostics(service, changed('"emails"', '|"x_staff": 7, "emails"')), []);
  },
  'a telephone number with separators is marked': async (service) => {
    const found = await diagnostics(service, changed('"+492285550100"', '|"+49 228 5550100"'));
    assert.deepEqual(found.map((it) => it.text), ['"+49 228 5550100"']);
  },
  'a later version is marked': async (service) => {
    const found = await diagnostics(service, changed('"schema_version": 2', '|"schema_version": 9'));
    assert.deepEqual(found.map((it) => it.text), ['9']);
  },
};

let failed = 0;
for (const schema of schemas) {
  await copyFile(schema, path.join(folder, 'directory.schema.json'));
  const draft = JSON.parse(await readFile(schema, 'utf8')).$schema;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(newService());
    } catch (error) {
      failed += 1;
      console.log(`${draft}: NOT SO: ${name}: ${error.message}`);
    }
  }
  console.log(`${draft}: ${Object.keys(checks).length} checks`);
}
process.exit(failed ? 1 : 0);
