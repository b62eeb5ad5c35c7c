/** 每一页都走一遍: every page of every face, in a full shop, at both widths, by day and by night. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { roles } from '../../../schema/index.ts';
import { consoleScreens } from '../../../workers/pages/console/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { logIn } from '../support.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { associateOpenid, motherOpenid, openFullShop } from './full-shop.ts';
import { employ, linkOf, signInAs, type Console } from './support.ts';

let full: Console;
let served: Served;
let browser: Browser;
const here = () => full.visitor({ origin: 'http://127.0.0.1' });

beforeAll(async () => {
  full = await openFullShop();
  [served, browser] = await Promise.all([serve(full.app), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** The one value that this query finds, called `it`. */
function only(sql: string): string {
  const found = full.shop.db.all(sql)[0]?.['it'];
  return typeof found === 'string' ? found : JSON.stringify(found ?? '');
}

/** Something that is there, for every `:id`; a page whose folder is not listed is looked at where nothing is found. */
const ids = (): Readonly<Record<string, string>> => ({
  members: only(`SELECT id AS it FROM members WHERE spent_fen > 1000000`),
  campaigns: 'C1',
  plans: 'P1',
  batches: 'B1',
  events: only(`SELECT id AS it FROM inbox WHERE seq = (SELECT seq FROM decisions WHERE state = 'waiting')`),
  talks: only(`SELECT id AS it FROM members ORDER BY rowid LIMIT 1`),
  messages: only(`SELECT seq AS it FROM outbox WHERE state = 'parked'`),
  sources: 'till',
  connect: 'pospal',
  stores: '8005',
  associates: 'g7',
  people: only(`SELECT id AS it FROM people WHERE role = 'manager'`),
});
const addressOf = (path: string): string =>
  path
    .replace(/\/(\w+)\/:id/, (_, folder: string) => `/${folder}/${ids()[folder] ?? 'nobody'}`)
    .replace(':account', 'points')
    .replace(
      ':of',
      only(`SELECT issued_at || '-0' AS it FROM coupons WHERE member_id = '${ids()['members'] ?? ''}'`),
    );

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const Told = z.object({ serious: z.array(z.string()), aside: z.number(), low: z.array(z.string()) });

/** The page’s own policy lets no script in; the inspector’s evaluation is not one of the page’s. */
const lookFor = (rules: string): string => `(async () => {
  if (!window.axe) { ${axe} }
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ${rules} });
  const shown = (one) => one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().right > 0;
  const pressed = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(shown)
    .filter((one) => !one.closest('label') && !one.matches('.first, .baby > input') && getComputedStyle(one).display !== 'inline');
  return {
    serious: violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html),
    aside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    low: innerWidth > 400 ? [] : pressed.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80)),
  };
})()`;

const bytesMax = 100_000;
/** What depends on nothing but colours is asked of colours alone. */
const colours = `runOnly: ['color-contrast']`;
const sizes = [
  { width: 1280, colorScheme: 'light', rules: '' },
  { width: 1280, colorScheme: 'dark', rules: colours },
  { width: 360, colorScheme: 'dark', rules: '' },
  { width: 360, colorScheme: 'light', rules: colours },
] as const;

/** What is wrong with the page at this address; nothing is the answer that is expected. */
async function wrongAt(page: Page, path: string): Promise<string[]> {
  const answer = await page.goto(served.url + path);
  const wrong: string[] = [];
  const bytes = (await answer?.body())?.length ?? 0;
  if (bytes > bytesMax) wrong.push(`${path}: ${String(bytes)} bytes`);
  if ((answer?.status() ?? 500) >= 500) wrong.push(`${path}: ${String(answer?.status())}`);
  for (const { width, colorScheme, rules } of sizes) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { serious, aside, low } = Told.parse(await page.evaluate(lookFor(rules)));
    const found = [...serious, ...(aside > 0 ? [`${String(aside)} px to the side`] : []), ...low];
    wrong.push(...found.map((one) => `${path} at ${String(width)} ${colorScheme}: ${one}`));
  }
  return wrong;
}

/** The rooms of the console, each with its screens. */
const rooms = Map.groupBy(
  consoleScreens.flatMap(({ path, get }) => (get ? [path] : [])),
  (path) => path.split('/')[2] ?? '',
);
/** What a room shows besides: an empty answer, and a text longer than its box. */
const besides: Readonly<Record<string, () => readonly string[]>> = {
  members: () => ['/console/members?q=nobody'],
  events: () => [
    '/console/events/nothing',
    `/console/events/${only(`SELECT id AS it FROM inbox WHERE seq = 3`)}`,
  ],
};

test.each([...rooms])(
  'the owner’s /console/%s: nothing is serious, runs off, is too low for a thumb or over 100 KB',
  async (room, paths) => {
    const context = await browserOf(browser, served.url, await signInAs(full, full.boss, here()));
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const path of [...paths.map(addressOf), ...(besides[room]?.() ?? [])])
      wrong.push(...(await wrongAt(page, path)));
    await context.close();
    expect(wrong).toEqual([]);
  },
);

test('what the other roles see, and what they are told where they may not look', async () => {
  const wrong: string[] = [];
  for (const role of roles.filter((one) => one !== 'owner')) {
    const visitor = await signInAs(full, await employ(full, role), here());
    const context = await browserOf(browser, served.url, visitor);
    const page = await context.newPage();
    for (const path of [
      '/console/',
      '/console/members',
      '/console/redeem',
      addressOf('/console/members/:id'),
      '/console/people',
    ])
      wrong.push(...(await wrongAt(page, path)));
    await context.close();
  }
  expect(wrong).toEqual([]);
});

test('the doors, and the pages of a member, an associate and a newcomer', async () => {
  const [mother, associate, newcomer] = [here(), here(), here()];
  await logIn(full, mother, motherOpenid);
  await logIn(full, associate, associateOpenid, '/a/');
  await logIn(full, newcomer, 'oNewcomer');
  const link = await linkOf(full, await employ(full, 'manager', { name: '小王' }));
  const visits = [
    [here(), ['/', '/console/sign-in', link, '/console/enter/over', '/console/nowhere']],
    [associate, ['/a/', '/a/redeem', '/a/push', '/a/pushes', '/a/sign-in']],
    [
      mother,
      [
        '/m/',
        '/m/code',
        '/m/claim',
        '/m/claim/B1',
        '/m/claim?code=0001',
        '/m/coupons',
        '/m/offers',
        '/m/leave',
        '/m/privacy',
        '/m/phone',
        '/m/nowhere',
      ],
    ],
    [newcomer, ['/m/register', '/m/claim/B1', '/m/register?claim=%2Fm%2Fclaim%2FB1', '/a/']],
  ] as const;
  const wrong: string[] = [];
  for (const [visitor, paths] of visits) {
    const context = await browserOf(browser, served.url, visitor);
    const page = await context.newPage();
    for (const path of paths) wrong.push(...(await wrongAt(page, path)));
    await context.close();
  }
  expect(wrong).toEqual([]);
});
