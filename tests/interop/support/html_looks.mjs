// How the page looks and where its links land: html_looks.mjs FOLDER, with FOLDER/{index,search,many,torture}.html.
// Pictures and papers go to FOLDER/looks, to be looked at.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { quiet, shown, start, violations } from './browser.mjs';

const folder = process.argv[2];
const looks = path.join(folder, 'looks');
await mkdir(looks, { recursive: true });
const { base, axe, open, check, stop } = await start(folder);

// Windows; the last two are those of 1280 by 1024 at zoom 200 and 400 %.
const WINDOWS = [[320, 568], [360, 740], [768, 1024], [1280, 900], [1600, 1000], [640, 512], [320, 256]];
const STATES = { whole: async () => {}, found: async (page) => {
  await page.fill('#query', 'tokyo');
  await page.locator('#found summary').first().click();
  await page.locator('#found details svg').waitFor();
}, none: async (page) => { await page.fill('#query', 'no such office'); } };

/** How far the top of an element is below the bar, or the window's top; `null` if the page ends before it gets there. */
const distance = (page, id) => page.evaluate((id) => {
  const bar = document.querySelector('.find.stays')?.getBoundingClientRect().bottom ?? 0;
  const { top } = document.getElementById(id).getBoundingClientRect();
  const isEnd = scrollY + innerHeight > document.documentElement.scrollHeight - 2;
  return isEnd && top >= bar && top < innerHeight ? null : Math.round(top - bar);
}, id);

for (const [width, height] of WINDOWS) await check(`links land at ${width} by ${height}`, async () => {
  for (const file of ['index', 'many']) for (const [reducedMotion, javaScriptEnabled] of [['no-preference', true], ['reduce', true], ['reduce', false]]) {
    const page = await open(`${base}${file}.html`, { viewport: { width, height }, reducedMotion, javaScriptEnabled });
    const lands = async (id) => {
      // Heights above it may change for a moment.
      for (let tries = 0; tries < 40; tries += 1) {
        const far = await distance(page, id);
        await page.waitForTimeout(50);
        if (far === null || Math.abs(far - 16) <= 2) return;
      }
      assert.fail(`${file} ${reducedMotion} ${javaScriptEnabled} ${id}: ${await distance(page, id)}`);
    };
    const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => link.hash.slice(1)));
    for (const id of [...links, links[1], links[0]]) {
      await page.locator(`nav a[href="#${id}"]`).click();
      await lands(id);
    }
    const offices = await page.locator('.office').evaluateAll((all) => all.map((office) => office.id));
    for (const part of [0.2, 0.7, 0.95]) {
      const id = offices[Math.floor(offices.length * part)];
      await page.goto('about:blank');
      await page.goto(`${base}${file}.html#${id}`);
      await lands(id);
    }
    await page.context().close();
  }
});

await check('nothing is wider than the window', async () => {
  for (const [width, height] of WINDOWS) for (const file of ['index', 'search', 'torture']) for (const [state, enter] of Object.entries(STATES)) {
    if (file !== 'index' && state !== 'whole') continue;
    const page = await open(`${base}${file}.html`, { viewport: { width, height } });
    await enter(page);
    const inner = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner[0] <= inner[1], `${file} ${state} at ${width}: ${inner[0]}`);
    const taken = await page.evaluate(() => (document.querySelector('.find.stays')?.offsetHeight ?? 0) / innerHeight);
    assert.ok(taken < 0.2, `the bar takes ${taken} at ${width} by ${height}`);
    await page.screenshot({ path: path.join(looks, `${file}-${state}-${width}x${height}.png`), fullPage: file !== 'torture' && width !== 320 });
    await quiet(page);
  }
});

await check('small regions share rows', async () => {
  const page = await open(`${base}index.html`, { viewport: { width: 1280, height: 900 } });
  const wasted = await page.evaluate(() => [...document.querySelectorAll('.offices > .office:only-child')].filter((office) => {
    const { width } = office.getBoundingClientRect();
    const besides = [...document.querySelectorAll('.office')].filter((it) => it !== office
      && it.getBoundingClientRect().top < office.getBoundingClientRect().bottom
      && it.getBoundingClientRect().bottom > office.getBoundingClientRect().top);
    return !besides.length && width < document.getElementById('regions').offsetWidth - 1;
  }).map((it) => it.id));
  assert.deepEqual(wasted, []);
  await quiet(page);
});

