// Both cases of web-based mail in a real browser, and hostile letters (TRAPS T39): run by interop's
// WebmailTest, with the address of a server and two of its accounts.
//
//   node browser.js CHROMIUM ADDRESS PASSWORD ANN BOB [FOLDER for pictures]

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';

const [executablePath, address, password, ann, bob, folder] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const problems = [];

async function visitor(name) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address + '/');
  await page.type('[name=name]', name);
  await page.type('[name=password]', password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.waitForSelector('nav li');
  return page;
}

const seen = (page, text, within = 'body') =>
  page.waitForFunction((what, where) => document.querySelector(where)?.textContent?.includes(what), {}, text, within);

async function picture(page, name) {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Opens the letter under the cursor by the keyboard alone. */
async function openFirst(page, subject) {
  await seen(page, subject, '.rows');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForSelector('article.open');
}

async function write(page, to, subject, text) {
  await page.keyboard.press('c');
  await page.waitForSelector('.editor');
  await page.keyboard.type(to + ',');
  await page.type('#subject', subject);
  await page.focus('.editor .text');
  await page.keyboard.type(text);
  await seen(page, 'Saved', 'form .saved'); // as a draft, while it is written
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await seen(page, 'Sent', '.toasts');
}

async function cases() {
  // case I: it came by SMTP, and is read here
  const b = await visitor(bob);
  await openFirst(b, 'This is a test message');
  await seen(b, 'This is a test message', 'article.open .body');
  await picture(b, 'case-1');
  // case II: both are here; she sees it come without asking
  const a = await visitor(ann);
  await b.keyboard.press('u');
  await write(b, ann, 'By web', 'Written in a page, read in a page.');
  await openFirst(a, 'By web');
  await seen(a, 'read in a page', 'article.open .body');
  await picture(a, 'case-2');
  // what was sent can be taken back for some seconds
  await a.keyboard.press('r');
  await a.waitForSelector('.editor');
  await a.keyboard.type('Thank you.');
  await a.keyboard.down('Control');
  await a.keyboard.press('Enter');
  await a.keyboard.up('Control');
  await seen(a, 'Undo', '.toasts');
  await a.evaluate(() => [...document.querySelectorAll('.toast button')].find((it) => it.textContent === 'Undo').click());
  await seen(a, 'Not sent', '.toasts');
  await a.waitForSelector('.editor');
  await picture(a, 'undone');
}

// Bypasses of sanitisers and of webmails that were published, each a letter.
const LETTERS = [
  '<script>parent.hit()</script>',
  '<img src=x onerror=parent.hit()>',
  '<svg onload=parent.hit()>',
  '<svg><animate attributeName=href values=javascript:parent.hit() /><a id=x><text x=20 y=20>x</text></a></svg>',
  '<svg><style><img src=x onerror=parent.hit()></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=parent.hit()&gt;">',
  '<math><mi><table><mi><mglyph><style><!--</style><img title="--&gt;&lt;/mglyph&gt;&lt;img src=1 onerror=parent.hit()&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=parent.hit()>',
  '<noscript><p title="</noscript><img src=x onerror=parent.hit()>">',
  '<textarea><img title="</textarea><img src=x onerror=parent.hit()>"></textarea>',
  '<xmp><p id="</xmp><img src=x onerror=parent.hit()>">',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<object data="data:text/html,<script>parent.hit()</script>"></object><embed src="javascript:parent.hit()">',
  '<a href="java\tscript:parent.hit()">x</a><a href=" &#14;javascript:parent.hit()">y</a><a href="data:text/html,x">z</a>',
  '<base href="https://away.test/"><meta http-equiv="refresh" content="0;url=https://away.test/"><link rel=stylesheet href="https://away.test/a.css">',
  '<style>@import "https://away.test/b.css"; body{background:url(https://away.test/c)} p{--x:url(https://away.test/d);background:var(--x)} @font-face{font-family:f;src:url(https://away.test/e)} p{font-family:f}</style><p>x',
  '<p style="background:u\\72l(https://away.test/f);list-style:url(https://away.test/g);cursor:url(https://away.test/h),auto">x',
  '<style>a{content:"</style><img src=x onerror=parent.hit()>"}</style>',
  '<table background="https://away.test/i"><tr><td background="https://away.test/j">x</table><body background="https://away.test/k">',
  '<img srcset="https://away.test/l 1x"><picture><source srcset="https://away.test/m"><img src="https://away.test/n"></picture><video poster="https://away.test/o"></video><input type=image src="https://away.test/p">',
  '<form action="https://away.test/q"><button formaction="javascript:parent.hit()">x</button></form><dialog open>x</dialog>',
  '<img name=cookie><form id=getElementById><input name=parentNode></form><a id=body name=body>x</a>',
  '<button popovertarget=x onclick=parent.hit()>x</button><div id=x popover onbeforetoggle=parent.hit()>x</div><details open ontoggle=parent.hit()>x</details>',
  '<template><script>parent.hit()</script></template><div><template shadowrootmode=open><img src=x onerror=parent.hit()></template></div>',
  '<img src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\' onload=\'parent.hit()\'/>">',
];

async function hostile() {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('../src/sanitise.ts', import.meta.url)), formats: ['iife'], name: 'sanitise' },
    },
  });
  const page = await browser.newPage();
  const away = [];
  page.on('request', (request) => {
    if (request.url().includes('away.test')) away.push(request.url());
  });
  await page.evaluate([made].flat()[0].output[0].code + ';window.sanitise = sanitise; window.hits = 0; window.hit = () => window.hits++;');
  // a letter that is not washed does act in the second of the frames below: the test can fail
  const control = await page.evaluate(async () => {
    const it = document.createElement('iframe');
    it.srcdoc = '<img src=x onerror=parent.hit()>';
    document.body.append(it);
    for (let i = 0; i < 100 && window.hits === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    it.remove();
    const hits = window.hits;
    window.hits = 0;
    return hits;
  });
  assert.equal(control, 1);
  for (const letter of LETTERS) {
    const found = await page.evaluate(async (html) => {
      const { clean, frame } = window.sanitise;
      const text = frame(clean(html, () => null), 'light');
      // as the reader has it; and, so that each wall stands alone, in a frame where scripts may run
      for (const sandbox of ['allow-popups', 'allow-scripts allow-same-origin']) {
        const it = document.createElement('iframe');
        it.sandbox = sandbox;
        it.srcdoc = sandbox.includes('scripts') ? text.replace(/<meta http-equiv[^>]*>/i, '') : text;
        await new Promise((resolve) => {
          it.onload = resolve;
          document.body.append(it);
        });
        await new Promise((resolve) => setTimeout(resolve, 20));
        it.remove();
      }
      const quoted = clean(html, () => null, true).root.querySelector('body');
      const within = document.createElement('div');
      within.innerHTML = quoted.innerHTML; // as the editor has it
      document.body.append(within);
      const attributes = [...within.querySelectorAll('*')].flatMap((it) => it.getAttributeNames());
      const links = [...within.querySelectorAll('[href]')].map((it) => it.getAttribute('href'));
      within.remove();
      return { attributes, links, hits: window.hits };
    }, letter);
    assert.equal(found.hits, 0, letter);
    assert.deepEqual(found.attributes.filter((it) => it.startsWith('on') || it === 'style' || it === 'id'), [], letter);
    assert.deepEqual(found.links.filter((it) => !/^(https?|mailto|tel):/.test(it)), [], letter);
  }
  assert.deepEqual(away, [], 'nothing is asked of anybody');
}

try {
  await hostile();
  await cases();
  assert.deepEqual(problems, []);
} finally {
  await browser.close();
}
