/** 导购发券 (J-28, J-29): offered to many or given to a few from her phone; who took it, who used it, and what comes back after 14 days. */
import { beforeEach, expect, test } from 'vitest';
import { sale, template } from '../support/builders.ts';
import { guide, join } from '../support/scenes.ts';
import { couponRows, outboxRows, type Shop } from '../support/shop.ts';
import { unite } from '../../workers/commands/members/merge.ts';
import type { MemberId } from '../../schema/index.ts';
import { employ, signInAs } from './console/support.ts';
import {
  logIn,
  openPages,
  tokenIn,
  withSms,
  words,
  type Answered,
  type Pages,
  type Visitor,
} from './support.ts';

const dayMs = 86_400_000;
let pages: Pages;
let shop: Shop;
let li: Visitor;

beforeEach(async () => {
  pages = await openPages({
    settings: withSms,
    associates: [
      { ...guide('g7', '小李'), openid: 'oLi' },
      { ...guide('g8', '小王'), openid: 'oWang' },
    ],
    templates: [
      template('T1', { name: '奶粉券', valueFen: 1_000, minSpendFen: 0, associateQuota: 3, stock: 10 }),
      template('T2', { name: '店里的券' }),
    ],
  });
  ({ shop } = pages);
  for (const [place, openid] of ['oMa', 'oBa', 'oYi', 'oShu'].entries())
    await join(shop, openid, `1391234548${String(place)}`, openid.slice(1));
  shop.db.all(`UPDATE members SET associate_id = 'g7'`);
  li = pages.visitor();
  await logIn(pages, li, 'oLi', '/a/');
});

const idOf = (name: string): string =>
  String(shop.db.all(`SELECT id FROM members WHERE name = ?`, name)[0]?.['id']);

/** 小李 (or somebody else) sends the form of 发券, drawn once. */
async function push(
  names: readonly string[],
  given: Readonly<Record<string, string>> = {},
  by = li,
): Promise<Answered> {
  const { text } = await by.get('/a/push');
  const key = /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const fields = { token: tokenIn({ text }), key, template: 'T1', mode: 'entrance', ...given };
  const form = new URLSearchParams(fields);
  for (const name of names) form.append('member', idOf(name));
  return by.post('/a/push', form as never);
}

async function take(openid: string): Promise<Answered> {
  const visitor = pages.visitor();
  await logIn(pages, visitor, openid);
  const shown = await visitor.get('/m/offers');
  const of = /name="of" value="([^"]+)"/.exec(shown.text)?.[1] ?? 'none';
  return visitor.post('/m/offers', { token: tokenIn(shown) || tokenIn(await visitor.get('/m/leave')), of });
}
const mine = async (): Promise<string> => words(await li.get('/a/pushes'));

test('J-28: a claim entrance goes to two members: each is told, neither has a coupon until she takes it, and taking twice is one', async () => {
  expect((await push(['Ma', 'Ba'])).location).toBe('/a/pushes');
  const told = outboxRows(shop.db).filter(({ kind }) => kind !== 'joined');
  expect(told.map(({ kind, payload }) => [kind, payload])).toEqual([
    ['coupon-offered', { associate: '小李', coupon: '奶粉券' }],
    ['coupon-offered', { associate: '小李', coupon: '奶粉券' }],
  ]);
  expect(couponRows(shop.db)).toEqual([]);
  expect((await take('oMa')).location).toBe('/m/');
  expect((await take('oMa')).status).toBe(409);
  expect(couponRows(shop.db)).toMatchObject([{ templateId: 'T1', memberId: idOf('Ma') }]);
  expect(await mine()).toContain('发给 2 位：领了 1，用了 0，收回 0');
});

test('J-28: given directly to named members, it is there at once, and nobody has to be told', async () => {
  await push(['Ma', 'Ba'], { mode: 'direct' });
  expect(
    couponRows(shop.db)
      .map(({ memberId }) => memberId)
      .toSorted(),
  ).toEqual([idOf('Ma'), idOf('Ba')].toSorted());
  expect(await mine()).toContain('发给 2 位：领了 2，用了 0，收回 0');
});

test('J-28: of a quota of 3 the fourth is refused, also when two forms are sent at once; the same form twice is one push', async () => {
  const refused = await push(['Ma', 'Ba', 'Yi', 'Shu']);
  expect([refused.status, words(refused)]).toEqual([422, expect.stringContaining('每位导购最多 3 张')]);
  // What she ticked is still ticked.
  expect(refused.text.match(/name="member"[^>]* checked/g)).toHaveLength(4);
  const both = await Promise.all([push(['Ma', 'Ba']), push(['Yi', 'Shu'])]);
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 422]);
  const same = { key: 'abcdefghijklmnopqrstuvwxyz' };
  await push(['Ma'], same);
  await push(['Ma'], same);
  expect(shop.db.all(`SELECT count(*) AS places FROM push_places`)).toEqual([{ places: 3 }]);
});

test('J-28: only coupons that associates may give, and only to her own members', async () => {
  expect((await push(['Ma'], { template: 'T2' })).status).toBe(422);
  const wang = pages.visitor();
  await logIn(pages, wang, 'oWang', '/a/');
  await push(['Ma'], {}, wang);
  expect(shop.db.all(`SELECT * FROM push_places`)).toEqual([]);
  expect(words(await wang.get('/a/push'))).toContain('没有找到您的会员');
});

test('J-29: pushed 14 days ago, what nobody took is reclaimed and her quota is whole again; what was taken stays, and says by which receipt it was used', async () => {
  await push(['Ma', 'Ba', 'Yi']);
  await take('oMa');
  const [coupon] = couponRows(shop.db);
  shop.clock.now += 60_000;
  await shop.tell(
    sale({
      orderNo: 'A7',
      at: '2026-11-22 15:10',
      member: { openid: 'oMa' },
      couponCodes: [String(coupon?.id)],
    }),
  );
  expect(await mine()).toContain('领了 1，用了 1，收回 0');
  shop.clock.now += 14 * dayMs;
  expect((await take('oBa')).status).toBe(409);
  li = pages.visitor();
  await logIn(pages, li, 'oLi', '/a/');
  expect(await mine()).toContain('发给 3 位：领了 1，用了 1，收回 2');
  const [one] = shop.db.all(`SELECT id FROM pushes`);
  const shown = words(await li.get(`/a/pushes?of=${String(one?.['id'])}`));
  expect(shown).toContain('用掉了（单号 A7）');
  expect(shown).toContain('没有领，已收回');
  expect(words(await li.get('/a/push'))).toContain('还可以发 2 张');
  expect((await push(['Ba', 'Yi'])).status).toBe(303);
});

test('J-29: the office sees by whom, and of how many it was taken, used and reclaimed', async () => {
  await push(['Ma', 'Ba']);
  await take('oMa');
  const manager = await signInAs(pages, await employ(pages, 'manager'));
  expect(words(await manager.get('/console/pushes'))).toContain('小李 奶粉券 自己领 2 1 0 0');
  expect(shop.db.all(`SELECT by, act FROM audit_rows`)).toEqual([{ by: '小李', act: 'push.send' }]);
});

test('two members who turn out to be one take a push once', async () => {
  await push(['Ma', 'Ba']);
  await take('oMa');
  await unite(
    shop.engine,
    { key: 'k', fromId: idOf('Ma') as MemberId, intoId: idOf('Ba') as MemberId },
    shop.clock.now,
  );
  expect((await take('oBa')).status).toBe(409);
  expect(couponRows(shop.db)).toHaveLength(1);
});
