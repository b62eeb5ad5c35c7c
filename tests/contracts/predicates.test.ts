/** What every kind of condition promises to the campaigns that use it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';
import type { Fact, Facts } from '../../workers/decide/predicates/define.ts';
import { predicates } from '../../workers/decide/predicates/index.ts';
import { sumBasket } from '../../workers/decide/sales/basket.ts';
import { triggerKinds } from '../../workers/decide/triggers/index.ts';
import { at } from '../support/builders.ts';
import { facts } from '../support/facts.ts';
import { fileOf, forgotten, spoilt } from '../support/registry.ts';

const folder = 'workers/decide/predicates';

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, predicates)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(predicates.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(predicates.map(({ kind }) => kind)).size).toBe(predicates.length);
});

const basket = (amountFen: number): Facts['basket'] =>
  sumBasket([
    { sku: 'a', categoryIds: ['01'], brand: 'b', tags: [], amountFen, quantityMilli: amountFen * 10 },
  ]);

/** Buyers of every sort, in several shops, with baskets from nothing to ten thousand. */
const visits: readonly Facts[] = [
  facts(),
  ...[0, 1, 18_799, 18_800, 1_000_000].map((amountFen) => facts({ basket: basket(amountFen) })),
  ...['8005', '8006', ''].map((storeId) => facts({ storeId })),
  ...[null, '银卡', '金卡'].map((level) => facts({ member: { level } })),
  ...[at('2026-11-22 14:59'), at('2027-01-01 00:00')].map((superUntil) => facts({ member: { superUntil } })),
  ...[true, false].map((isExpected) => facts({ member: { children: [{ born: '2026-12-01', isExpected }] } })),
  ...['2025-11-22 14:59', '2025-11-23 00:00'].map((day) => facts({ member: { createdAt: at(day) } })),
  ...[1, 2, 100].map((ordersBefore) => facts({ ordersBefore })),
  ...[1, 7, 14].map((streakDays) => facts({ streakDays })),
  ...[0, 49_999, 50_000].map((paidFen) => facts({ paidFen })),
  ...['年卡', '月卡'].map((plan) => facts({ plan })),
  ...['pt_bath', 'P1'].map((packageId) => facts({ packageId })),
  ...['抽奖', '我要抽奖'].map((said) => facts({ said })),
];

/** Nothing but what the kind said it needs. */
const only = (given: Facts, needs: readonly Fact[]): Facts =>
  Object.fromEntries(needs.map((need) => [need, given[need]])) as Facts;

const campaignWith = (condition: unknown, trigger: string) =>
  CampaignInput.safeParse({
    name: 'x',
    trigger,
    conditions: [condition],
    limits: { perMember: 1 },
    rewards: [{ kind: 'points', points: 1 }],
  });

describe.each(predicates)('$kind', ({ kind, label, params, example, needs, reason, compile }) => {
  const parsed = params.parse(example) as { readonly kind: string };
  const compiled = compile(example);

  test('has a Chinese label, and its example says which kind it is', () => {
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(parsed.kind).toBe(kind);
  });

  test('its example stands in a campaign, and where it cannot stand the refusal names it, what it lacks and the way out', () => {
    const issues = triggerKinds.flatMap((trigger) => campaignWith(example, trigger).error?.issues ?? []);
    // What a trigger asks for besides is none of the condition's.
    const refused = issues.filter(({ message }) => !message.startsWith('needs a condition'));
    expect(refused.length).toBeLessThan(triggerKinds.length);
    for (const { path, message } of refused) {
      expect(path).toEqual(['conditions', 0, 'kind']);
      expect(message).toMatch(new RegExp(`^${kind} needs (${needs.join('|')}), .* start with [a-z]`));
    }
  });

  test.each(spoilt(parsed))('names the field $field when it is wrong', ({ field, params: wrong }) => {
    const { error } = params.safeParse(wrong);
    expect(error?.issues.some(({ path }) => (path[0] ?? '') === field)).toBe(true);
  });

  test('shows its parameters as a form', () => {
    expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test('looks at nothing but what it needs, and gives the same answer twice', () => {
    const other = compile(example);
    for (const visit of visits) {
      const seen = only(visit, needs);
      expect(other.test(seen)).toBe(compiled.test(visit));
      if (!compiled.test(visit)) expect(other.shortfall(seen)).toEqual(compiled.shortfall(visit));
    }
    expect(other.watch).toEqual(compiled.watch);
  });

  test('says why it is not met, in numbers and words', () => {
    expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const visit of visits.filter((one) => !compiled.test(one))) {
      const numbers = Object.entries(compiled.shortfall(visit));
      expect(numbers.length).toBeGreaterThan(0);
      expect(
        numbers.every(([, value]) => value === null || ['string', 'number'].includes(typeof value)),
      ).toBe(true);
    }
  });

  test('is met a whole number of times wherever it is met at all', () => {
    const times = visits.filter(compiled.test).map((visit) => compiled.times?.(visit) ?? 1);
    expect(times.filter((one) => !Number.isSafeInteger(one) || one < 1)).toEqual([]);
  });

  test('never lets anyone be passed over: whoever meets it is in a store and has a sum that it is looked up by', () => {
    const { watch } = compiled;
    for (const visit of visits.filter(compiled.test)) {
      expect(compiled.mayHoldAt(visit.storeId)).toBe(true);
      if (watch === null) continue;
      const sums = watch.measure === 'amount' ? visit.basket.amountFen : visit.basket.quantityMilli;
      expect(watch.keys.some((key) => (sums.get(key) ?? 0) >= watch.atLeast)).toBe(true);
    }
  });
});
