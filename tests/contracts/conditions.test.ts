/** What every condition kind promises to the campaigns that use it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { sumBasket } from '../../workers/decide/sales/basket.ts';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';
import { conditions } from '../../workers/decide/conditions/index.ts';
import { fileOf, forgotten, spoilt } from '../support/registry.ts';

const folder = 'workers/decide/conditions';

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, conditions)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(conditions.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(conditions.map(({ kind }) => kind)).size).toBe(conditions.length);
});

describe.each(conditions)('$kind', ({ kind, label, params, example, compile }) => {
  const parsed = params.parse(example) as { readonly kind: string };

  test('has a Chinese label, and its example says which kind it is', () => {
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(parsed.kind).toBe(kind);
  });

  test('its example stands in a campaign', () => {
    const rewards = [{ kind: 'points', points: 1 }];
    expect(CampaignInput.safeParse({ name: 'x', conditions: [example], rewards }).success).toBe(true);
  });

  test.each(spoilt(parsed))('names the field $field when it is wrong', ({ field, params: wrong }) => {
    const { error } = params.safeParse(wrong);
    expect(error?.issues.some(({ path }) => (path[0] ?? '') === field)).toBe(true);
  });

  test('shows its parameters as a form', () => {
    expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test('is not met by an empty basket, says what is missing, and gives the same answer twice', () => {
    const empty = sumBasket([]);
    const [one, other] = [compile(example), compile(example)];
    expect([one.times(empty), other.times(empty)]).toEqual([0, 0]);
    expect(one.shortfall(empty)).toEqual(other.shortfall(empty));
    expect(one.shortfall(empty).need).toBeGreaterThan(one.shortfall(empty).have);
    expect(one.watch).toEqual(other.watch);
  });

  test('never lets a basket be passed over: whatever meets it reaches one of the sums it watches', () => {
    const compiled = compile(example);
    for (const amountFen of [0, 1, 18_799, 18_800, 1_000_000]) {
      const line = {
        sku: 'a',
        categoryIds: ['01'],
        brand: 'b',
        tags: [],
        amountFen,
        quantityMilli: amountFen * 10,
      };
      const basket = sumBasket([line]);
      const sums = compiled.watch.measure === 'amount' ? basket.amountFen : basket.quantityMilli;
      const isReached = compiled.watch.keys.some((key) => (sums.get(key) ?? 0) >= compiled.watch.atLeast);
      expect(compiled.times(basket) > 0 && !isReached).toBe(false);
    }
  });
});
