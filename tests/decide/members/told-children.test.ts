/** 宝宝 told by a till or a file: kept, found again, and never lost by whoever knows of fewer. */
import { expect, test } from 'vitest';
import type { Child } from '../../../schema/index.ts';
import { inboxRows, memberRows, openShop, type Shop } from '../../support/shop.ts';
import { rfc3339, type Body } from '../../support/builders.ts';

const today = '2026-11-22 14:59';
let told = 0;
const about = (children: unknown, type = 'member.updated'): Body => {
  told += 1;
  const data = { externalId: 'M1', phone: '13912345487', children };
  return { id: `m${told}`, type, occurredAt: rfc3339(today), data } as Body;
};
const childrenOf = (shop: Shop): readonly Child[] | null | undefined => memberRows(shop.db)[0]?.children;
const afterTelling = async (...lists: readonly unknown[]) => {
  const shop = await openShop();
  for (const list of lists) await shop.tell(about(list));
  return childrenOf(shop);
};
const born = (day: string, name?: string): Child => ({
  born: day,
  isExpected: false,
  ...(name !== undefined && { name }),
});
const due = (day: string): Child => ({ born: day, isExpected: true });

test.each<[string, readonly unknown[], readonly Child[] | null]>([
  ['a birthday', [[{ birthday: '2025-05-05' }]], [born('2025-05-05')]],
  ['the same under its other name', [[{ born: '2025-05-05', name: '小满' }]], [born('2025-05-05', '小满')]],
  ['a day to come is one that is expected', [[{ birthday: '2027-02-01' }]], [due('2027-02-01')]],
  ['told again', [[{ birthday: '2025-05-05' }], [{ birthday: '2025-05-05' }]], [born('2025-05-05')]],
  [
    'told again with a name',
    [[{ birthday: '2025-05-05' }], [{ birthday: '2025-05-05', name: '小满' }], [{ birthday: '2025-05-05' }]],
    [born('2025-05-05', '小满')],
  ],
  [
    'a second one alone: the first is not lost',
    [[{ birthday: '2023-01-31' }], [{ birthday: '2025-05-05' }]],
    [born('2023-01-31'), born('2025-05-05')],
  ],
  [
    'twins by their names',
    [
      [
        { birthday: '2025-05-05', name: '大宝' },
        { birthday: '2025-05-05', name: '小宝' },
      ],
    ],
    [born('2025-05-05', '大宝'), born('2025-05-05', '小宝')],
  ],
  [
    'whoever was expected is born',
    [[{ birthday: '2026-12-10', isExpected: true }], [{ birthday: '2026-11-20' }]],
    [born('2026-11-20')],
  ],
  [
    'an older child is not the one that is expected',
    [[{ birthday: '2026-12-10' }], [{ birthday: '2023-01-31' }]],
    [due('2026-12-10'), born('2023-01-31')],
  ],
  [
    'a due date is put off',
    [[{ birthday: '2026-12-10' }], [{ birthday: '2026-12-17' }]],
    [due('2026-12-17')],
  ],
  ['nothing afterwards', [[{ birthday: '2025-05-05' }], null, []], [born('2025-05-05')]],
  ['somebody who has grown up', [[{ birthday: '1999-05-05' }]], null],
])('%s', async (_, lists, children) => {
  expect(await afterTelling(...lists)).toEqual(children);
});

test('who is told for the first time is made with them', async () => {
  const shop = await openShop();
  await shop.tell(about([{ birthday: '2025-05-05' }], 'member.created'));
  expect(childrenOf(shop)).toEqual([born('2025-05-05')]);
});

test('a child without a day, and more children than anybody has, are pointed out', async () => {
  const shop = await openShop();
  await shop.tell(about([{ name: '小满' }]));
  await shop.tell(about(Array.from({ length: 11 }, () => ({ birthday: '2025-05-05' }))));
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note?.code])).toEqual([
    ['parked', 'UNREADABLE'],
    ['parked', 'UNREADABLE'],
  ]);
});

test('more than ten are not kept, however they are told', async () => {
  const days = Array.from({ length: 12 }, (_, place) => ({ birthday: `2025-05-${10 + place}` }));
  expect(await afterTelling(days.slice(0, 6), days.slice(6))).toHaveLength(10);
});

test('two members who turn out to be one have the children of both', async () => {
  const shop = await openShop();
  const one = (externalId: string, day: string): Body => ({
    id: externalId,
    type: 'member.created',
    occurredAt: rfc3339(today),
    data: { externalId, children: [{ birthday: day }] },
  });
  await shop.tell(one('M1', '2023-01-31'), one('M2', '2025-05-05'));
  const data = { from: { externalId: 'M2' }, into: { externalId: 'M1' } };
  await shop.tell({ id: 'merged', type: 'member.merged', occurredAt: rfc3339(today), data });
  expect(memberRows(shop.db).map(({ children, mergedInto }) => [mergedInto === null, children])).toEqual(
    expect.arrayContaining([
      [true, [born('2023-01-31'), born('2025-05-05')]],
      [false, null],
    ]),
  );
});
