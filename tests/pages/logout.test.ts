/** 退出登录: a session that was ended is ended everywhere, and nobody ends another's. */
import { describe, expect, test } from 'vitest';
import type { Associate } from '../../schema/index.ts';
import { atForm, logIn, openPages, signUp, tokenIn, words, type Pages, type Visitor } from './support.ts';

const loginTo = (path: string): string => `/m/login?to=${encodeURIComponent(path)}`;

/** Another phone with the same cookie. */
function copyOf(pages: Pages, visitor: Visitor): Visitor {
  const copy = pages.visitor();
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  return copy;
}

const leave = async (visitor: Visitor, path = '/m/logout') =>
  visitor.post(path, { token: tokenIn(await visitor.get(path)) });

describe('a member who logs out', () => {
  test('finds the way on her page, and then no cookie of this login opens anything, copies included', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    expect((await visitor.get('/m/')).text).toContain('href="/m/logout"');
    const copy = copyOf(pages, visitor);
    expect((await copy.get('/m/')).status).toBe(200);
    const form = tokenIn(await copy.get('/m/leave'));

    const out = await leave(visitor);
    expect([out.status, words(out)]).toEqual([200, expect.stringMatching(/^已经退出/)]);
    expect([...visitor.cookies.keys()]).toEqual([]);
    expect((await copy.get('/m/')).location).toBe(loginTo('/m/'));
    expect((await copy.post('/m/leave', { token: form, sure: 'yes' })).status).toBe(401);
    // She is a member as before, and logs in again.
    await logIn(pages, visitor, 'oNewcomer');
    expect((await visitor.get('/m/')).status).toBe(200);
  });

  test('ends this login alone: another phone of hers stays logged in', async () => {
    const pages = await openPages();
    const [one, other] = [pages.visitor(), pages.visitor()];
    await signUp(pages, one);
    await logIn(pages, other, 'oNewcomer');
    await leave(one);
    expect((await other.get('/m/')).status).toBe(200);
  });

  test('looking at the page ends nothing, and a form of somebody else ends nothing', async () => {
    const pages = await openPages();
    const [mine, theirs] = [pages.visitor(), pages.visitor()];
    await signUp(pages, mine);
    await logIn(pages, theirs, 'oOther');
    await mine.get('/m/logout');
    expect((await mine.post('/m/logout', { token: tokenIn(await theirs.get('/m/logout')) })).status).toBe(
      403,
    );
    expect((await mine.get('/m/')).status).toBe(200);
  });

  test('twice from two tabs is told to log in, and nothing breaks', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const second = copyOf(pages, visitor);
    const token = tokenIn(await second.get('/m/logout'));
    await leave(visitor);
    expect((await second.post('/m/logout', { token })).status).toBe(401);
  });
});

test('an associate logs out on her own page in the same way', async () => {
  const own: Associate = { id: 'g7', name: '林小雨', storeId: '8005', openid: 'oGuide' } as Associate;
  const pages = await openPages({ associates: [own] });
  const visitor = pages.visitor();
  await logIn(pages, visitor, 'oGuide', '/a/');
  expect((await visitor.get('/a/')).text).toContain('href="/a/logout"');
  const copy = copyOf(pages, visitor);
  expect(words(await leave(visitor, '/a/logout'))).toMatch(/^已经退出/);
  expect((await copy.get('/a/')).location).toBe(loginTo('/a/'));
});

test('who leaves the shop for good is logged out of every copy of that login', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  await signUp(pages, visitor);
  const copy = copyOf(pages, visitor);
  await visitor.post('/m/leave', { token: tokenIn(await visitor.get('/m/leave')), sure: 'yes' });
  expect((await copy.get('/m/')).location).toBe(loginTo('/m/'));
});

test('an ended login is remembered for as long as it would have lasted, and names nobody', async () => {
  const pages = await openPages();
  const { shop } = pages;
  const ended = () => shop.db.all('SELECT * FROM ended_sessions');
  const [one, other] = [pages.visitor(), pages.visitor()];
  await atForm(pages, one, 'oNewcomer');
  await leave(one);
  expect(ended()).toHaveLength(1);
  expect(JSON.stringify(ended())).not.toContain('oNewcomer');
  shop.clock.now += 7 * 86_400_000;
  await logIn(pages, other, 'oOther');
  await leave(other);
  expect(ended()).toHaveLength(1);
});
