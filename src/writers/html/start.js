// What all parts of the script need. They are one module, in the order in which src/writers/html/page.rs has them.

const byId = (id) => document.getElementById(id);
const main = byId('offices'), said = byId('said'), root = main.closest('.officedir') ?? document.body;
// In the page's order, whatever is found later.
const offices = [...document.querySelectorAll('.office')];
const words = JSON.parse(byId('words').textContent);
/** A text with values for its places in braces. */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
const nameOf = (office) => office.querySelector('.p-name').textContent.replace(/\s+/g, ' ').trim();
