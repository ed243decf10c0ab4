// The page in a browser: html.mjs DIRECTORY FOLDER, with FOLDER/{index,hostile,hostile-de,many,torture,members}.html and offices.vcf.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [directoryFile, folder] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, 'package.json'));
const { chromium } = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const { offices } = JSON.parse(await readFile(directoryFile, 'utf8'));
const cards = await readFile(path.join(folder, 'offices.vcf'), 'utf8');

const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(await readFile(path.join(folder, path.basename(request.url))).catch(() => ''));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const open = async (file, options = {}) => {
  const context = await browser.newContext({ bypassCSP: false, ...options });
  if (file.startsWith('http')) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.said = [];
  page.asked = [];
  page.on('pageerror', (error) => page.said.push(String(error)));
  page.on('console', (message) => page.said.push(message.text()));
  page.on('dialog', (dialog) => { page.said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => page.asked.push(request.url()));
  await page.goto(file);
  return page;
};
const shown = (page) => page.locator('.office:visible').evaluateAll((all) => all.map((it) => it.id.replace('office-', '')));
const ids = (choose) => offices.filter(choose).map((it) => it.id).sort();
const find = async (page, text) => {
  await page.fill('#words', text);
  return (await shown(page)).sort();
};
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const passed = [];
const check = async (name, run) => {
  try {
    const figure = await run();
    passed.push(name);
    console.log(`passed: ${name}${figure ? `: ${figure}` : ''}`);
  } catch (error) {
    console.log(`FAILED: ${name}: ${error.stack}`);
    process.exitCode = 1;
  }
};
const quiet = async (page) => {
  assert.deepEqual(page.said, []);
  assert.deepEqual(page.asked.filter((url) => !url.startsWith('data:')).length, 1, page.asked.join('\n'));
  await page.context().close();
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
  assert.equal((await find(page, 'Sao Paulo')).length, 1);
  assert.deepEqual(await find(page, 'south korea'), inCountry('KR'));
  const { number } = offices[0].phones[0];
  assert.deepEqual(await find(page, number), [offices[0].id]);
  assert.deepEqual(await find(page, `${number.slice(3, 6)} ${number.slice(6)}`), [offices[0].id]);
  assert.deepEqual(await find(page, 'no such office'), []);
  assert.ok(await page.locator('#none').isVisible());
  assert.equal(await page.locator('#count').textContent(), `0 of ${offices.length} offices`);
  assert.equal(await page.locator('section:visible').count(), 0);
  await page.click('#clear');
  assert.equal((await shown(page)).length, offices.length);
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

const LABEL = ['ICLEI Japan Office', '1-14-2 Nishi-Shimbashi', 'Minato-ku, TOKYO 105-0003'];
for (const [name, url] of [['http', `${base}index.html`], ['a file', pathToFileURL(path.resolve(folder, 'index.html')).href]]) {
  await check(`copy and download from ${name}`, async () => {
    const page = await open(url);
    const office = page.locator('#office-japan-office');
    await office.locator('[data-copy=abroad]').click();
    await page.waitForFunction(() => document.getElementById('said').textContent === 'Address copied');
    if (name === 'http') {
      assert.equal(await clipboard(page), [...LABEL, 'JAPAN'].join('\n'));
      await office.locator('[data-copy=domestic]').click();
      await page.waitForTimeout(200);
      assert.equal(await clipboard(page), LABEL.join('\n'));
    }
    const download = async (link) => {
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
    };
    const [one, card] = await download(office.locator('.download'));
    assert.equal(one, 'japan-office.vcf');
    assert.ok(card.startsWith('BEGIN:VCARD\r\n') && cards.includes(card));
    assert.deepEqual(await download(page.locator('.all')), ['offices.vcf', cards]);
    assert.deepEqual(page.said, []);
    await page.context().close();
  });
}

await check('keyboard only', async () => {
  const page = await open(`${base}index.html`);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the offices');
  assert.ok(await page.locator('.skip').evaluate((it) => it.getBoundingClientRect().left >= 0));
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'offices');
  await page.keyboard.press('/');
  assert.equal(await focused(), 'words');
  await page.keyboard.type('tokyo');
  assert.deepEqual(await shown(page), ['japan-office']);
  const reached = [];
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', 'what has the focus is marked');
    reached.push(await focused());
    if (reached.at(-1) === 'from abroad') break;
  }
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  assert.equal(await clipboard(page), [...LABEL, 'JAPAN'].join('\n'), reached.join(', '));
  for (const stop of ['within Japan', 'japan.iclei.org', 'Download contact', 'QR code']) {
    while (!(await focused()).startsWith(stop)) {
      await page.keyboard.press('Tab');
      reached.push(await focused());
      assert.ok(reached.length < 40, `${stop} is not reached: ${reached.join(', ')}`);
    }
  }
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('#office-japan-office img').isVisible());
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  assert.equal((await shown(page)).length, offices.length);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Bel');
  assert.deepEqual(await shown(page), ['brussels-office']);
  await quiet(page);
});

