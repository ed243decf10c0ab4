// What the page does in a browser: html.mjs DIRECTORY FOLDER, with FOLDER/{index,search,hostile,hostile-de,torture,
// members}.html and offices.vcf. Pictures of QR codes and what they should say go to FOLDER/codes.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { quiet, shown, start, violations } from './browser.mjs';

const [directoryFile, folder] = process.argv.slice(2);
const { offices } = JSON.parse(await readFile(directoryFile, 'utf8'));
const cards = await readFile(path.join(folder, 'offices.vcf'), 'utf8');
const { base, axe, open, check, stop } = await start(folder);

const ids = (choose) => offices.filter(choose).map((it) => it.id).sort();
const find = async (page, text) => {
  await page.fill('#query', text);
  return (await shown(page)).sort();
};
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const said = (page, text) => page.waitForFunction((text) => document.getElementById('said').textContent === text, text);
const download = async (page, button) => {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
};

await check('search narrows to the right offices', async () => {
  const page = await open(`${base}index.html`);
  assert.equal((await shown(page)).length, offices.length);
  for (const office of offices) {
    assert.ok((await find(page, office.name)).includes(office.id), office.name);
  }
  const inCountry = (code) => ids((it) => it.addresses.some((address) => address.country === code));
  assert.deepEqual(await find(page, 'tokyo'), ['japan-office']);
  assert.deepEqual(await find(page, 'TOKYO japan'), ['japan-office']);
  assert.deepEqual(await find(page, 'são paulo'), await find(page, 'Sao Paulo'));
  assert.deepEqual(await find(page, 'south korea'), inCountry('KR'));
  assert.deepEqual(await find(page, 'no such office'), []);
  assert.ok(await page.locator('#none').isVisible());
  assert.equal(await page.locator('#count').textContent(), `0 of ${offices.length} offices`);
  assert.equal(await page.locator('section:visible h2:not(.unseen)').count(), 0);
  await page.click('#clear');
  assert.equal((await shown(page)).length, offices.length);
  const order = await shown(page);
  await find(page, 'office');
  await find(page, '');
  assert.deepEqual(await shown(page), order, 'all are where they were');
  assert.equal(await page.locator('section:visible').count(), await page.locator('nav li:visible').count());
  await quiet(page);
});

await check('filter by country', async () => {
  const page = await open(`${base}index.html`);
  const codes = new Set(offices.flatMap((it) => it.addresses.map((address) => address.country)));
  assert.equal(await page.locator('#country option').count(), codes.size + 1);
  for (const code of codes) {
    await page.selectOption('#country', code);
    assert.deepEqual((await shown(page)).sort(), ids((it) => it.addresses.some((a) => a.country === code)));
  }
  await quiet(page);
});

