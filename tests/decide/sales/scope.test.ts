/** 适用范围: which goods a coupon, a plan or an exclusion takes in. */
import { expect, test } from 'vitest';
import type { Scope } from '../../../schema/index.ts';
import { isInScope } from '../../../workers/decide/sales/scope.ts';

const milk = { sku: '6901', categoryIds: ['01', '0101'], brand: 'X', tags: ['新品'] };
const loose = { sku: '6902', categoryIds: [], brand: null, tags: [] };

test.each<[string, Scope, boolean, boolean]>([
  ['everything', { include: [], exclude: [] }, true, true],
  ['its category', { include: [{ kind: 'category', ids: ['0101'] }], exclude: [] }, true, false],
  ['its brand', { include: [{ kind: 'brand', ids: ['Y', 'X'] }], exclude: [] }, true, false],
  ['its number', { include: [{ kind: 'sku', ids: ['6901'] }], exclude: [] }, true, false],
  ['its tag', { include: [{ kind: 'tag', ids: ['新品'] }], exclude: [] }, true, false],
  [
    'either of two',
    {
      include: [
        { kind: 'sku', ids: ['6902'] },
        { kind: 'tag', ids: ['新品'] },
      ],
      exclude: [],
    },
    true,
    true,
  ],
  ['everything but its brand', { include: [], exclude: [{ kind: 'brand', ids: ['X'] }] }, false, true],
  [
    'its category, but not its number',
    { include: [{ kind: 'category', ids: ['01'] }], exclude: [{ kind: 'sku', ids: ['6901'] }] },
    false,
    false,
  ],
])('a scope of %s', (_, scope, hasMilk, hasLoose) => {
  expect([isInScope(milk, scope), isInScope(loose, scope)]).toEqual([hasMilk, hasLoose]);
});