await check('axe finds no violation', async () => {
  let rules = 0;
  for (const options of [
    { viewport: { width: 1280, height: 900 } }, { viewport: { width: 360, height: 740 } },
    { colorScheme: 'dark' }, { forcedColors: 'active' }, { javaScriptEnabled: true, reducedMotion: 'reduce' },
  ]) {
    for (const state of ['whole', 'found', 'none']) {
      const page = await open(`${base}index.html`, { ...options, bypassCSP: true });
      if (state === 'found') {
        await page.fill('#words', 'tokyo');
        await page.click('summary:visible');
      } else if (state === 'none') await page.fill('#words', 'no such office');
      await page.evaluate(axe);
      const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      assert.deepEqual(result.violations.map((it) => [it.id, it.nodes.map((node) => node.html)]), [], JSON.stringify(options) + state);
      rules = Math.max(rules, result.passes.length);
      await page.context().close();
    }
  }
  return `${rules} rules`;
});

await check('without script', async () => {
  const page = await open(`${base}index.html`, { javaScriptEnabled: false });
  assert.equal(await page.locator('.office:visible').count(), offices.length);
  assert.equal(await page.locator('form:visible, button:visible').count(), 0);
  await page.locator('#office-japan-office summary').click();
  assert.ok(await page.locator('#office-japan-office img').isVisible());
  await page.context().close();
});

for (const name of ['hostile', 'hostile-de']) await check(`${name}: texts run nothing`, async () => {
  const page = await open(`${base}${name}.html`);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  const text = await page.locator('main').innerText();
  for (const part of ['</script><script>hacked=1</script>', '<img src=x onerror=hacked=1>', '"\' onfocus=hacked=1 autofocus x="']) {
    assert.ok(text.includes(part), part);
  }
  assert.equal(await page.locator('main img[src=x], [onfocus], script:not([type])').count(), 1, 'our own script only');
  const graph = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent));
  assert.equal(graph['@graph'].length, (await shown(page)).length + 1);
  for (const summary of await page.locator('summary').all()) await summary.click();
  for (const link of await page.locator('main a').all()) {
    assert.match(await link.getAttribute('href'), /^(https?:|tel:|mailto:|data:text\/vcard;)/);
  }
  await page.fill('#words', '<img');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await quiet(page);
});

await check('right to left', async () => {
  const page = await open(`${base}torture.html`);
  const rtl = page.locator('address[dir=rtl]');
  assert.ok(await rtl.count() > 0);
  assert.equal(await rtl.first().evaluate((it) => getComputedStyle(it).direction), 'rtl');
  await page.context().close();
});

await check('members that few directories have', async () => {
  const page = await open(`${base}members.html`);
  const office = page.locator('#office-target');
  const words = (await office.locator('dd').allInnerTexts()).map((it) => it.replace(/\s+/g, ' ').trim());
  for (const part of ['-1.26, 36.8', 'Mo-Fr 09:00-17:00', 'Visas +254 207624001', 'Press first@example.org', 'Appointments']) {
    assert.ok(words.includes(part), `${part} in ${words.join(' | ')}`);
  }
  assert.equal(await page.locator('h1 [lang=de]').textContent(), 'Beispiel');
  assert.equal(await office.locator('.kind[lang=de]').textContent(), 'Büro');
  assert.equal(await office.locator('.p-name').textContent(), 'Beispiel Ziel');
  assert.deepEqual(await find(page, 'visas'), ['target']);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} pixels`);
  }
  await quiet(page);
  const seen = await open(`${base}members.html`, { bypassCSP: true });
  await seen.evaluate(axe);
  const result = await seen.evaluate(() => window.axe.run());
  assert.deepEqual(result.violations.map((it) => [it.id, it.nodes.map((node) => node.html)]), []);
  await seen.context().close();
});

await check('search at 2,500 offices', async () => {
  const page = await open(`${base}many.html`);
  assert.equal(await page.locator('.office').count(), 2500);
  // The index is made while the page idles.
  await page.waitForTimeout(1500);
  const times = await page.evaluate(async () => {
    const words = document.getElementById('words');
    const type = async (text) => {
      await new Promise((next) => setTimeout(next, 120));
      const began = performance.now();
      words.value = text;
      words.dispatchEvent(new Event('input', { bubbles: true }));
      // A read of the layout makes the browser do it.
      document.querySelector('.office:not([hidden])')?.getBoundingClientRect();
      return performance.now() - began;
    };
    const times = {};
    for (const text of ['t', 'tokyo', 'office 17', 'seoul', 'no such', 'japan office 2']) {
      // From the whole page, where there is most to hide. Other work of the machine only adds to a time.
      times[text] = Infinity;
      for (let round = 0; round < 15; round += 1) {
        times[text] = Math.min(times[text], await type(text));
        await type('');
      }
    }
    return times;
  });
  const figures = JSON.stringify(times, (_, time) => (typeof time === 'number' ? Math.round(time * 10) / 10 : time));
  // A figure to read, and no limit: the machine may be busy.
  return `${figures} ms`;
});

await browser.close();
server.close();
console.log(`${passed.length} passed`);
