/** 一张券的一生 in the console: found by its code, told from its first day to its last, given and taken back by hand. */
import { beforeEach, describe, expect, test } from 'vitest';
import { campaign, line, refund, sale, spend, store, template } from '../../support/builders.ts';
import { couponRows, memberId } from '../../support/shop.ts';
import { words, type Answered } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const li = { externalId: 'L', phone: '13912345487', name: '李女士' };

let opened: Console;
const own = (): string => `/console/members/${String(memberId(opened.shop.db, 'ext:pos:L'))}`;
const codeOf = (template: string): string =>
  couponRows(opened.shop.db).find(({ templateId }) => templateId === template)?.id ?? '';
const codes = (): string[] => couponRows(opened.shop.db).map(({ id }) => id);
const find = (code: string, by = opened.owner): Promise<Answered> =>
  opened.send('/console/find-coupon', { code }, by);
async function lifeOf(code: string): Promise<string> {
  const { location } = await find(code);
  return words(await opened.owner.get(location ?? ''));
}
const give = (given: object = {}): Promise<Answered> =>
  opened.send(`${own()}/grant`, { templateId: 'T10', count: '1', reason: '上周缺货，补偿', ...given });
const audit = (): unknown[] => opened.shop.db.all(`SELECT act, by FROM audit_rows ORDER BY seq`);

beforeEach(async () => {
  opened = await openConsole({
    templates: [
      template('T10', { name: '满100减10', valueFen: 1_000, minSpendFen: 10_000, perMember: 2 }),
      template('T5', { name: '五元券', valueFen: 500 }),
    ],
    campaigns: [
      campaign('C1', {
        name: '满188送券',
        conditions: [spend(18_800)],
        rewards: [{ kind: 'coupon', templateId: 'T5', count: 1 }],
      }),
    ],
    stores: [store({ id: '8005' })],
  });
  await opened.shop.tell(
    sale({ orderNo: '8005-1', member: li, paidFen: 20_000, lines: [line({ amountFen: 20_000 })] }),
  );
});

describe('a coupon is found by its code', () => {
  test('in small letters, with spaces, and with O for 0, as the till understands it; what is no code finds nothing', async () => {
    const [code = ''] = codes();
    const page = await find(code);
    expect([page.status, page.location]).toEqual([
      303,
      expect.stringMatching(/^\/console\/members\/.+\/coupons\/\d+-0$/),
    ]);
    const typed = ` ${code
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll(/(.{4})/g, '$1 ')}`;
    expect((await find(typed)).location).toBe(page.location);
    // Where it stands could be read by anybody who sees the address.
    expect(page.location).not.toContain(code);
    expect([(await find('NOSUCHCODE')).status, (await find('，')).status]).toEqual([404, 404]);
  });

  test('by a manager or a cashier of the member’s store, and by nobody else', async () => {
    const [code = ''] = codes();
    const there = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
    const elsewhere = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['9000'] }));
    const { location } = await find(code, there);
    expect([(await there.get(location ?? '')).status, (await find(code, elsewhere)).status]).toEqual([
      200, 404,
    ]);
    expect((await elsewhere.get(location ?? '')).status).toBe(404);
    expect((await opened.send(`${location ?? ''}/revoke`, { reason: '试试' }, there)).status).toBe(403);
  });
});

describe('its life', () => {
  test('says which campaign and which sale brought it, on which sale it took off what, and that it came back', async () => {
    const [code = ''] = codes();
    const page = await lifeOf(code);
    expect(page).toContain('活动 满188送券 ，单号 8005-1');
    await opened.shop.tell(
      sale({
        orderNo: '8005-2',
        member: li,
        couponCodes: [code],
        paidFen: 11_500,
        lines: [line({ amountFen: 12_000 })],
      }),
    );
    const used = await lifeOf(code);
    expect(used).toContain('用在哪里');
    expect(used).toMatch(/减了 5 元 单号 8005-2 那一单付款 115 元 门店 天河店/);
    const { location } = await find(code);
    expect((await opened.owner.get(location ?? '')).text).toContain('href="/console/receipts?order=8005-2"');
    await opened.shop.tell(refund({ orderNo: '8005-2' }));
    expect(await lifeOf(code)).toMatch(/用过一次，又退回了.*退回给会员 退货 8005-2/s);
  });

  test('of one given by hand says by whom and why; the audit has one row', async () => {
    expect((await give()).location).toBe(`${own()}?said=granted`);
    const code = codeOf('T10');
    expect(await lifeOf(code)).toContain('手工发的，陈老板，原因：上周缺货，补偿');
    expect(audit()).toEqual([{ act: 'coupon.grant', by: '陈老板' }]);
    expect(words(await opened.owner.get(own()))).toContain('满100减10');
  });

  test('the third of two a member may have is refused in words, and the form sent twice gives once', async () => {
    await give({ count: '2' });
    const third = await give();
    expect([third.status, words(third)]).toEqual([409, expect.stringContaining('每人最多 2 张，已领 2 张')]);
    expect(codes().length).toBe(3);
  });
});

describe('a coupon is taken back by hand', () => {
  test('after a question, with a reason: it works no more, its place in the stock is free, and the audit says who', async () => {
    await give({ count: '2' });
    const code = codeOf('T10');
    const to = (await find(code)).location ?? '';
    const asked = words(await opened.owner.get(`${to}/revoke`));
    expect(asked).toContain('收回李女士的 1 张“满100减10”');
    expect((await opened.send(`${to}/revoke`, { reason: '' })).status).toBe(422);
    const done = await opened.send(`${to}/revoke`, { reason: '发错了人', coupon: code });
    expect(done.location).toBe(`${to}?said=coupon-revoked`);
    expect(await lifeOf(code)).toMatch(/已收回.*收回 手工收回：发错了人 陈老板/s);
    expect(audit().at(-1)).toEqual({ act: 'coupon.revoke', by: '陈老板' });
    const other = await opened.send(`${to}/revoke`, { reason: '发错了人', coupon: 'ANOTHER' });
    expect(words(other)).toContain('刚刚有新的变动');
    opened.shop.clock.now += 1_000;
    // She may have two: one of them is hers to get again.
    expect((await give()).status).toBe(303);
    // Asked once more, nothing changes.
    await opened.send(`${to}/revoke`, { reason: '发错了人', coupon: code });
    expect(opened.shop.db.all(`SELECT count(*) AS n FROM coupon_moves WHERE act = 'revoked'`)).toEqual([
      { n: 1 },
    ]);
  });

  test('not when it has been used: the page says so', async () => {
    const [code = ''] = codes();
    const to = (await find(code)).location ?? '';
    await opened.shop.tell(
      sale({ orderNo: '8005-2', member: li, couponCodes: [code], lines: [line({ amountFen: 12_000 })] }),
    );
    const refused = await opened.send(`${to}/revoke`, { reason: '发错了人', coupon: code });
    expect([refused.status, words(refused)]).toEqual([409, expect.stringContaining('已经在')]);
  });
});
