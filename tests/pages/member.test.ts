/** 会员中心: the numbers are those of the ledgers (K-11), and whoever wants to be forgotten is. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { at, campaign, line, recharge, refund, sale, template } from '../support/builders.ts';
import { balanceOf, ledgerFaults, ledgerRows, memberRows } from '../support/shop.ts';
import { logIn, openPages, signUp, tokenIn, withSms, words, type Answered } from './support.ts';

const accountIn = ({ text }: Answered, account: string): string =>
  new RegExp(`data-account="${account}">([^<]+)<`).exec(text)?.[1] ?? '';

const relative = (afterDays: number, forDays: number) => ({ relative: { afterDays, forDays } });
const key = 'openid:oNewcomer';

describe('the member’s page', () => {
  const stocked = {
    now: '2026-11-01 10:00',
    templates: [
      template('8元券', { valueFen: 800, minSpendFen: 8_000, validity: relative(7, 7) }),
      template('5元券', { valueFen: 500, validity: relative(0, 7) }),
      template('九折券', { kind: 'percent', payBps: 8_500, validity: relative(0, 3) }),
      template('理发', { kind: 'experience', validity: relative(0, 90) }),
    ],
    campaigns: [
      campaign('新人礼', {
        trigger: 'member.joined',
        conditions: [],
        rewards: ['8元券', '5元券', '九折券', '理发'].map((templateId) => ({ kind: 'coupon', templateId })),
      }),
      campaign('红包', { rewards: [{ kind: 'red-packet', minFen: 1234, maxFen: 1234 }] }),
    ],
  };

  test('tells points that can be spent from those that wait, and says when they end', async () => {
    const points = { expiry: { mode: 'next-year-end' }, pendingDays: 7 };
    const pages = await openPages({ now: '2026-11-01 10:00', settings: { points } as never });
    const { shop } = pages;
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const member = { openid: 'oNewcomer' };
    await shop.tell(
      sale({ orderNo: 'A', member, at: '2026-11-01 11:00', lines: [line({ amountFen: 12_000 })] }),
    );
    const before = await visitor.get('/m/');
    expect([accountIn(before, 'points'), accountIn(before, 'pending')]).toEqual(['0', '120']);
    expect(words(before)).toContain('11月8日可以用');
    shop.clock.now = at('2026-11-08 00:00');
    const after = await visitor.get('/m/');
    expect([accountIn(after, 'points'), accountIn(after, 'pending')]).toEqual(['120', '']);
    expect(words(after)).toContain('120 积分，2027年12月31日到期');
    shop.clock.now = at('2028-01-01 00:00');
    await logIn(pages, visitor, 'oNewcomer');
    expect(accountIn(await visitor.get('/m/'), 'points')).toBe('0');
  });

  test('shows points, money and coupons as the ledgers have them, after sales, a return and a recharge', async () => {
    const pages = await openPages(stocked);
    const { shop } = pages;
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const member = { openid: 'oNewcomer' };
    const big = [line({ amountFen: 1_234_500 })];
    await shop.tell(sale({ orderNo: 'A', member, at: '2026-11-01 11:00', lines: big }));
    await shop.tell(
      sale({ orderNo: 'B', member, at: '2026-11-01 12:00', lines: [line({ amountFen: 30_000 })] }),
    );
    await shop.tell(refund({ orderNo: 'B', at: '2026-11-01 13:00' }));
    await shop.tell(recharge({ member, at: '2026-11-01 14:00' }));
    const page = await visitor.get('/m/');
    expect(accountIn(page, 'points')).toBe('12,345');
    expect(accountIn(page, 'wallet')).toBe('12.34');
    expect(accountIn(page, 'stored')).toBe('550');
    const stored = words(await visitor.get('/m/stored'));
    expect(stored).toContain('550 本金 500 元 赠送 50 元 累计充值 500 元，赠送 50 元。');
    expect(accountIn(page, 'coupons')).toBe('4');
    expect(balanceOf(shop.db, key)).toBe(12_345);
    expect(balanceOf(shop.db, key, 'wallet')).toBe(1234);
    expect(balanceOf(shop.db, key, 'principal') + balanceOf(shop.db, key, 'bonus')).toBe(55_000);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('lists what can be used now first, the soonest to end before the others, each with its days', async () => {
    const pages = await openPages(stocked);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const list = words(await visitor.get('/m/')).split('券包')[1] ?? '';
    expect(list).toMatch(
      /^ 8.5 折 九折券 无门槛 有效期至 11月3日 5 元 5元券 无门槛 有效期至 11月7日 体验 理发 无门槛 有效期至 2027年1月29日 8 元 8元券 满 80 元可用 11月8日 起可用，至 11月14日/,
    );
  });

  test('a gift that registering brought is promised only where there is one', async () => {
    const poor = await openPages();
    const visitor = poor.visitor();
    await signUp(poor, visitor);
    const page = words(await visitor.get('/m/'));
    expect(page).toContain('注册成功，欢迎您！');
    expect(page).not.toContain('您的券就在下面');
    const rich = await openPages(stocked);
    const other = rich.visitor();
    await signUp(rich, other);
    expect(words(await other.get('/m/'))).toContain('注册成功，欢迎您！您的券就在下面。');
  });

  test('a coupon is gone from the list with its last day, and the count with it', async () => {
    const pages = await openPages(stocked);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    pages.shop.clock.now = at('2026-11-03 23:59');
    expect(accountIn(await visitor.get('/m/'), 'coupons')).toBe('4');
    pages.shop.clock.now = at('2026-11-04 00:00');
    const page = await visitor.get('/m/');
    expect(accountIn(page, 'coupons')).toBe('3');
    expect(words(page)).not.toContain('九折券');
  });

  test('names nobody else: a second member sees their own', async () => {
    const pages = await openPages(stocked);
    await signUp(pages, pages.visitor());
    await pages.shop.tell(sale({ member: { openid: 'oNewcomer' }, at: '2026-11-01 11:00' }));
    const other = pages.visitor();
    await signUp(pages, other, { openid: 'oOther', phone: '13800001111', name: '<b>李</b>' });
    const page = await other.get('/m/');
    expect(page.text).not.toContain('陈小满');
    expect(page.text).toContain('&lt;b&gt;李&lt;/b&gt;，您好');
    expect(accountIn(page, 'points')).toBe('0');
  });

  test('welcomes once, not the next day', async () => {
    const pages = await openPages(stocked);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    expect(words(await visitor.get('/m/'))).toContain('注册成功');
    pages.shop.clock.now += 86_400_000;
    expect(words(await visitor.get('/m/'))).not.toContain('注册成功');
  });

  test('whom only the till knows by their WeChat sees their points, and is asked to prove the phone', async () => {
    const pages = await openPages();
    await pages.shop.tell(sale({ member: { externalId: 'M1', openid: 'oTill' } }));
    const visitor = pages.visitor();
    await logIn(pages, visitor, 'oTill');
    const page = await visitor.get('/m/');
    expect(accountIn(page, 'points')).toBe('100');
    expect(words(page)).toContain('您还没有验证手机号');
    expect((await visitor.get('/m/register')).status).toBe(200);
  });

  test('leads whoever is no member to the form', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await logIn(pages, visitor, 'oNobody');
    for (const path of ['/m/', '/m/leave']) expect((await visitor.get(path)).location).toBe('/m/register');
  });
});

describe('leaving', () => {
  test('asks once more, with what will be lost, and nothing happens without a yes', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    await pages.shop.tell(sale({ member: { openid: 'oNewcomer' } }));
    const asked = await visitor.get('/m/leave');
    expect(words(asked)).toContain('100 积分');
    const token = tokenIn(asked);
    const unsure = await visitor.post('/m/leave', { token });
    expect(unsure.status).toBe(422);
    expect(words(unsure)).toContain('请先勾选，确认您要注销');
    expect(memberRows(pages.shop.db)).toMatchObject([{ deletedAt: null, name: '陈小满' }]);
  });

  test('forgets who they were, keeps the anonymous ledger, and ends the login', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    await pages.shop.tell(sale({ member: { openid: 'oNewcomer' } }));
    const token = tokenIn(await visitor.get('/m/leave'));
    const gone = await visitor.post('/m/leave', { token, sure: 'yes' });
    expect([gone.status, words(gone).startsWith('已经注销')]).toEqual([200, true]);
    expect(memberRows(pages.shop.db)).toMatchObject([
      { name: null, phone: null, children: null, deletedAt: pages.shop.clock.now },
    ]);
    expect(ledgerRows(pages.shop.db).length).toBeGreaterThan(0);
    expect(pages.shop.db.all(`SELECT * FROM identities`)).toEqual([]);
    expect(visitor.cookies.has('__Host-huike')).toBe(false);
    expect((await visitor.get('/m/')).location).toBe('/m/login?to=%2Fm%2F');
  });

  test('does not touch another member', async () => {
    const pages = await openPages();
    await signUp(pages, pages.visitor(), { openid: 'oOther', phone: '13800001111' });
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    await visitor.post('/m/leave', { token: tokenIn(await visitor.get('/m/leave')), sure: 'yes' });
    expect(memberRows(pages.shop.db).filter(({ deletedAt }) => deletedAt === null)).toMatchObject([
      { phone: '13800001111' },
    ]);
  });
});

describe('every page', () => {
  test.each(['/m/', '/m/register', '/m/leave', '/m/privacy', '/a/', '/m/nowhere', '/m/login/return'])(
    '%s runs no script but its own, is framed by nobody, and is kept nowhere',
    async (path) => {
      const pages = await openPages();
      const visitor = pages.visitor();
      await logIn(pages, visitor, 'oNewcomer');
      const { headers, text } = await visitor.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'nonce-[0-9a-z]{26}'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('cache-control')).toBe('no-store');
      const nonces = [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
      for (const attributes of nonces) expect(policy).toContain(/nonce="(\w+)"/.exec(attributes ?? '')?.[1]);
      expect(text).not.toMatch(/\son\w+=|style=|https?:\/\//);
    },
  );

  test('two visits have two nonces', async () => {
    const pages = await openPages();
    const [one, other] = [await pages.visitor().get('/m/privacy'), await pages.visitor().get('/m/privacy')];
    expect(one.headers.get('content-security-policy')).not.toBe(other.headers.get('content-security-policy'));
  });

  test('a database that does not answer is said in Chinese, without the words of the error', async () => {
    const pages = await openPages({
      through: (db) => ({
        batch: (statements) =>
          statements.some(({ sql }) => sql.includes('FROM settings'))
            ? Promise.reject(new Error('D1_ERROR: secret details'))
            : db.batch(statements),
      }),
    });
    const answer = await pages.visitor().get('/m/privacy');
    expect(answer.status).toBe(503);
    expect(words(answer)).toContain('过一会儿再试');
    expect(answer.text).not.toContain('secret');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('the files by which WeChat knows whose domain it is', () => {
  const settings = MerchantSettings.parse({
    ...withSms,
    domainFiles: { 'MP_verify_aBc123.txt': 'aBc123', 'WW_verify_x9.txt': 'x9' },
  });

  test('are at the root of the domain, to the letter', async () => {
    const { visitor } = await openPages({ settings });
    const file = await visitor().get('/MP_verify_aBc123.txt');
    expect([file.status, file.text, file.headers.get('content-type')]).toEqual([
      200,
      'aBc123',
      'text/plain;charset=UTF-8',
    ]);
    expect((await visitor().get('/WW_verify_x9.txt')).text).toBe('x9');
  });

  test.each(['/MP_verify_other.txt', '/MP_verify_constructor.txt', '/robots.txt', '/MP_verify_aBc123.txt/x'])(
    '%s is not there',
    async (path) => {
      const { visitor } = await openPages({ settings });
      expect((await visitor().get(path)).status).toBe(404);
    },
  );

  test.each([
    { '../MP_verify_a.txt': 'a' },
    { 'index.html': 'a' },
    { 'MP_verify_a.txt': '' },
    { 'MP_verify_a.txt': 'two\nlines' },
    { 'MP_verify_a.html': 'a' },
  ])('%o is not taken for one', (domainFiles) => {
    expect(MerchantSettings.safeParse({ domainFiles }).success).toBe(false);
  });
});
