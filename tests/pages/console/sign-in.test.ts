/** 登录后台: by a link that works once, and by a code that only the shop's people can answer. */
import { describe, expect, test } from 'vitest';
import { keyOfWord } from '../../../workers/commands/people/sign-in.ts';
import { placeOf } from '../../../workers/pages/console/kit/session.ts';
import { codeText } from '../../support/qr.ts';
import {
  home,
  newVisitor,
  openPages,
  logIn,
  tokenIn,
  withSms,
  words,
  type Pages,
  type Visitor,
} from '../support.ts';
import { employ, linkOf, openConsole, signInAs } from './support.ts';

const shop = { name: '陈老板', shopName: '阳光小镇', publicUrl: 'https://shop.example', trade: 'maternity' };

describe('the first person', () => {
  test('who opens the first link is asked four things, becomes the owner, and stands in the console', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const link = await linkOf(pages, null);
    expect(words(await visitor.get(link))).toContain('欢迎使用回客');
    expect((await visitor.post(link, shop)).location).toBe('/console/');
    const home = await visitor.get('/console/');
    expect(home.status).toBe(200);
    expect(home.text).toContain('陈老板');
    expect(pages.shop.db.all(`SELECT name, role FROM people`)).toEqual([{ name: '陈老板', role: 'owner' }]);
  });

  test('a shop on this machine that has another port by now is offered the address it was opened at, and taken with it', async () => {
    const pages = await openPages({ settings: { ...withSms, publicUrl: 'http://localhost:8787' } });
    const visitor = pages.visitor({ origin: 'http://localhost:8790' });
    const link = await linkOf(pages, null);
    expect((await visitor.get(link)).text).toContain('value="http://localhost:8790"');
    const publicUrl = 'http://localhost:8790';
    expect((await visitor.post(link, { ...shop, publicUrl })).location).toBe('/console/');
  });

  test('whoever set the deployment up in a browser opens the shop with its code, and nobody does after her', async () => {
    const openingCode = 'nine brown cows graze';
    const pages = await openPages({ openingCode });
    const visitor = pages.visitor();
    expect(words(await visitor.get('/console/sign-in'))).toContain('填部署时设的开店口令');
    const wrong = await visitor.post('/console/sign-in/open', { code: 'nine brown cows' });
    expect([wrong.status, words(wrong).includes('口令不对')]).toEqual([422, true]);
    const { location } = await visitor.post('/console/sign-in/open', { code: openingCode });
    expect(location).toMatch(/^\/console\/enter\/[0-9a-z]{26}$/);
    expect((await visitor.post(location ?? '', shop)).location).toBe('/console/');
    expect(words(await pages.visitor().get('/console/sign-in'))).not.toContain('开店口令');
    const late = await pages.visitor().post('/console/sign-in/open', { code: openingCode });
    expect(late.location).toBe('/console/sign-in');
    expect(pages.shop.db.all(`SELECT name, role FROM people`)).toEqual([{ name: '陈老板', role: 'owner' }]);
  });

  test('after twenty wrong codes the right one waits ten minutes, and a form of another site opens nothing', async () => {
    const openingCode = 'nine brown cows graze';
    const pages = await openPages({ openingCode });
    const visitor = pages.visitor();
    for (let turn = 0; turn < 20; turn += 1)
      await visitor.post('/console/sign-in/open', { code: `x${String(turn)}` });
    expect((await visitor.post('/console/sign-in/open', { code: openingCode })).status).toBe(429);
    pages.shop.clock.now += 10 * 60_000 + 1;
    const elsewhere = await visitor.post(
      '/console/sign-in/open',
      { code: openingCode },
      { origin: 'https://x.example' },
    );
    expect(elsewhere.location).toBe('/console/sign-in');
    expect((await visitor.post('/console/sign-in/open', { code: openingCode })).location).toContain(
      '/enter/',
    );
  });

  test('a deployment without a code asks for none, and takes none', async () => {
    const pages = await openPages();
    expect(words(await pages.visitor().get('/console/sign-in'))).not.toContain('开店口令');
    expect((await pages.visitor().post('/console/sign-in/open', { code: '' })).location).toBe(
      '/console/sign-in',
    );
  });

  test('a second first link makes no second owner', async () => {
    const pages = await openPages();
    const [one, other] = [await linkOf(pages, null), await linkOf(pages, null)];
    await pages.visitor().post(one, shop);
    expect((await pages.visitor().get(other)).status).toBe(410);
    expect((await pages.visitor().post(other, shop)).status).toBe(410);
  });

  test('an empty name, a page without https and a trade nobody knows are each said at their field', async () => {
    const pages = await openPages();
    const link = await linkOf(pages, null);
    const answer = await pages.visitor().post(link, { ...shop, name: ' ', publicUrl: 'shop', trade: 'x' });
    expect(answer.status).toBe(422);
    expect(words(answer)).toMatch(/请填您的称呼.*请填以 https:\/\/ 开头的网址.*请选一个行业/s);
    expect(pages.shop.db.all(`SELECT 1 FROM people`)).toEqual([]);
  });
});

