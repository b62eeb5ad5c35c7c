/** 券的说法: whoever reads the condition of a coupon is not refused at the till for something it did not say. */
import { expect, test } from 'vitest';
import { conditionOf } from '../../workers/words/holdings/coupon-words.ts';

const some = [{ kind: 'category' as const, ids: ['01'] }];
const [everything, onlySome, allButSome] = [
  { include: [], exclude: [] },
  { include: some, exclude: [] },
  { include: [], exclude: some },
];

test.each([
  ['works on everything from the first fen', 0, everything, null, '无门槛'],
  ['works from 80 yuan on', 8_000, everything, null, '满 80 元可用'],
  ['works on one category alone', 0, onlySome, null, '限指定商品'],
  ['works on one category from 99.50 yuan on', 9_950, onlySome, null, '限指定商品，满 99.50 元可用'],
  ['leaves some goods out', 0, allButSome, null, '部分商品除外'],
  ['leaves some goods out, from 80 yuan on', 8_000, allButSome, null, '满 80 元可用，部分商品除外'],
  ['works in one shop alone', 0, everything, ['8005'], '无门槛，限指定门店'],
  [
    'works in one shop, on one category, from 80 yuan on',
    8_000,
    onlySome,
    ['8005'],
    '限指定商品，满 80 元可用，限指定门店',
  ],
] as const)('a coupon that %s', (_, minSpendFen, scope, stores, said) => {
  const [include, exclude] = [[...scope.include], [...scope.exclude]];
  expect(conditionOf({ minSpendFen, scope: { include, exclude }, stores: stores && [...stores] })).toBe(said);
});