await check('axe finds no violation', async () => {
  const choices = [
    ...WINDOWS.map(([width, height]) => ({ viewport: { width, height } })),
    { colorScheme: 'dark' }, { forcedColors: 'active' }, { forcedColors: 'active', colorScheme: 'dark' }, { reducedMotion: 'reduce' },
  ];
  for (const [at, options] of choices.entries()) for (const [state, enter] of Object.entries(STATES)) {
    const page = await open(`${base}index.html`, { ...options, bypassCSP: true });
    await enter(page);
    if (!options.viewport) await page.screenshot({ path: path.join(looks, `options-${at}-${state}.png`) });
    assert.deepEqual(await violations(page, axe), [], `${JSON.stringify(options)} ${state}`);
    await page.context().close();
  }
  const page = await open(`${base}index.html`, { bypassCSP: true });
  await page.locator('button[data-label]').first().click();
  await page.locator('dialog img').waitFor();
  assert.deepEqual(await violations(page, axe), []);
  await page.context().close();
});

await check('right to left', async () => {
  const page = await open(`${base}torture.html`, { viewport: { width: 1280, height: 900 } });
  const addresses = page.locator('address[dir=rtl]');
  assert.ok(await addresses.count() > 0);
  for (const address of await addresses.all()) {
    const style = await address.evaluate((it) => [getComputedStyle(it).direction, getComputedStyle(it).textAlign]);
    assert.deepEqual(style, ['rtl', 'right']);
    // All lines end at one edge.
    const edges = await address.evaluate((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      const lines = new Map();
      for (const { top, right, width } of range.getClientRects()) {
        if (width) lines.set(Math.round(top / 8), Math.max(right, lines.get(Math.round(top / 8)) ?? 0));
      }
      return [...lines.values()].map(Math.round);
    });
    assert.ok(edges.length > 1 && Math.max(...edges) - Math.min(...edges) <= 1, edges.join(' '));
  }
  await addresses.first().screenshot({ path: path.join(looks, 'right-to-left.png') });
  await page.context().close();
});

/** The boxes of the pages of a PDF, in points. */
const papers = async (file) => [...(await readFile(file, 'latin1')).matchAll(/\/MediaBox \[([^\]]*)\]/g)]
  .map((box) => box[1].trim().split(/\s+/).slice(2).map(Number));

await check('on paper', async () => {
  const page = await open(`${base}index.html`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1000 });
  const columns = await page.evaluate(() => new Set([...document.querySelectorAll('.office')].map((it) => Math.round(it.getBoundingClientRect().left))).size);
  assert.equal(columns, 2);
  assert.equal(await page.locator('form:visible, nav:visible, button:visible, summary:visible, .now:visible').count(), 0);
  await page.emulateMedia({ media: null });
  const whole = path.join(looks, 'paper.pdf');
  await page.pdf({ path: whole, format: 'A4', margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' } });
  assert.ok((await papers(whole)).length <= 3);
  // What was found only.
  await page.fill('#query', 'tokyo');
  const found = path.join(looks, 'paper-found.pdf');
  await page.pdf({ path: found, format: 'A4' });
  assert.equal((await papers(found)).length, 1);
  await quiet(page);
});

await check('labels', async () => {
  const page = await open(`${base}search.html`);
  const sizes = new Set();
  for (const id of (await shown(page)).slice(0, 4)) {
    await page.locator(`#office-${id} [data-label]`).click();
    const picture = page.locator('dialog img');
    await picture.evaluate((it) => it.decode());
    assert.match(await picture.getAttribute('alt'), /^Address label of ./);
    const size = await picture.evaluate((it) => {
      const svg = decodeURIComponent(it.src);
      return ['width', 'height'].map((side) => Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)mm"`).exec(svg)[1]));
    });
    const file = path.join(looks, `label-${id}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true });
    const boxes = await papers(file);
    assert.equal(boxes.length, 1);
    for (const side of [0, 1]) assert.ok(Math.abs(boxes[0][side] / 72 * 25.4 - size[side]) < 0.4, `${boxes[0]} points are not ${size} mm`);
    sizes.add(size.join(' '));
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog:visible').count(), 0);
  }
  const file = path.join(looks, 'paper-after.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  assert.ok((await papers(file))[0][0] > 500, 'the paper is as before');
  await quiet(page);
  return [...sizes].join(', ');
});

await stop();
