// The page's search: html_search.mjs FOLDER, with FOLDER/{search,many}.html.
import assert from 'node:assert/strict';

import { quiet, shown, start } from './browser.mjs';

const { base, open, check, stop } = await start(process.argv[2]);

// What people type, and the office that is found first. `null` for none.
const QUERIES = [
  // Numbers as they are printed: with the national prefix, in any groups, with an international prefix, "(0)".
  ['0228 97 62 99-00', 'head-office'],
  ['(0228) 9762 9900', 'head-office'],
  ['+49 (0) 228 97629900', 'head-office'],
  ['+49-228/97 62 99-00', 'head-office'],
  ['0049 228 97629900', 'head-office'],
  ['011 49 228 97629900', 'head-office'],
  ['97629901', 'head-office'],
  ['228 976', 'head-office'],
  ['Bonn 0228/97 62 99-00', 'head-office'],
  ['089 1234 5678', 'munich'],
  ['06 1234 5678', 'rome'],
  ['06 1 876 5432', 'budapest'],
  ['8 (495) 123-45-67', 'moscow'],
  ['(212) 963-1234', 'new-york'],
  ['1-212-963-1234', 'new-york'],
  ['+1.212.963.1234', 'new-york'],
  ['03 3591 9651', 'tokyo'],
  ['020 7925 0918', 'london'],
  ['0228 97 62 99-99', null],
  // Postcodes with and without what parts them.
  ['sw1a2aa', 'london'],
  ['SW1A 2AA', 'london'],
  ['1050003', 'tokyo'],
  ['105-0003', 'tokyo'],
  ['〒105-0003', 'tokyo'],
  ['１０５－０００３', 'tokyo'],
  ['05451040', 'sao-paulo'],
  ['90926', 'lodz'],
  // Cities and names, before streets of the same name.
  ['bonn', 'head-office'],
  ['Av. Bonn', 'mexico'],
  ['japan office', 'tokyo'],
  ['japan', 'tokyo'],
  ['office japan', 'tokyo'],
  ['京都', 'kyoto'],
  ['თბილისი', 'tbilisi'],
  ['ភ្នំពេញ', 'phnom-penh'],
  ['москва', 'moscow'],
  // Areas by their names and codes.
  ['victoria', 'melbourne'],
  ['VIC', 'melbourne'],
  ['new york', 'new-york'],
  ['NY', 'new-york'],
  ['Nuevo León', 'mexico'],
  // Countries in English and in their own languages.
  ['Deutschland bayern', null],
  ['Schweiz', 'geneva'],
  ['Suisse', 'geneva'],
  ['Belgique', 'brussels'],
  ['日本 minato', 'tokyo'],
  ['대한민국', 'seoul'],
  ['south korea', 'seoul'],
  ['Polska', 'lodz'],
  ['Brasil', 'sao-paulo'],
  ['Türkiye', 'istanbul'],
  ['Magyarország', 'budapest'],
  ['cote divoire', 'abidjan'],
  ["Côte d'Ivoire", 'abidjan'],
  ['asia and the pacific vietnam', 'danang'],
  // Letters as they are typed elsewhere.
  ['Kaiser Friedrich Strasse', 'head-office'],
  ['munchen', 'munich'],
  ['Muenchen', 'munich'],
  ['MÜNCHEN', 'munich'],
  ['Goerresstrasse', 'munich'],
  ['lodz', 'lodz'],
  ['aeroskobing', 'aero'],
  ['Ærøskøbing', 'aero'],
  ['thorshofn', 'faroe'],
  ['fjardarvegur', 'faroe'],
  ['istanbul', 'istanbul'],
  ['ISTANBUL', 'istanbul'],
  ['kizilay', 'istanbul'],
  ['da nang', 'danang'],
  ['sao paulo', 'sao-paulo'],
  ['geneve', 'geneva'],
  // One letter is missing, too many, wrong, or in its neighbour's place.
  ['Melborne', 'melbourne'],
  ['Budapesst', 'budapest'],
  ['Tokio', 'tokyo'],
  ['Lonodn', 'london'],
  ['Bruxeles', 'brussels'],
  ['Budapset hungarian', 'budapest'],
  ['Freidrich', 'head-office'],
  ['japn ofice', 'tokyo'],
  ['Melb', 'melbourne'],
  ['Melobur', 'melbourne'],
  // Two letters are.
  ['Bxdxpest', null],
  // Digits have no typing errors.
  ['53114', null],
  ['office.bonn@example.org', 'head-office'],
  ['no such office', null],
];