describe('a link', () => {
  test('lets in once: to look at it takes nothing, and the second who presses stays outside', async () => {
    const pages = await openPages();
    const person = await employ(pages, 'manager', { name: '小王' });
    const link = await linkOf(pages, person);
    await pages.visitor().get(link);
    const [first, second] = [pages.visitor(), pages.visitor()];
    expect((await first.post(link, {})).location).toBe('/console/');
    expect((await second.post(link, {})).status).toBe(410);
    expect((await second.get('/console/')).location).toBe('/console/sign-in');
  });

  test('is over after its time, and when the person has left', async () => {
    const pages = await openPages();
    const person = await employ(pages, 'manager');
    const [late, gone] = [await linkOf(pages, person), await linkOf(pages, person)];
    pages.shop.clock.now += 600_001;
    expect((await pages.visitor().post(late, {})).status).toBe(410);
    pages.shop.db.all(`UPDATE people SET ended_at = 1`);
    expect((await pages.visitor().post(gone, {})).status).toBe(410);
  });

  test('cannot be pressed by a form of another site', async () => {
    const pages = await openPages();
    const link = await linkOf(pages, await employ(pages, 'owner'));
    const answer = await pages.visitor().post(link, {}, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });
});

type Screen = { readonly browser: Visitor; readonly url: string; readonly number: string };

/** What a computer shows: the address in the code, and the number beside it. */
async function showCode(pages: Pages, browser = pages.visitor()): Promise<Screen> {
  const { text } = await browser.get('/console/sign-in');
  const [, number = ''] = /class="big"[^>]*>\s*(\d\d)/.exec(text) ?? [];
  return { browser, url: codeText(text), number };
}

/** A person whose WeChat is `openid` scans it and answers with a number. */
async function answerOnPhone(pages: Pages, openid: string, url: string, number: string) {
  const phone = pages.visitor();
  const { pathname, search } = new URL(url);
  await logIn(pages, phone, openid, pathname + search);
  const page = await phone.get(pathname + search);
  // A code that cannot be answered any more shows no form.
  if (page.status !== 200) return page;
  const fields = Object.fromEntries(new URL(url).searchParams);
  return phone.post(pathname, { ...fields, token: tokenIn(page), number });
}

describe('a code', () => {
  test('goes on by itself once somebody of the shop has typed the number on the phone; it works once', async () => {
    const pages = await openPages();
    await employ(pages, 'owner', { name: '陈老板', openid: 'oBoss' });
    const { browser, url, number } = await showCode(pages);
    expect((await browser.get('/console/sign-in/wait')).status).toBe(204);
    expect(words(await answerOnPhone(pages, 'oBoss', url, number))).toContain('已确认');
    expect((await browser.get('/console/sign-in/wait')).status).toBe(200);
    expect((await browser.get('/console/sign-in')).location).toBe('/console/');
    expect((await browser.get('/console/')).status).toBe(200);
    expect((await answerOnPhone(pages, 'oBoss', url, number)).status).toBe(410);
  });

  test('lets in only the browser that shows it: whoever photographed it stays outside', async () => {
    const pages = await openPages();
    await employ(pages, 'owner', { openid: 'oBoss' });
    const { url, number } = await showCode(pages);
    const thief = pages.visitor();
    await showCode(pages, thief);
    await answerOnPhone(pages, 'oBoss', url, number);
    expect((await thief.get('/console/sign-in')).status).toBe(200);
    expect((await thief.get('/console/')).location).toBe('/console/sign-in');
  });

  test('a relayed one comes without the number: a wrong one burns it, and it cannot be tried again', async () => {
    const pages = await openPages();
    await employ(pages, 'owner', { openid: 'oBoss' });
    const { browser, url, number } = await showCode(pages);
    const wrong = number === '10' ? '11' : '10';
    expect((await answerOnPhone(pages, 'oBoss', url, wrong)).status).toBe(403);
    expect((await answerOnPhone(pages, 'oBoss', url, number)).status).toBe(410);
    expect(words(await browser.get('/console/sign-in'))).toContain('这个码已经作废');
    expect((await browser.get('/console/')).location).toBe('/console/sign-in');
  });

  test('is over after two minutes, cannot be lengthened by hand, and says nothing to a stranger', async () => {
    const pages = await openPages();
    await employ(pages, 'owner', { openid: 'oBoss' });
    const { url, number } = await showCode(pages);
    expect((await answerOnPhone(pages, 'oStranger', url, number)).status).toBe(403);
    const longer = new URL(url);
    longer.searchParams.set('u', String(pages.shop.clock.now + 86_400_000));
    expect((await answerOnPhone(pages, 'oBoss', longer.href, number)).status).toBe(410);
    pages.shop.clock.now += 2 * 60_000;
    expect((await answerOnPhone(pages, 'oBoss', url, number)).status).toBe(410);
  });
});

/** A request as it comes to a Worker of Cloudflare's; browsers say how long it is. */
function told(path: string, init: RequestInit, cf: object): Request {
  const request = new Request(new URL(path, home), init);
  if (typeof init.body === 'string') request.headers.set('content-length', String(init.body.length));
  return Object.assign(request, { cf }) as Request;
}

describe('a session', () => {
  test('is ended from another device, and out with the next request', async () => {
    const { owner, boss, send, ...pages } = await openConsole();
    const phone = await signInAs(pages, boss);
    const me = await owner.get('/console/me');
    const keys = [...me.text.matchAll(/name="key" value="([^"]+)"/g)].map(([, key = '']) => key);
    expect(keys).toHaveLength(2);
    const ownKey = await keyOfWord([...owner.cookies.values()].join());
    const other = keys.find((key) => key !== ownKey) ?? '';
    await send('/console/me/end', { key: other });
    expect((await phone.get('/console/')).location).toBe('/console/sign-in');
    expect((await owner.get('/console/')).status).toBe(200);
  });

  test('is listed with the country and the city that Cloudflare told when it began, and without where none was told', async () => {
    const { owner, boss, ...pages } = await openConsole();
    expect(words(await owner.get('/console/me'))).not.toContain('地点');
    const far = newVisitor(async (path, init) =>
      pages.app.request(told(path, init, { country: 'CN', city: 'Guangzhou' })),
    );
    await signInAs(pages, boss, far);
    expect(words(await owner.get('/console/me'))).toMatch(/地点.*中国 Guangzhou/s);
    expect(pages.shop.db.all(`SELECT place FROM console_sessions ORDER BY place`)).toEqual([
      { place: null },
      { place: '中国 Guangzhou' },
    ]);
  });

  test.each([
    ['the country alone', { country: 'HK' }, '中国香港特别行政区'],
    ['a city of nobody knows which country', { country: 'XX', city: 'Zürich' }, 'Zürich'],
    ['the Tor network', { country: 'T1' }, null],
    ['a name without an end', { city: 'x'.repeat(999) }, 'x'.repeat(60)],
    ['nothing', {}, null],
  ])('of which Cloudflare told %s says so', (_, cf, place) => {
    expect(placeOf(told('/', {}, cf))).toBe(place);
  });

  test('is over after seven days without use, and for a person who has left at once', async () => {
    const { owner, ...pages } = await openConsole();
    pages.shop.clock.now += 7 * 86_400_000 - 1;
    expect((await owner.get('/console/')).status).toBe(200);
    pages.shop.clock.now += 7 * 86_400_000;
    expect((await owner.get('/console/')).location).toBe('/console/sign-in');
    const manager = await employ(pages, 'manager');
    const visitor = await signInAs(pages, manager);
    pages.shop.db.all(`UPDATE people SET ended_at = 1 WHERE id = ?`, manager.id);
    expect((await visitor.get('/console/')).location).toBe('/console/sign-in');
  });

  test('a form without its token changes nothing', async () => {
    const { owner, shop: own } = await openConsole();
    const answer = await owner.post('/console/people/new', { name: '小王', role: 'manager' });
    expect(answer.status).toBe(403);
    expect(own.db.all(`SELECT count(*) AS n FROM people`)).toEqual([{ n: 1 }]);
  });

  test('nothing in the database opens a door: words of cookies and links are kept as hashes', async () => {
    const { owner, shop: own } = await openConsole();
    const kept = JSON.stringify([
      own.db.all(`SELECT * FROM console_sessions`),
      own.db.all(`SELECT * FROM entries`),
    ]);
    for (const word of owner.cookies.values()) expect(kept).not.toContain(word);
    expect(kept).not.toContain('word0000');
  });
});
