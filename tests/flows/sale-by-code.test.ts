/** 单上的会员码: whoever showed the code at the till is the buyer; a code of before, of nobody, or told too late names nobody, and it is said why. */
import { beforeEach, expect, test } from 'vitest';
import type { IdentityKey } from '../../schema/index.ts';
import { ownCode } from '../../workers/commands/member-codes/member-code.ts';
import { readEventDetail } from '../../workers/views/events/event-detail.ts';
import { whyOf } from '../../workers/views/events/event-why.ts';
import { at, sale } from '../support/builders.ts';
import { memberId, openShop, type Shop } from '../support/shop.ts';

let shop: Shop;
let code = '';
const minuteMs = 60_000;
const codeAt = async (moment: number, key = 'openid:oOne'): Promise<string> =>
  (await ownCode(shop.engine, key as IdentityKey, moment))?.code ?? '';
const points = (key: string): unknown =>
  shop.db.all(
    `SELECT coalesce((SELECT sum(delta) FROM ledger WHERE account = 'points' AND member_id = ?), 0) AS n`,
    memberId(shop.db, key),
  )[0]?.['n'];
const owner = (orderNo: string): unknown =>
  shop.db.all(`SELECT member_id AS id FROM sales WHERE order_no = ?`, orderNo)[0]?.['id'] ?? null;
const tell = (orderNo: string, memberCode: string, given: object = {}) =>
  shop.tell(sale({ orderNo, at: '2026-11-22 15:00', member: { memberCode }, ...given }));
async function why(orderNo: string): Promise<string> {
  const [row] = shop.db.all(`SELECT id FROM inbox WHERE body LIKE ? ORDER BY seq DESC`, `%"${orderNo}"%`);
  const detail = await readEventDetail(shop.engine, String(row?.['id']) as never);
  return detail ? whyOf(detail.event) : '';
}

/** M1 and M2 know their WeChat; it is 15:00. */
beforeEach(async () => {
  shop = await openShop({ now: '2026-11-22 15:00' });
  await shop.tell(
    sale({ orderNo: 'A', at: '2026-11-22 14:00', member: { externalId: 'M1', openid: 'oOne' } }),
    sale({ orderNo: 'B', at: '2026-11-22 14:00', member: { externalId: 'M2', openid: 'oTwo' } }),
  );
  code = await codeAt(at('2026-11-22 15:00'));
});

test('a sale of 100 that carries her code is hers and earns 100 points; nobody new comes to be', async () => {
  await tell('C', code.replaceAll(/(.{4})/g, '$1 '));
  expect([owner('C'), points('ext:pos:M1')]).toEqual([memberId(shop.db, 'ext:pos:M1'), 200]);
  expect(shop.db.all(`SELECT count(*) AS n FROM members`)).toEqual([{ n: 2 }]);
  expect(await why('C')).toBe('已处理完成。');
});

test('the code was scanned up to ten minutes before it was paid; an hour before is over, and a phone a minute ahead is good', async () => {
  const paid = at('2026-11-22 15:00');
  for (const [orderNo, minutes] of [
    ['ten', -10],
    ['ahead', 1],
    ['eleven', -11],
    ['hour', -60],
    ['later', 2],
  ] as const)
    await tell(orderNo, await codeAt(paid + minutes * minuteMs));
  const named = ['ten', 'ahead', 'eleven', 'hour', 'later'].map((orderNo) => owner(orderNo) !== null);
  expect(named).toEqual([true, true, false, false, false]);
  expect(await why('eleven')).toContain('单上的会员码早就过期了');
  expect(await why('later')).toContain('没有认出单上的会员码');
});

test('told within a day it counts, as it was when it was paid; told after that it does not', async () => {
  shop.clock.now = at('2026-11-23 14:59');
  await tell('late', code);
  shop.clock.now = at('2026-11-23 15:01');
  await tell('too-late', code);
  expect([owner('late'), owner('too-late')]).toEqual([memberId(shop.db, 'ext:pos:M1'), null]);
  expect(await why('too-late')).toContain('晚了一天以上');
});

test('a guessed code and something else leave the sale to nobody, and the sale counts all the same', async () => {
  await tell('guess', `${code.slice(0, 10)}0000000001`);
  await tell('card', '6901234567892');
  expect([owner('guess'), owner('card')]).toEqual([null, null]);
  expect(await why('guess')).toContain('没有认出单上的会员码');
  expect(await why('card')).toContain('不是会员码');
});

test('whatever else the till names is stronger, and the code of one gives nobody the card of another', async () => {
  await tell('both', code, { member: { externalId: 'M2', memberCode: code } });
  expect(owner('both')).toBe(memberId(shop.db, 'ext:pos:M2'));
  expect(shop.db.all(`SELECT count(*) AS n FROM members`)).toEqual([{ n: 2 }]);
});

test('told again with a higher version it stays hers, and five sales of one page are each their own buyer’s', async () => {
  const two = await codeAt(at('2026-11-22 15:00'), 'openid:oTwo');
  await shop.tell(
    ...[code, two, code, two, '9700000000'].map((memberCode, index) =>
      sale({ orderNo: `page-${String(index)}`, at: '2026-11-22 15:00', member: { memberCode } }),
    ),
  );
  const [one, other] = [memberId(shop.db, 'ext:pos:M1'), memberId(shop.db, 'ext:pos:M2')];
  expect([0, 1, 2, 3, 4].map((index) => owner(`page-${String(index)}`))).toEqual([
    one,
    other,
    one,
    other,
    null,
  ]);
  await tell('page-0', code, { version: '2' });
  expect(owner('page-0')).toBe(one);
});