await check('what people type', async () => {
  const page = await open(`${base}search.html`);
  const wrong = [];
  for (const [query, expected] of QUERIES) {
    await page.fill('#query', query);
    const [first = null] = await shown(page);
    if (first !== expected) wrong.push(`${query}: ${first}, and not ${expected}`);
  }
  assert.deepEqual(wrong, []);
  await quiet(page);
  return `${QUERIES.length} queries`;
});

await check('as somebody types, nothing is lost on the way', async () => {
  const page = await open(`${base}search.html`);
  for (const [whole, id] of [['Melbourne', 'melbourne'], ['München', 'munich'], ['0228 97 62 99-00', 'head-office'], ['Deutschland', 'head-office']]) {
    for (let length = 4; length <= whole.length; length += 1) {
      await page.fill('#query', whole.slice(0, length));
      assert.ok((await shown(page)).includes(id), whole.slice(0, length));
    }
  }
  await quiet(page);
});

await check('the best first', async () => {
  const page = await open(`${base}search.html`);
  const found = async (query) => {
    await page.fill('#query', query);
    return shown(page);
  };
  // The city, then the word in a street, then in an address for mail.
  assert.deepEqual(await found('bonn'), ['head-office', 'mexico']);
  // Names that begin with it, then what has it.
  assert.equal((await found('rom'))[0], 'rome');
  // In the page's order where they answer alike.
  const all = await found('office');
  assert.deepEqual(all.filter((id) => ['london', 'geneva', 'tokyo'].includes(id)), ['london', 'geneva', 'tokyo']);
  await page.selectOption('#country', 'JP');
  assert.deepEqual(await found(''), ['tokyo', 'kyoto']);
  await quiet(page);
});

await check('search at 2,500 offices', async () => {
  const page = await open(`${base}many.html`);
  assert.equal(await page.locator('.office').count(), 2500);
  // The index is made while the page idles.
  await page.waitForTimeout(1500);
  const times = await page.evaluate(async () => {
    const query = document.getElementById('query');
    const type = async (text) => {
      await new Promise((next) => setTimeout(next, 200));
      const began = performance.now();
      query.value = text;
      query.dispatchEvent(new Event('input', { bubbles: true }));
      const first = performance.now() - began;
      // A read of the layout makes the browser do it.
      document.querySelector('#found .office')?.getBoundingClientRect();
      return [first, performance.now() - began];
    };
    const times = {};
    for (const text of ['t', 'tokyo', 'tokio', 'office 17', 'seoul', 'japan office 2', '0228 97 62', 'no such']) {
      // From the whole page, where there is most to hide. Other work of the machine only adds to a time.
      times[text] = [Infinity, Infinity];
      for (let round = 0; round < 15; round += 1) {
        const [first, laid] = await type(text);
        times[text] = [Math.min(times[text][0], first), Math.min(times[text][1], laid)];
        query.value = '';
        query.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }
    return times;
  });
  // Figures to read, and no limit: the machine may be busy.
  const figures = Object.entries(times).map(([text, both]) => `${text} ${both.map((time) => time.toFixed(1)).join('/')}`);
  return `ms to the first hit in the document, and on the screen: ${figures.join(', ')}`;
});

await stop();
