/** 每一页: whatever a page shows, nobody sends its form for somebody else, and a stranger is led to the login and back. */
import { expect, test } from 'vitest';
import { table } from '../../workers/pages/table.ts';
import { logIn, openPages } from './support.ts';

/** Where a page with a parameter is looked at. */
const addressOf = (path: string): string =>
  path.replace(/:outBillNo\{.*\}$/, 'HB1').replace(/:file\{.*\}$/, 'MP_verify_none.txt');

const withForm = table.filter(({ post }) => post !== undefined);
const looked = table.filter(({ get }) => get !== undefined);

test('no two pages are at one place, and each answers to something', () => {
  expect(new Set(table.map(({ path }) => path)).size).toBe(table.length);
  expect(table.filter(({ get, post }) => !get && !post)).toEqual([]);
});

test.each(withForm)('the form of $path is taken from nobody who is not logged in', async ({ path }) => {
  const pages = await openPages();
  const answer = await pages.visitor().post(path, { sure: 'yes' });
  expect(answer.status).toBe(401);
});

test.each(withForm)('the form of $path is not taken from a page of somebody else', async ({ path }) => {
  const pages = await openPages();
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oMember');
  expect((await visitor.post(path, { sure: 'yes', token: 'guessed' })).status).toBe(403);
  const asJson = await visitor.post(path, { sure: 'yes' }, { 'content-type': 'application/json' });
  expect(asJson.status).toBe(415);
});

test.each(looked)(
  'a stranger at $path is led to the login and back, or shown what anyone may see',
  async (one) => {
    const pages = await openPages();
    const address = addressOf(one.path);
    const answer = await pages.visitor().get(address);
    if (answer.location?.startsWith('/m/login?') === true)
      expect(new URL(answer.location, 'https://here.invalid').searchParams.get('to')).toBe(address);
    else expect([200, 302, 400, 404]).toContain(answer.status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  },
);
