// What the suites of the page share: a server, Chromium, and checks that go on after one has failed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Opens pages of a folder, which also has the packages. */
export const start = async (folder) => {
  const require = createRequire(path.resolve(folder, 'package.json'));
  const { chromium } = require('playwright-core');
  const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const { pathname } = new URL(request.url, 'http://localhost');
    response.end(await readFile(path.join(folder, path.basename(pathname))).catch(() => ''));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

  const open = async (file, options = {}) => {
    const context = await browser.newContext(options);
    if (file.startsWith('http')) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.said = [];
    page.asked = [];
    page.on('pageerror', (error) => page.said.push(String(error)));
    page.on('console', (message) => {
      // Chromium's word for a test that looks at what is not shown.
      if (!message.text().includes('hidden by content-visibility')) page.said.push(message.text());
    });
    page.on('dialog', (dialog) => { page.said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', (request) => page.asked.push(request.url()));
    await page.goto(file);
    return page;
  };
  let passed = 0;
  const check = async (name, run) => {
    try {
      const figure = await run();
      passed += 1;
      console.log(`passed: ${name}${figure ? `: ${figure}` : ''}`);
    } catch (error) {
      console.log(`FAILED: ${name}: ${error.stack}`);
      process.exitCode = 1;
    }
  };
  const stop = async () => {
    await browser.close();
    server.close();
    console.log(`${passed} passed`);
  };
  return { base, axe, open, check, stop };
};

/** The ids of the offices that can be seen, in their order. */
export const shown = (page) => page.evaluate(() => {
  const list = document.getElementById('results').hidden && document.getElementById('none').hidden ? '.office' : '#found .office';
  return [...document.querySelectorAll(list)].map((it) => it.id.replace('office-', ''));
});

/** Nothing was said, and nothing asked of the network but the page. */
export const quiet = async (page) => {
  assert.deepEqual(page.said, []);
  const asked = page.asked.filter((url) => !/^(data|blob):/.test(url)).map((url) => url.split(/[?#]/)[0]);
  assert.equal(new Set(asked).size, 1, asked.join('\n'));
  await page.context().close();
};

/** What axe finds wrong with a page, which must have been opened with `bypassCSP`. */
export const violations = async (page, axe) => {
  await page.evaluate(axe);
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const result = await page.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
  return result.violations.map((it) => [it.id, it.nodes.map((node) => node.html)]);
};
