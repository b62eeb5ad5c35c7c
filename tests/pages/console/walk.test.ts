/** 每一页都走一遍: every page of every face, in a full shop, at both widths, by day and by night. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '../../../schema/index.ts';
import { consoleScreens } from '../../../workers/pages/console/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { wrongOn } from '../looked-at.ts';
import { logIn } from '../support.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { associateOpenid, motherOpenid, openFullShop } from './full-shop.ts';
import { employ, linkOf, signInAs, type Console } from './support.ts';

let full: Console;
let served: Served;
let browser: Browser;
/** One for all of her screens: a browser reads the inspector’s half megabyte anew for every process. */
let owners: Page;
const here = () => full.visitor({ origin: 'http://127.0.0.1' });

beforeAll(async () => {
  full = await openFullShop();
  [served, browser] = await Promise.all([serve(full.app), openBrowser()]);
  const context = await browserOf(browser, served.url, await signInAs(full, full.boss, here()));
  owners = await context.newPage();
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
  coupons: 'T1',
  'grant-jobs': only(`SELECT id AS it FROM grant_jobs ORDER BY created_at DESC LIMIT 1`),
  'mass-messages': only(`SELECT id AS it FROM mass_messages ORDER BY created_at LIMIT 1`),
  plans: 'P1',
  batches: 'B1',
  lotteries: 'l_1',
  packages: 'PT1',
  events: only(`SELECT id AS it FROM inbox WHERE seq = (SELECT seq FROM decisions WHERE state = 'waiting')`),
  talks: only(`SELECT id AS it FROM members ORDER BY rowid LIMIT 1`),
  messages: only(`SELECT seq AS it FROM outbox WHERE state = 'parked'`),
  'tag-dictionaries': only(`SELECT id AS it FROM tag_dictionaries LIMIT 1`),
  'tag-rules': only(`SELECT id AS it FROM tag_rules LIMIT 1`),
  'member-groups': only(`SELECT id AS it FROM member_groups LIMIT 1`),
  sources: 'till',
  reconciliation: 'till',
  payouts: only(`SELECT out_bill_no AS it FROM transfers WHERE state = 'failed' LIMIT 1`),
  connect: 'pospal',
  stores: '8005',
  associates: 'g7',
  people: only(`SELECT id AS it FROM people WHERE role = 'manager'`),
});
const addressOf = (path: string): string =>
  path
    .replace(/\/([\w-]+)\/:id/, (_, folder: string) => `/${folder}/${ids()[folder] ?? 'nobody'}`)
    .replace(':account', 'points')
    .replace(
      ':of',
      only(`SELECT issued_at || '-0' AS it FROM coupons WHERE member_id = '${ids()['members'] ?? ''}'`),
    );

/** What is wrong with the page at this address; nothing is the answer that is expected. */
const wrongAt = (page: Page, path: string): Promise<string[]> => wrongOn(page, served.url, path);

const screens = consoleScreens.flatMap(({ path, get }) => (get ? [path] : []));
/** What a screen shows besides: an empty answer, and a text longer than its box. */
const besides: Readonly<Record<string, () => readonly string[]>> = {
  '/console/members': () => ['/console/members?q=nobody'],
  '/console/events/:id': () => [
    '/console/events/nothing',
    `/console/events/${only(`SELECT id AS it FROM inbox WHERE seq = 3`)}`,
  ],
};

test.each(screens)(
  'the owner’s %s: nothing is serious, runs off, is too low for a thumb or over 100 KB',
  async (path) => {
    const wrong: string[] = [];
    for (const one of [addressOf(path), ...(besides[path]?.() ?? [])])
      wrong.push(...(await wrongAt(owners, one)));
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
  const mothersId = only(`SELECT member_id AS it FROM identities WHERE key = 'openid:${motherOpenid}'`);
  const link = await linkOf(full, await employ(full, 'manager', { name: '小王' }));
  const visits = [
    [here(), ['/', '/console/sign-in', link, '/console/enter/over', '/console/nowhere']],
    [
      associate,
      [
        '/a/',
        '/a/redeem',
        '/a/push',
        '/a/pushes',
        '/a/sign-in',
        '/a/members',
        ...['one', 'purchases', 'edit', 'uses'].map((part) => `/a/members/${part}?of=${mothersId}`),
      ],
    ],
    [
      mother,
      [
        '/m/',
        '/m/code',
        '/m/claim',
        '/m/claim/B1',
        '/m/draw',
        '/m/draw/l_1',
        '/m/draw/result?of=ev_draw',
        '/m/claim?code=0001',
        '/m/coupons',
        '/m/offers',
        '/m/packages',
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
