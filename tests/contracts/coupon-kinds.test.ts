/** What every kind of coupon promises to tills, members and budgets. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { couponCostFen, couponWorthFen } from '../../workers/decide/coupons/coupons.ts';
import { couponKinds, CouponTemplateInput } from '../../workers/decide/coupons/kinds/index.ts';
import type { CartLine } from '../../workers/decide/coupons/use/cart.ts';
import { isMiss, reachFen, takesOff, takesOffBill } from '../../workers/decide/coupons/use/takes-off.ts';
import { faceOf } from '../../workers/pages/words.ts';
import { fieldOf } from '../../workers/pages/console/form/field.ts';
import { fileOf, forgotten, spoilt } from '../support/registry.ts';

const folder = 'workers/decide/coupons/kinds';

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, couponKinds)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(couponKinds.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(couponKinds.map(({ kind }) => kind)).size).toBe(couponKinds.length);
});

const fen = fc.oneof(fc.nat(2_000_000), fc.constantFrom(0, 1, 999, 61_799, 61_800));
/** Goods in scope and out of it, some of which another coupon has made cheaper already. */
const carts = fc.array(
  fc.record({ sku: fc.constantFrom('milk', 'oil'), amountFen: fen, leftPart: fc.nat(100) }),
  { minLength: 1, maxLength: 20 },
);
const toLine = ({ sku, amountFen }: { sku: string; amountFen: number }): CartLine => ({
  lineNo: '1',
  sku,
  categoryIds: [],
  brand: null,
  tags: [],
  quantityMilli: 1_000,
  amountFen,
});

describe.each(couponKinds)('$label', ({ kind, label, params, example, costFields, moneyOff }) => {
  const given = { kind, name: '券', validity: { relative: { afterDays: 0, forDays: 7 } }, ...example };
  const drawn = (more: object = {}) => CouponTemplateInput.parse({ ...given, ...more });

  test('has Chinese words for its name and on its face, a figure with its unit or a word', () => {
    const { figure, unit } = faceOf(drawn());
    expect(label).toMatch(/^\p{Script=Han}+券$/u);
    expect(unit === '' ? figure : unit).toMatch(/^\p{Script=Han}+$/u);
    expect(unit === '' || Number(figure) > 0).toBe(true);
  });

  test('its example is a whole template, and is filled in as a form', () => {
    expect(drawn().kind).toBe(kind);
    const field = fieldOf(CouponTemplateInput);
    const shapes = field.is === 'one-of' ? field.options : [];
    const shown = shapes.find(({ value }) => value === kind)?.fields.map(({ name }) => name) ?? [];
    expect(Object.keys(given).filter((name) => name !== 'kind' && !shown.includes(name))).toEqual([]);
    expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test.each(spoilt(given))('names the field $field when it is wrong', ({ field, params: wrong }) => {
    const { error } = CouponTemplateInput.safeParse(wrong);
    expect(error?.issues.some(({ path }) => (path[0] ?? '') === field)).toBe(true);
  });

  test('takes off no less than nothing and no more than is left of the goods in scope, spread to the fen', () => {
    fc.assert(
      fc.property(carts, fc.boolean(), (cart, isNarrow) => {
        const definition = drawn(
          isNarrow ? { scope: { include: [{ kind: 'sku', ids: ['milk'] }], exclude: [] } } : {},
        );
        const lines = cart.map(toLine);
        const left = cart.map(({ amountFen, leftPart }) => Math.floor((amountFen * leftPart) / 100));
        const off = takesOff(definition, lines, left);
        if (isMiss(off)) return;
        const { offFen, shares } = off;
        expect(offFen >= 0 && offFen <= reachFen(definition, lines)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(offFen);
        for (const [place, share] of shares.entries()) {
          const isIn = !isNarrow || lines[place]?.sku === 'milk';
          expect(share >= 0 && share <= (isIn ? (left[place] ?? 0) : 0)).toBe(true);
        }
      }),
    );
  });

  test('of a bill it takes off what it takes off the same goods, and with no sum only what is sure', () => {
    fc.assert(
      fc.property(fen, (sum) => {
        const goods = takesOff(drawn(), [toLine({ sku: 'milk', amountFen: sum })], [sum]);
        const bill = takesOffBill(drawn(), sum);
        expect(bill && ('reason' in bill ? bill : bill.offFen)).toEqual(isMiss(goods) ? goods : goods.offFen);
      }),
    );
    const sure = takesOffBill(drawn(), null);
    if (sure && !isMiss(sure)) expect(takesOffBill(drawn(), 2_000_000)).toEqual(sure);
  });

  test('never takes off more than it says on its face or costs', () => {
    const most = couponWorthFen(drawn());
    if (moneyOff === null || most === null) return;
    expect(takesOffBill(drawn(), 100_000_000)).toEqual({ offFen: most });
  });

  test('says what it costs the shop, or that it does not and which field would', () => {
    const bare = drawn(Object.fromEntries(costFields.map((field) => [field, null])));
    expect(costFields).toContain('faceCostFen');
    expect(couponCostFen(drawn({ faceCostFen: 320 }))).toBe(320);
    const costFen = couponCostFen(bare);
    if (costFen !== null) expect(costFen).toBeGreaterThan(0);
    else for (const field of costFields) expect(couponCostFen(drawn({ ...bare, [field]: 320 }))).toBe(320);
  });
});
