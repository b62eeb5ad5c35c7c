/** 券的花费: what a quote of a full cart costs the Worker, and that a thousand campaigns and two hundred templates cost a sale next to nothing. */
import assert from 'node:assert/strict';
import * as z from 'zod';
import { startRuntime } from '../../scripts/runtime.ts';
import {
  coupons,
  couponTemplates,
  CouponId,
  TemplateId,
  type Coupon,
  type CouponTemplate,
} from '../../schema/index.ts';
import type { ApiDeps } from '../../workers/api/call/define.ts';
import { quotes } from '../../workers/api/coupons/quotes.ts';
import { d1 } from '../../workers/d1.ts';
import { insertSet } from '../../workers/db/set.ts';
import type { Token } from '../../workers/db/shop/tokens.ts';
import type { Db } from '../../workers/db/db.ts';
import { CouponTemplateInput } from '../../workers/decide/coupons/kinds/index.ts';
import { dayMs } from '../../workers/decide/plain/dates.ts';
import { few } from './campaigns.ts';
import { brandOf, categoriesOf, skuOf } from './catalogue.ts';
import { cpuMsOf } from './clock.ts';
import { record, type Recorded } from './cpu.ts';
import { driver } from './engine.ts';
import { median, report, rounded } from './report.ts';
import type { Length } from './run.ts';
import { memberRef } from './sales.ts';
import { memberIdOf, openShop, type Shop } from './shop.ts';
import { player, recorder } from './tape.ts';

const till: Token = {
  hash: '',
  id: 'tk',
  name: 'till',
  scopes: ['pos'],
  sourceId: null,
  stores: null,
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: 0,
};
const linesOfACart = 30;
const couponsHeld = 50;
const templatesMany = 200;

const plain: Shop = { shape: few, campaigns: 1, members: 2_000, follow: true };
const crowded: Shop = { ...plain, campaigns: 1_000 };

/** Of every sort: for everything and for some goods, alone and together, so much and so much of a hundred. */
const templates = (count: number): CouponTemplate[] =>
  Array.from({ length: count }, (_, place) => ({
    id: TemplateId.parse(`template-of-${place}`),
    createdAt: 0,
    definition: CouponTemplateInput.parse({
      name: `券${place}`,
      ...(place % 3 === 0 ? { kind: 'percent', payBps: 9_500 } : { kind: 'cash', valueFen: 100 + place }),
      minSpendFen: (place % 5) * 2_000,
      stacksWith: (['any', 'other-templates', 'none'] as const)[place % 3],
      scope: { include: scopeOf(place), exclude: [] },
      validity: { relative: { afterDays: 0, forDays: 30 } },
    }),
  }));

function scopeOf(place: number): object[] {
  if (place % 4 === 0) return [];
  if (place % 4 === 1) return [{ kind: 'brand', ids: [brandOf(place, few.catalogue)] }];
  const ids = Array.from({ length: 20 }, (_, step) => skuOf((place + step) % linesOfACart));
  return [{ kind: 'sku', ids }];
}

async function stockUp(db: Db): Promise<void> {
  const now = Date.now();
  const all = templates(templatesMany);
  const none = {
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
  const held = all.slice(0, couponsHeld).map(({ id }, place): Coupon => ({
    ...none,
    id: CouponId.parse(`000000000000${String(10 + place)}`),
    memberId: memberIdOf(0),
    templateId: id,
    campaignId: null,
    saleId: null,
    state: 'issued',
    validFrom: now - dayMs,
    validTo: now + dayMs,
    issuedAt: now - dayMs,
    endedAt: null,
    usedFor: null,
    offFen: null,
    onFen: null,
  }));
  await db.batch([insertSet(couponTemplates, all), insertSet(coupons, held)]);
}

export async function benchCoupons(length: Length): Promise<void> {
  await benchQuote(length);
  await benchCrowd(length);
}

async function benchQuote({ samples, sampleMs }: Length): Promise<void> {
  // Workers may not compile code at run time; neither may zod here.
  z.config({ jitless: true });
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  const db = d1(await runtime.db());
  await openShop(db, plain);
  await stockUp(db);
  const body = JSON.stringify({
    store: '8001',
    member: memberRef(0),
    lines: Array.from({ length: linesOfACart }, (_, place) => ({
      lineNo: String(place + 1),
      sku: skuOf(place),
      name: `商品${place}`,
      categoryIds: categoriesOf(place, few.catalogue),
      brand: brandOf(place, few.catalogue),
      quantity: '2',
      amountFen: 3_000 + place,
    })),
  });
  const now = Date.now();
  const askedOf = (seen: Db): (() => Promise<string>) => {
    // All that the call needs of its deployment.
    const deps = { db: seen, engine: driver(seen, () => now).engine } as ApiDeps;
    const common = { deps, now, origin: '', token: till, requestKey: null, params: {}, query: {} };
    return async () => {
      // It parses what it is given.
      const outcome = await quotes.handle({ ...common, body: JSON.parse(body) as unknown });
      return JSON.stringify(outcome);
    };
  };
  const { db: seen, cut } = recorder(db);
  const asked = askedOf(seen);
  // The configuration is read once and kept.
  await asked();
  const opening = cut();
  // As the call documents it.
  const answer = JSON.parse(await asked()) as { body: { usable: unknown[]; others: unknown[] } };
  const { usable, others } = answer.body;
  assert.equal(usable.length + others.length, couponsHeld);
  const quote = cut();
  await runtime.stop();
  const { db: playing, play } = player();
  const ask = askedOf(playing);
  play(opening);
  await ask();
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const played = async (): Promise<void> => {
      play(quote);
      await ask();
    };
    times.push(await cpuMsOf(played, sampleMs / 2));
  }
  report({
    name: 'coupons/quote',
    unit: 'ms',
    samples: times,
    bound: { atMost: 5 },
    context: {
      per: `quote of ${linesOfACart} lines with ${couponsHeld} coupons, ${usable.length} of them usable`,
      includes: 'parsing, quoting, JSON both ways; not the database',
    },
  });
}

/** Decides the same group again and again, as the database once answered. */
async function playedBack({ size, now, opening, group }: Recorded): Promise<() => Promise<void>> {
  const { db, play } = player();
  const { decide } = driver(db, () => now);
  play(opening);
  await decide(size);
  return async () => {
    play(group);
    assert.equal(await decide(size), size);
  };
}

/** A sale alone, in a shop that does one thing and in one that does a thousand; in turns, so that both have the same weather. */
async function benchCrowd({ samples, sampleMs }: Length): Promise<void> {
  const quiet = await playedBack(await record(1, plain, async () => {}));
  const busy = await playedBack(await record(1, crowded, stockUp));
  const calls = Math.ceil(sampleMs / 2);
  const ratios: number[] = [];
  const costs: number[] = [];
  for (let sample = 0; sample < samples * 3; sample += 1) {
    const alone = await cpuMsOf(quiet, calls);
    costs.push(alone);
    ratios.push((await cpuMsOf(busy, calls)) / alone);
  }
  report({
    name: 'coupons/crowded-shop',
    unit: 'ratio',
    samples: ratios,
    bound: { atMost: 1.2 },
    context: {
      per: `sale of 5 lines among ${crowded.campaigns} campaigns and ${templatesMany} templates, to one with a single campaign`,
      alone: `${rounded(median(costs))} ms`,
    },
  });
}
