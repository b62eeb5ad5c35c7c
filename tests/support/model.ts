/**
 * What a member should hold, worked out from the documents of a shop alone: for each sale its corrections, returns and
 * void, in whatever order they came. Written without a look at the engine, for one shop whose promises stand below.
 */
import type { CampaignVersion, CouponTemplate, Product, ReminderPlan } from '../../schema/index.ts';
import type { SaleData } from '../../schema/index.ts';
import {
  campaign,
  plan,
  product,
  spend,
  template,
  type Body,
  type RefundBody,
  type SaleBody,
} from './builders.ts';
import { fromOf } from '../../workers/db/shelves/rows.ts';
import type { TestDb } from './sqlite.ts';

/** 奶粉 runs out, 纸尿裤 earns threefold, 特价 takes part in nothing, 茶 is sold by weight. */
export const goods: readonly Product[] = [
  product({ sku: 'milk', brand: 'X', tags: ['奶粉2段'] }),
  product({
    sku: 'nappy',
    categoryPath: [{ id: '02', name: '纸尿裤' }],
    tags: ['L码'],
    pointsFactorMilli: 3000,
  }),
  product({ sku: 'bargain', categoryPath: [{ id: '03', name: '特价' }], brand: '特价', tags: ['特价客'] }),
  product({ sku: 'tea', categoryPath: [{ id: '04', name: '茶' }], pointsFactorMilli: 500 }),
];

export const promises: readonly CampaignVersion[] = [
  campaign('big', {
    conditions: [spend(38_800)],
    group: 'tiers',
    rewards: [packet(700), { kind: 'coupon', templateId: '15元券', count: 1 }],
  }),
  campaign('small', { conditions: [spend(18_800)], group: 'tiers', rewards: [packet(300)] }),
  campaign('two-milks', {
    conditions: [spend(2, { scope: 'category', ids: ['01'], measure: 'quantity' })],
    rewards: [
      { kind: 'tag', tag: '奶粉客' },
      { kind: 'points', points: 50 },
    ],
  }),
  campaign('each-100', {
    conditions: [spend(10_000)],
    exclude: [{ kind: 'brand', ids: ['特价'] }],
    repeat: 'multiple',
    rewards: [{ kind: 'coupon', templateId: '5元券', count: 1 }],
  }),
  campaign('welcome', {
    trigger: 'member.created',
    rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
  }),
];

function packet(fen: number) {
  return { kind: 'red-packet', minFen: fen, maxFen: fen };
}

export const vouchers: readonly CouponTemplate[] = [
  template('15元券'),
  template('5元券'),
  template('新人券'),
];
export const schemes: readonly ReminderPlan[] = [
  plan('milk-runs-out', { scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] } }),
];

export type Holdings = {
  points: number;
  growth: number;
  walletFen: number;
  /** Coupons that can still be used, by template. */
  coupons: Record<string, number>;
  tags: string[];
  /** When the member's stock of a product is used up, by product. */
  runsOut: Record<string, string>;
  orders: number;
  spentFen: number;
  firstAt: number | null;
  lastAt: number | null;
};

type Kept = { lineNo: string; kind: string; sku: string; milli: number; fen: number; excluded: boolean };

/** Holdings by the member's external id. */
export function holdingsFrom(documents: readonly Body[]): Record<string, Holdings> {
  const sales = new Map<string, SaleBody>();
  const returns = new Map<string, Map<string, RefundBody>>();
  const voids = new Set<string>();
  for (const document of documents) {
    if (document.type === 'sale.completed') {
      const known = sales.get(document.data.orderNo);
      const isNewer = !known || Number(document.data.version) > Number(known.data.version);
      if (isNewer) sales.set(document.data.orderNo, document);
    } else if (document.type === 'refund.completed') {
      const orderNo = document.data.orderNo ?? '';
      const ofSale = returns.get(orderNo) ?? new Map<string, RefundBody>();
      if (!ofSale.has(document.data.refundNo)) ofSale.set(document.data.refundNo, document);
      returns.set(orderNo, ofSale);
    } else if (document.type === 'sale.voided') {
      voids.add(document.data.orderNo);
    }
  }

  const members = new Map<string, { sale: SaleBody; kept: Kept[] }[]>();
  for (const [orderNo, sale] of sales) {
    const id = sale.data.member?.externalId;
    if (id == null) continue;
    const refunds = [...(returns.get(orderNo)?.values() ?? [])].toSorted((a, b) =>
      a.data.refundNo < b.data.refundNo ? -1 : 1,
    );
    const isGone = voids.has(orderNo) || refunds.some(({ data }) => data.scope === 'full');
    const kept = isGone ? [] : whatIsKept(sale, refunds);
    members.set(id, [...(members.get(id) ?? []), { sale, kept }]);
  }
  return Object.fromEntries([...members].map(([id, bought]) => [id, holdings(bought)]));
}