const LABEL = ['ICLEI Japan Office', '1-14-2 Nishi-Shimbashi', 'MINATO-KU, TOKYO 105-0003'];
const places = [['http', `${base}index.html`], ['a file', pathToFileURL(path.resolve(folder, 'index.html')).href]];
for (const [name, url] of places) {
  await check(`copy and download from ${name}`, async () => {
    const page = await open(url);
    const office = page.locator('#office-japan-office');
    await office.locator('[data-copy=abroad]').click();
    await said(page, 'Address copied');
    if (name === 'http') assert.equal(await clipboard(page), [...LABEL, 'JAPAN'].join('\n'));
    await office.locator('[data-copy=domestic]').click();
    await said(page, 'Address copied');
    if (name === 'http') assert.equal(await clipboard(page), LABEL.join('\n'));
    await office.locator('[data-link]').click();
    await said(page, 'Link copied');
    if (name === 'http') assert.equal(await clipboard(page), `${url}#office-japan-office`);
    const [one, card] = await download(page, office.locator('[data-card]'));
    assert.equal(one, 'japan-office.vcf');
    assert.ok(card.startsWith('BEGIN:VCARD\r\n') && cards.includes(card));
    const [all, text] = await download(page, page.locator('.all'));
    assert.equal(all, 'offices.vcf');
    // The same cards, in the page's order.
    const parts = (text) => text.split('BEGIN:VCARD').sort();
    assert.deepEqual(parts(text), parts(cards));
    assert.deepEqual(page.said, []);
    await page.context().close();
  });

  await check(`the address bar keeps what is asked, from ${name}`, async () => {
    const page = await open(url);
    const state = async () => [await page.inputValue('#query'), await page.inputValue('#country'), (await shown(page)).length];
    const whole = await state();
    await page.locator('#query').pressSequentially('tokyo', { delay: 20 });
    await page.waitForFunction(() => location.href.endsWith('?q=tokyo'));
    const found = await state();
    assert.deepEqual(found, ['tokyo', '', 1]);
    await page.selectOption('#country', 'DE');
    assert.ok(page.url().endsWith('?q=tokyo&country=DE'), page.url());
    assert.deepEqual(await state(), ['tokyo', 'DE', 0]);
    await page.goBack();
    assert.deepEqual(await state(), found);
    await page.goBack();
    assert.deepEqual(await state(), whole, 'all letters are one step');
    assert.equal(page.url(), url);
    await page.goForward();
    assert.deepEqual(await state(), found);
    await page.reload();
    assert.deepEqual(await state(), found);
    await page.click('#clear');
    assert.equal(page.url(), url);
    await page.goBack();
    assert.deepEqual(await state(), found);
    // A region and an office that were not found are seen all the same; going back finds again.
    await page.locator('nav a[href="#region-europe"]').click();
    await page.waitForFunction(() => location.search === '');
    assert.deepEqual(await state(), whole);
    assert.ok(page.url().endsWith('#region-europe'));
    await page.goBack();
    assert.deepEqual(await state(), found);
    await page.goto('about:blank');
    await page.goto(`${url}?q=tokyo&country=JP&other=1#office-brussels-office`);
    assert.deepEqual(await state(), whole);
    assert.ok(await page.locator('#office-brussels-office').isVisible());
    assert.equal(page.url(), `${url}?other=1#office-brussels-office`, 'what is not ours stays');
    await page.goto('about:blank');
    await page.goto(`${url}?country=JP`);
    assert.deepEqual(await state(), ['', 'JP', 1]);
    await page.goto('about:blank');
    await page.goto(`${url}?country=%22%3E&q=%3Cimg%20src=x%20onerror=hacked=1%3E#%22%3E`);
    assert.deepEqual(await state(), ['<img src=x onerror=hacked=1>', '', 0]);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });
}

await check('addresses that mail writes otherwise', async () => {
  const page = await open(`${base}search.html`);
  const copied = async (id, which) => {
    await page.locator(`#office-${id} [data-copy=${which}]`).click();
    await said(page, 'Address copied');
    return (await clipboard(page)).split('\n');
  };
  assert.deepEqual(await copied('head-office', 'abroad'), ['Example Head Office', 'Kaiser-Friedrich-Straße 7', '53113 BONN', 'GERMANY']);
  assert.deepEqual(await copied('head-office', 'domestic'), ['Example Head Office', 'Kaiser-Friedrich-Straße 7', '53113 Bonn']);
  assert.deepEqual((await copied('london', 'abroad')).slice(-3), ['LONDON', 'SW1A 2AA', 'UNITED KINGDOM']);
  assert.deepEqual((await copied('kyoto', 'abroad')).at(-1), 'JAPAN');
  assert.equal(await page.locator('#office-london address').innerText(), '10 Downing Street\nLondon\nSW1A 2AA\nUnited Kingdom');
  await quiet(page);
});

