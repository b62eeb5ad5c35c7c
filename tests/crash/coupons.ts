/** 券 in the crash test: what members hold from the first day, what tills say of it before they sell, and what has to be true of it in the end. */
import { createHash } from 'node:crypto';
import type { SQLOutputValue } from 'node:sqlite';
import {
  couponTallies,
  couponTemplateCounters,
  couponTemplates,
  coupons,
  CouponId,
  TemplateId,
  type Coupon,
} from '../../schema/index.ts';
import { insertSet } from '../../workers/db/set.ts';
import { insertToken } from '../../workers/db/shop/tokens.ts';
import type { Statement } from '../../workers/db/db.ts';
import { CouponTemplateInput } from '../../workers/decide/coupons/kinds/index.ts';
import { dayMs } from '../../workers/decide/plain/dates.ts';
import type { Random } from '../bench/random.ts';
import { memberIdOf } from '../bench/shop.ts';
import { couponFaults, couponTables } from '../support/coupon-lives.ts';
import type { Sold } from './cash-desk.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

export const apiToken = 'hk_till_of_the_crash_test';
const templateId = TemplateId.parse('template-counter');
const couponsEach = 4;
const locksMinutes = 120;

const codeOf = (member: number, place: number): string =>
  `0000000${String(member).padStart(4, '0')}00${String(place)}`;

/** Every member has the same few. */
export function handOut(members: number, now: number): Statement[] {
  const definition = CouponTemplateInput.parse({
    name: '减5元',
    kind: 'cash',
    valueFen: 500,
    stacksWith: 'any',
    validity: { relative: { afterDays: 0, forDays: 30 } },
  });
  const free = {
    flag: null,
    storeId: null,
    batchId: null,
    placement: null,
    code: null,
    passId: null,
    passUntil: null,
    passedAt: null,
    paidFen: null,
    passedBy: null,
    lockedFor: null,
    lockedUntil: null,
  };
  const held = Array.from({ length: members * couponsEach }, (_, number): Coupon => {
    const member = Math.floor(number / couponsEach);
    return {
      ...free,
      id: CouponId.parse(codeOf(member, number % couponsEach)),
      memberId: memberIdOf(member),
      templateId,
      campaignId: null,
      saleId: null,
      state: 'issued',
      validFrom: now - dayMs,
      validTo: now + 30 * dayMs,
      issuedAt: now - dayMs,
      endedAt: null,
      usedFor: null,
      offFen: null,
      onFen: null,
    };
  });
  return [
    insertSet(couponTemplates, [{ id: templateId, definition, createdAt: 0 }]),
    insertSet(couponTemplateCounters, [{ templateId, issued: 0, stock: null }]),
    insertSet(coupons, held),
    insertSet(couponTallies, [{ templateId, sent: held.length, revoked: 0, used: 0 }]),
    insertToken({
      hash: createHash('sha256').update(apiToken).digest('hex'),
      id: 'tk_till',
      name: 'till',
      scopes: ['pos'],
      sourceId: null,
      stores: null,
      createdAt: 0,
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: now,
    }),
  ];
}

/** What a till asks before it sends a sale, once: an answer that is lost is lost. */
export type Asked = { readonly path: string; readonly body: object };

export type Brought = {
  readonly codes: readonly string[];
  readonly asks: readonly Asked[];
  readonly pauseMs: number;
};

const none: Brought = { codes: [], asks: [], pauseMs: 0 };
const bringsPercent = 40;
const pauseMaxMs = 400;

/** One or two of hers, held or used beforehand, or simply named; and now and then somebody holds one and goes away. */
export function bring(random: Random, member: number, orderNo: string): Brought {
  if (!random.chance(bringsPercent)) return none;
  const first = random.below(couponsEach);
  const places = random.chance(50) ? [first] : [first, (first + 1) % couponsEach];
  const codes = places.map((place) => codeOf(member, place));
  const [store = ''] = orderNo.split('-');
  const held = random.chance(20) ? `gone-${orderNo}` : orderNo;
  const asks = codes.map((code): Asked => {
    if (held === orderNo && random.chance(30))
      return { path: '/coupons/redeem', body: { code, store, orderNo, payableFen: 10_000 } };
    return { path: '/coupons/lock', body: { code, store, orderNo: held, minutes: locksMinutes } };
  });
  return { codes, asks: random.chance(80) ? asks : [], pauseMs: random.below(pauseMaxMs) };
}

const tallied = `SELECT * FROM (SELECT template_id, '' AS campaign_id, sent, revoked, used FROM coupon_tallies UNION ALL
    SELECT e.key, campaign_id, e.value ->> 0, e.value ->> 1, e.value ->> 2 FROM campaign_counters, json_each(coupons) AS e) EXCEPT
  SELECT template_id, coalesce(campaign_id, ''), count(*), sum(state = 'revoked'), sum(state = 'used') FROM coupons GROUP BY 1, 2`;

/** Each is used by one receipt that says so, or free; and each code that a sale named it has used, or says why not. */
export function couponDifferences(all: (sql: string) => readonly Row[], sales: readonly Sold[]): string[] {
  const found = couponFaults({
    coupons: all(couponTables.coupons),
    moves: all(couponTables.moves),
    receipts: all(couponTables.receipts),
  }).map((fault) => `coupon ${fault}`);
  const told = new Map(
    all(`SELECT outcome ->> '$.s' AS id, coalesce(outcome -> '$.couponsUsed', '[]') AS used,
      (SELECT json_group_array(value ->> 'code') FROM json_each(outcome, '$.couponsDeclined')) AS declined
      FROM decisions JOIN inbox USING (seq) WHERE type = 'sale.completed' AND outcome ->> '$.s' IS NOT NULL`).map(
      (row) => [row['id'], row],
    ),
  );
  for (const { orderNo, codes } of sales.filter((sale) => sale.codes.length > 0)) {
    const { used = '[]', declined = '[]' } = told.get(`pos:${orderNo}`) ?? {};
    const answered = [used, declined].flatMap((list) => JSON.parse(String(list)) as string[]);
    if (answered.toSorted().join() !== codes.toSorted().join())
      found.push(
        `sale ${orderNo} named ${codes.join()}, used ${String(used)} and declined ${String(declined)}`,
      );
  }
  for (const row of all(tallied)) found.push(`a tally differs from its coupons: ${JSON.stringify(row)}`);
  return found;
}