/** Of a sale that was paid at least what came back: first what the returns name, then the shipping, then all of it in proportion. */
function whatIsKept(sale: SaleBody, refunds: readonly RefundBody[]): Kept[] {
  const kept = boughtLines(sale.data);
  const bought = kept.map(({ fen }) => fen);
  let notNamed = 0;
  let withoutGoods = 0;
  for (const { data } of refunds) {
    const lines = data.lines ?? [];
    const { refundedFen } = data.amounts;
    const listed = lines.map(({ amountFen }) => amountFen);
    const paidBack = refundedFen < sum(listed) ? share(refundedFen, listed) : listed;
    let found = 0;
    lines.forEach((returned, place) => {
      const line = kept.find(({ lineNo }) => lineNo === returned.originalLineNo);
      if (!line) return;
      const fen = Math.min(line.fen, paidBack[place] ?? 0);
      line.fen -= fen;
      found += fen;
      line.milli = Math.max(0, line.milli - Math.round(Number(returned.quantity) * 1000));
    });
    if (lines.length === 0) withoutGoods += refundedFen;
    else notNamed += refundedFen - found;
  }
  const shipping = sale.data.amounts.paidFen - sum(bought);
  const held = kept.map(({ fen }) => fen);
  const back = share(Math.min(sum(held), withoutGoods + Math.max(0, notNamed - shipping)), held);
  kept.forEach((line, place) => {
    line.fen -= back[place] ?? 0;
    if (line.fen === 0 && (bought[place] ?? 0) > 0) line.milli = 0;
  });
  return kept;
}

/** The lines at what was really paid for them, in the order of their numbers. */
function boughtLines(data: SaleBody['data'] | SaleData): Kept[] {
  const listed = data.lines.map(({ amountFen }) => amountFen);
  const goodsFen = data.amounts.paidFen - (data.amounts.shippingFen ?? 0);
  const paid = goodsFen < sum(listed) ? share(goodsFen, listed) : listed;
  return data.lines
    .map((line, place) => ({
      lineNo: line.lineNo ?? String(place + 1),
      kind: line.kind ?? 'normal',
      sku: line.sku,
      milli: Math.round(Number(line.quantity) * 1000),
      fen: paid[place] ?? 0,
      excluded: line.pointsExcluded ?? false,
    }))
    .toSorted((a, b) => a.lineNo.length - b.lineNo.length || (a.lineNo < b.lineNo ? -1 : 1));
}

const factsOf = (sku: string): Product => {
  const known = goods.find((one) => one.sku === sku);
  if (!known) throw new Error(`the model sells no ${sku}`);
  return known;
};

function holdings(bought: readonly { sale: SaleBody; kept: Kept[] }[]): Holdings {
  const all: Holdings = {
    points: 0,
    growth: 0,
    walletFen: 0,
    coupons: { 新人券: 1 },
    tags: [],
    runsOut: {},
    orders: 0,
    spentFen: 0,
    firstAt: null,
    lastAt: null,
  };
  const tags = new Set<string>();
  const stock = new Map<string, { boughtOn: string; boughtAt: number; orderNo: string; milli: number }[]>();
  for (const { sale, kept } of bought) {
    const boughtAt = Date.parse(sale.occurredAt);
    all.firstAt = Math.min(all.firstAt ?? boughtAt, boughtAt);
    all.lastAt = Math.max(all.lastAt ?? boughtAt, boughtAt);
    if (!kept.some(({ fen, milli }) => fen > 0 || milli > 0)) continue;
    all.orders += 1;
    all.spentFen += sum(kept.map(({ fen }) => fen));

    const earning = kept.filter(({ kind, excluded }) => kind !== 'gift' && !excluded);
    const thousandths = sum(earning.map(({ sku, fen }) => fen * factsOf(sku).pointsFactorMilli));
    const earned = Math.floor(thousandths / 100_000);
    all.points += earned;
    all.growth += earned;

    const counted = kept.filter(({ kind }) => kind !== 'gift');
    const orderFen = sum(counted.map(({ fen }) => fen));
    if (orderFen >= 38_800) {
      all.walletFen += 700;
      add(all.coupons, '15元券', 1);
    } else if (orderFen >= 18_800) all.walletFen += 300;
    if (sum(counted.filter(({ sku }) => sku === 'milk').map(({ milli }) => milli)) >= 2000) {
      all.points += 50;
      tags.add('奶粉客');
    }
    const fullPriceFen = sum(counted.filter(({ sku }) => sku !== 'bargain').map(({ fen }) => fen));
    add(all.coupons, '5元券', Math.floor(fullPriceFen / 10_000));

    for (const { sku, milli } of kept) if (milli > 0) for (const tag of factsOf(sku).tags) tags.add(tag);
    const milkMilli = sum(
      kept.filter(({ sku, kind }) => sku === 'milk' && kind !== 'gift').map(({ milli }) => milli),
    );
    if (milkMilli > 0) {
      const lot = {
        boughtOn: sale.occurredAt.slice(0, 10),
        boughtAt,
        orderNo: sale.data.orderNo,
        milli: milkMilli,
      };
      stock.set('milk', [...(stock.get('milk') ?? []), lot]);
    }
  }
  all.tags = [...tags].toSorted();
  for (const [sku, lots] of stock) {
    const end = usedUpOn(lots);
    if (end !== '') all.runsOut[sku] = end;
  }
  return all;
}

