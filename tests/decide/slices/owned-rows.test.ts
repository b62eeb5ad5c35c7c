/** 一人名下: whose a row is follows the row, whatever happens to it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OwnedRows } from '../../../workers/decide/slices/owned-rows.ts';

type Row = { readonly owner: string | null; readonly worth: number };
const rowsOf = (...given: readonly (readonly [string, Row])[]): OwnedRows<string, Row, string> => {
  const rows = new OwnedRows<string, Row, string>(({ owner }) => owner);
  for (const [key, row] of given) rows.set(key, row);
  return rows;
};

describe('the rows of one owner', () => {
  test('are hers alone, as they stand now', () => {
    const rows = rowsOf(['a', { owner: '林', worth: 1 }], ['b', { owner: '周', worth: 2 }]);
    expect(rows.of('林')).toEqual([{ owner: '林', worth: 1 }]);
    rows.set('a', { owner: '林', worth: 3 });
    expect(rows.of('林')).toEqual([{ owner: '林', worth: 3 }]);
    expect(rows.of('谁')).toEqual([]);
  });

  test('leave her when they change hands, and when they are removed', () => {
    const rows = rowsOf(['a', { owner: '林', worth: 1 }], ['b', { owner: '林', worth: 2 }]);
    expect(rows.keysOf('林')).toEqual(['a', 'b']);
    rows.set('a', { owner: '周', worth: 1 });
    rows.delete('b');
    expect([rows.keysOf('林'), rows.keysOf('周')]).toEqual([[], ['a']]);
    rows.clear();
    expect(rows.keysOf('周')).toEqual([]);
  });

  test('are what a look at every row would find, after any changes and however often it was asked between them', () => {
    const owners = ['林', '周', null] as const;
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      owner: fc.constantFrom(...owners),
      act: fc.constantFrom('set', 'set', 'delete', 'ask'),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const rows = rowsOf();
        for (const [worth, { key, owner, act }] of steps.entries()) {
          if (act === 'set') rows.set(key, { owner, worth });
          if (act === 'delete') rows.delete(key);
          if (act === 'ask') rows.of('林');
        }
        for (const owner of ['林', '周']) {
          const found = [...rows].filter(([, row]) => row.owner === owner);
          expect(rows.keysOf(owner).toSorted()).toEqual(found.map(([key]) => key).toSorted());
          expect(new Set(rows.of(owner))).toEqual(new Set(found.map(([, row]) => row)));
        }
      }),
    );
  });
});
