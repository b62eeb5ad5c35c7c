import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, versionOf } from '../../../workers/decide/plain/versions.ts';

const ascending = [
  ['1.9', '1.10'],
  ['V9', 'V10'],
  ['v9', '10'],
  ['9', '10'],
  ['1', '1.0.1'],
  ['20261122145900', '20261122145901'],
  ['20261122145900', '20261122145900001'],
  ['2026-11-22 14:59:00', '20261122145901'],
  ['2026-11-22T14:59:00+08:00', '2026-11-22T07:00:00Z'],
  ['2026-11-22T14:59:00.9Z', '2026-11-22T14:59:00.91Z'],
  ['rev-9', 'rev-10'],
  ['a', 'b'],
  ['a', 'a1'],
] as const;

test.each(ascending)('%s is earlier than %s, and the other way round later', (early, late) => {
  expect([compareVersions(early, late), compareVersions(late, early)]).toEqual(['earlier', 'later']);
});

test.each([
  ['1.0', '1'],
  ['007', '7'],
  ['V3', '3'],
  ['2026-11-22T14:59:00+08:00', '2026-11-22T06:59:00Z'],
  ['20261122145900', '2026-11-22 14:59:00'],
  ['2026-11-22T14:59:00.10Z', '2026-11-22T14:59:00.1Z'],
])('%s and %s are the same version', (one, other) => {
  expect(compareVersions(one, other)).toBe('same');
});

test.each([
  ['1', '20261122145900'],
  ['2026-11-22T14:59:00+08:00', '3'],
  ['closed', '2'],
  ['closed', '2026-11-22 14:59:00'],
])('which of %s and %s is later, nobody can say', (one, other) => {
  expect([compareVersions(one, other), compareVersions(other, one)]).toEqual(['unknown', 'unknown']);
});

test('fourteen digits are a moment only when there is such a moment', () => {
  expect(versionOf('20261122145900').form).toBe('moment');
  expect(versionOf('20260230145900').form).toBe('numbers');
  expect(versionOf('2026-02-30 14:59:00').form).toBe('text');
  expect(versionOf('99999999999999').form).toBe('numbers');
});

const moment = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .chain((date) => {
    const iso = date.toISOString();
    return fc.constantFrom(
      iso,
      iso.replace('T', ' ').slice(0, 19),
      iso.replaceAll(/\D/g, '').slice(0, 14),
      iso.replaceAll(/\D/g, ''),
      iso.replace('Z', '+0530'),
    );
  });
const numbers = fc
  .tuple(fc.constantFrom('', 'v', 'V'), fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }))
  .map(([letter, parts]) => letter + parts.join('.'));
const text = fc.string({ unit: fc.constantFrom('a', 'B', '-', '0', '1', '9', ' '), maxLength: 6 });
const version = fc.oneof(moment, numbers, text);

describe('whatever the versions', () => {
  test('within a form there is an order: turned round it is the other way, and of three the last is later than the first', () => {
    const opposite = { earlier: 'later', later: 'earlier', same: 'same', unknown: 'unknown' } as const;
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [ab, bc, ac] = [compareVersions(a, b), compareVersions(b, c), compareVersions(a, c)];
        expect(compareVersions(a, a)).toBe('same');
        expect(compareVersions(b, a)).toBe(opposite[ab]);
        expect(ab === 'unknown').toBe(versionOf(a).form !== versionOf(b).form);
        if (ab === 'same') expect(ac).toBe(bc);
        if (ab === 'earlier' && (bc === 'earlier' || bc === 'same')) expect(ac).toBe('earlier');
      }),
      { numRuns: 3000 },
    );
  });
});
