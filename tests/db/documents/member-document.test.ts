/** 会员档案: what is kept with a member comes back as it was, or not at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accounts, type Lot, type MemberId } from '../../../schema/index.ts';
import {
  decodeDocument,
  encodeDocument,
  roomsOf,
  type DocumentRow,
  type MemberDocument,
} from '../../../workers/db/documents/member-document.ts';
import { shelves } from '../../../workers/db/shelves/index.ts';
import type { SliceName } from '../../../workers/decide/slices/index.ts';

const id = 'm_1' as MemberId;
const decode = (text: string | null) => decodeDocument(id, text, shelves);

const dayArbitrary = fc.option(fc.constantFrom('2026-12-31', '2027-11-30'));
const lotsArbitrary: fc.Arbitrary<readonly Lot[]> = fc.array(
  fc.record({
    lastOn: dayArbitrary,
    releaseOn: dayArbitrary,
    points: fc.nat(),
    since: fc.nat(),
    credited: fc.nat(),
    isTold: fc.boolean(),
  }),
  { maxLength: 3 },
);
const headsArbitrary: fc.Arbitrary<MemberDocument['heads']> = fc
  .uniqueArray(fc.constantFrom(...accounts))
  .chain((moved) =>
    fc.tuple(
      ...moved.map((account) =>
        fc
          .record({
            seq: fc.integer({ min: 1 }),
            balance: fc.integer(),
            credited: fc.nat(),
            lots: account === 'points' ? lotsArbitrary : fc.constant([]),
          })
          .map((head) => [account, head] as const),
      ),
    ),
  );

/** Any JSON in any place: a document knows nothing of what it keeps. */
const cellArbitrary = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const rowsArbitrary: fc.Arbitrary<MemberDocument['rows']> = fc
  .tuple(
    ...roomsOf(shelves).map(({ name, columns }) =>
      fc
        .array(fc.tuple(...columns.map(() => cellArbitrary)), { maxLength: 4 })
        .map((rows): [SliceName, DocumentRow[]] => [
          name,
          rows.map((cells) => ({
            memberId: id,
            ...Object.fromEntries(columns.map((column, place) => [column, cells[place]])),
          })),
        ]),
    ),
  )
  .map((all) => new Map(all));

test('whatever is put into a document is what is read of it, and the same holdings make the same text', () => {
  fc.assert(
    fc.property(headsArbitrary, rowsArbitrary, (heads, rows) => {
      const text = encodeDocument({ heads, rows }, shelves);
      const read = decode(text);
      expect(read.heads).toEqual(heads);
      for (const [name, kept] of rows) expect(read.rows.get(name) ?? []).toEqual(kept);
      expect(encodeDocument(read, shelves)).toBe(text);
    }),
  );
});

test('a member of whom nothing is kept has no document', () => {
  expect(encodeDocument({ heads: [], rows: new Map([['tags', []]]) }, shelves)).toBeNull();
  expect(decode(null)).toEqual({ heads: [], rows: new Map() });
});

test('300 points and a tag take 66 bytes, the version among them', () => {
  const head = { seq: 3, balance: 300, credited: 300, lots: [] };
  const tag = { memberId: id, tag: '奶粉', support: 1, manual: false };
  const text = encodeDocument({ heads: [['points', head]], rows: new Map([['tags', [tag]]]) }, shelves);
  expect(text).toBe('{"v":1,"heads":[["points",3,300,300]],"tags":[["奶粉",1,false]]}');
  expect(new TextEncoder().encode(text ?? '')).toHaveLength(66);
});

test('300 points of which 200 end at the end of next year take 72 bytes, and a version of their own', () => {
  const lot = {
    lastOn: '2027-12-31',
    releaseOn: null,
    points: 200,
    since: 100,
    credited: 300,
    isTold: false,
  };
  const head = { seq: 3, balance: 300, credited: 300, lots: [lot] };
  const text = encodeDocument({ heads: [['points', head]], rows: new Map() }, shelves);
  expect(text).toBe('{"v":2,"heads":[["points",3,300,300,[["2027-12-31",null,200,100,300]]]]}');
  expect(new TextEncoder().encode(text ?? '')).toHaveLength(72);
});

describe('a document that is not understood is refused, for it would be lost with the next write', () => {
  test.each([
    ['a version of tomorrow', '{"v":3}', 'document of m_1: version 3 is not 1 or 2'],
    ['no version', '{"tags":[]}', 'document of m_1: version undefined is not 1 or 2'],
    ['a field that nobody keeps', '{"v":1,"cards":[]}', 'document of m_1: nobody keeps cards there'],
    ['a row with a value too few', '{"v":1,"tags":[["奶粉",1]]}', '2 values for tag,support,manual'],
    ['an account that nobody has', '{"v":1,"heads":[["gold",1,1,1]]}', 'no account is called gold'],
    ['half a text', '{"v":1,"tags":[["奶', 'JSON'],
  ])('%s', (_, text, why) => {
    expect(() => decode(text)).toThrow(why);
  });
});