/** 每件7天: a new purchase is opened when the one before it is used up. */
function usedUpOn(
  lots: readonly { boughtOn: string; boughtAt: number; orderNo: string; milli: number }[],
): string {
  let end = '';
  const inOrder = lots.toSorted((a, b) => a.boughtAt - b.boughtAt || (a.orderNo < b.orderNo ? -1 : 1));
  for (const { boughtOn, milli } of inOrder) {
    // Less than a day's worth is as good as nothing.
    if (milli * 7 < 1000) continue;
    const opened = end > boughtOn ? end : boughtOn;
    const day = new Date(`${opened}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + Math.floor((milli * 7) / 1000));
    end = day.toISOString().slice(0, 10);
  }
  return end;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function add(counts: Record<string, number>, key: string, count: number): void {
  if (count > 0) counts[key] = (counts[key] ?? 0) + count;
}

/** Proportional shares; the fen that are left go to the largest remainders, the earlier line first. */
function share(totalFen: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  if (whole === 0) return weights.map((_, place) => (place === 0 ? totalFen : 0));
  const shares = weights.map((weight) => Math.floor((totalFen * weight) / whole));
  const places = weights
    .map((weight, place) => ({ place, left: (totalFen * weight) % whole }))
    .toSorted((a, b) => b.left - a.left || a.place - b.place);
  for (const { place } of places.slice(0, totalFen - sum(shares))) shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}

/** The same, as the database has it. */
export function holdingsIn(db: TestDb): Record<string, Holdings> {
  const found: Record<string, Holdings> = {};
  const owners = db.all(
    `SELECT substr(i.key, 9) AS who, m.* FROM identities AS i JOIN members AS m ON m.id = i.member_id
     WHERE i.key LIKE 'ext:pos:%' ORDER BY i.key`,
  );
  for (const owner of owners) {
    const id = String(owner['id']);
    const balance = (account: string): number =>
      Number(
        db.all(`SELECT sum(delta) AS n FROM ledger WHERE member_id = ? AND account = ?`, id, account)[0]?.[
          'n'
        ] ?? 0,
      );
    const coupons = db.all(
      `SELECT template_id AS name, count(*) AS n FROM coupons WHERE member_id = ? AND state = 'issued' GROUP BY 1`,
      id,
    );
    const runsOut = db.all(
      `SELECT subject AS sku, basis ->> 'endsOn' AS day FROM ${fromOf('reminders')} WHERE member_id = ? AND state = 'pending'`,
      id,
    );
    const tags = db.all(
      `SELECT tag FROM ${fromOf('tags')} WHERE member_id = ? AND (manual = 1 OR (support > 0 AND off IS NULL))`,
      id,
    );
    found[String(owner['who'])] = {
      points: balance('points'),
      growth: balance('growth'),
      walletFen: balance('wallet'),
      coupons: Object.fromEntries(coupons.map(({ name, n }) => [String(name), Number(n)])),
      tags: tags.map(({ tag }) => String(tag)).toSorted(),
      runsOut: Object.fromEntries(runsOut.map(({ sku, day }) => [String(sku), String(day)])),
      orders: Number(owner['orders']),
      spentFen: Number(owner['spent_fen']),
      firstAt: owner['first_at'] as number | null,
      lastAt: owner['last_at'] as number | null,
    };
  }
  return found;
}

/** A day of the week the model's shop trades in, for generators. */
export const dayOf = (day: number, minute: number): string => {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `2026-11-${pad(day)} ${pad(9 + Math.floor(minute / 60))}:${pad(minute % 60)}`;
};