await check('QR codes', async () => {
  const codes = path.join(folder, 'codes');
  await rm(codes, { recursive: true, force: true });
  await mkdir(codes, { recursive: true });
  let count = 0;
  for (const file of ['index', 'search', 'torture']) {
    // As on a screen of a telephone's density.
    const page = await open(`${base}${file}.html`, { deviceScaleFactor: 3 });
    const texts = await page.evaluate(async () => {
      const packed = Uint8Array.from(atob(document.getElementById('contacts').textContent), (it) => it.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
      return (await new Response(stream).json()).map(({ qr }) => qr);
    });
    for (const [at, id] of (await shown(page)).entries()) {
      const office = page.locator(`#office-${id}`);
      if (texts[at] === undefined) continue;
      await office.locator('summary').click();
      const picture = office.locator('details svg');
      assert.match(await picture.getAttribute('aria-label'), /^QR code with the contact of ./);
      await picture.screenshot({ path: path.join(codes, `${file}-${id}.png`) });
      await writeFile(path.join(codes, `${file}-${id}.txt`), texts[at]);
      count += 1;
    }
    await quiet(page);
  }
  return `${count} codes`;
});

await check('local time', async () => {
  const page = await open(`${base}search.html`);
  const office = page.locator('#office-tbilisi');
  await office.locator('.now').waitFor();
  // Tbilisi is four hours ahead the whole year.
  const expected = (ahead) => new Date(Date.now() + ahead).toISOString().slice(11, 16);
  const shownTime = await office.locator('.now').textContent();
  const hours = 4 * 3600000;
  const [hour, minute, half] = /(\d+):(\d+)\s*([AP]M)?/.exec(shownTime).slice(1);
  const time = `${String(half ? (hour % 12) + (half === 'PM' ? 12 : 0) : +hour).padStart(2, '0')}:${minute}`;
  assert.ok([expected(hours), expected(hours - 60000)].includes(time), shownTime);
  await quiet(page);
});

await check('keyboard only', async () => {
  const page = await open(`${base}index.html`);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the offices');
  assert.ok(await page.locator('.skip').evaluate((it) => it.getBoundingClientRect().left >= 0));
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'offices');
  await page.keyboard.press('/');
  assert.equal(await focused(), 'query');
  await page.keyboard.type('tokyo');
  assert.deepEqual(await shown(page), ['japan-office']);
  const reached = [];
  const reach = async (name) => {
    while (!(await focused()).startsWith(name)) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', 'what has the focus is marked');
      reached.push(await focused());
      assert.ok(reached.length < 40, `${name} is not reached: ${reached.join(', ')}`);
    }
  };
  await reach('from abroad');
  await page.keyboard.press('Enter');
  await said(page, 'Address copied');
  assert.equal(await clipboard(page), [...LABEL, 'JAPAN'].join('\n'), reached.join(', '));
  for (const name of ['within Japan', 'japan.iclei.org', 'Download contact', 'QR code']) await reach(name);
  await page.keyboard.press('Enter');
  await page.locator('#office-japan-office details svg').waitFor();
  await reach('Copy link');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  assert.equal((await shown(page)).length, offices.length);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Bel');
  assert.deepEqual(await shown(page), ['brussels-office']);
  await quiet(page);
});

await check('without script', async () => {
  const page = await open(`${base}index.html`, { javaScriptEnabled: false });
  assert.equal(await page.locator('.office:visible').count(), offices.length);
  assert.equal(await page.locator('form:visible, button:visible, #results:visible').count(), 0);
  await page.context().close();
});

for (const name of ['hostile', 'hostile-de']) await check(`${name}: texts run nothing`, async () => {
  const page = await open(`${base}${name}.html`);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  const text = await page.locator('main').innerText();
  for (const part of ['</script><script>hacked=1</script>', '<img src=x onerror=hacked=1>', '"\' onfocus=hacked=1 autofocus x="']) {
    assert.ok(text.includes(part), part);
  }
  assert.equal(await page.locator('main img, [onfocus], script:not([type])').count(), 0);
  assert.equal(await page.locator('script[type=module]').count(), 1, 'our own script only');
  const graph = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent));
  assert.equal([graph.subOrganization].flat().length, (await shown(page)).length);
  for (const summary of await page.locator('summary').all()) await summary.click();
  for (const button of await page.locator('[data-copy]').all()) await button.click();
  for (const button of await page.locator('button[data-label]').all()) {
    await button.click();
    await page.locator('dialog img').waitFor();
    await page.keyboard.press('Escape');
  }
  for (const link of await page.locator('main a').all()) {
    assert.match(await link.getAttribute('href'), /^(https?:|tel:|mailto:)/);
  }
  await page.fill('#query', '<img');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await quiet(page);
});

await check('members that few directories have', async () => {
  const page = await open(`${base}members.html`);
  const office = page.locator('#office-target');
  const words = (await office.locator('dl').innerText()).replace(/\s+/g, ' ');
  for (const part of ['-1.26, 36.8', 'Mo-Fr 09:00-17:00', 'Press first@example.org', 'Appointments']) {
    assert.ok(words.includes(part), `${part} in ${words}`);
  }
  assert.match(words, /Visas \+254 \d/);
  assert.deepEqual(await find(page, 'visas'), ['target']);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} pixels`);
  }
  await quiet(page);
  const seen = await open(`${base}members.html`, { bypassCSP: true });
  assert.deepEqual(await violations(seen, axe), []);
  await seen.context().close();
});

await stop();
