/** 编号照原样: an id keeps what can be seen of it, full-width digits and capitals too; what nobody sees makes no other id of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Id, seen } from '../../schema/index.ts';
import { id as cellOfId } from '../../workers/receive/files/cells.ts';
import { toId, toMemberId } from '../../workers/receive/mapping/values/convert.ts';
import { openOffice } from '../api/support.ts';
import { line, sale } from '../support/builders.ts';
import { balanceOf, memberRows, openShop, saleRows } from '../support/shop.ts';

/** Zero width, direction, soft hyphen, byte order mark, variation selector, word joiner. */
const marks = ['\u200b', '\u202d', '\u00ad', '\ufeff', '\ufe0f', '\u2060'];

describe.each([
  ['the canonical event', (text: string) => Id.parse(text)],
  ['an adapter and a mapping', (text: string) => Object(toId(text))['value'] as unknown],
  ['a file', (text: string) => Object(cellOfId(text, { zone: '', origin: '1900' }))['value'] as unknown],
])('in %s', (_, read) => {
  test('a number with a mark that nobody sees, wherever it stands, is the number', () => {
    for (const mark of marks) {
      const pasted = [`${mark}M1001`, `M10${mark}01`, `M1001${mark}`, `${mark} M1001 ${mark}`];
      expect(pasted.map(read)).toEqual(pasted.map(() => 'M1001'));
    }
  });

  test('what can be seen stays as it is', () => {
    const written = ['Ｍ１００１', 'm1001', 'M-10 01', 'é', 'e\u0301', '店①', '😀'];
    expect(written.map(read)).toEqual(written);
  });
});

test('what was seen once is seen again, and visible texts are not touched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(seen(seen(text))).toBe(seen(text));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(seen(text)).toBe(text);
    }),
  );
});

test('a mark alone is nobody', () => {
  expect([toId('\u200b'), toMemberId('0\u200b')]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
});

test('a card, a receipt and a product pasted with marks are the same card, receipt and product', async () => {
  const shop = await openShop();
  const told = (mark: string, orderNo: string) =>
    sale({
      id: `E${orderNo}${mark.length}`,
      orderNo: `${orderNo}${mark}`,
      member: { externalId: 'M1', cardNo: `VIP${mark}7` },
      lines: [line({ sku: `milk${mark}`, amountFen: 10_000 })],
    });
  await shop.tell(told('', 'A'), told('\u200b', 'A'), told('\u202d', 'B'));
  expect(memberRows(shop.db)).toHaveLength(1);
  expect(saleRows(shop.db).map(({ orderNo }) => orderNo)).toEqual(['A', 'B']);
  expect(balanceOf(shop.db, 'card:pos:VIP7')).toBe(200);
});

test('the office finds who is asked for with a mark, and enters a store under the number the till sends', async () => {
  const { admin, pos } = await openOffice();
  await admin('POST', '/members', { body: { externalId: 'M1\u200b', name: '李' } });
  const found = await pos('GET', `/members?externalId=${encodeURIComponent('\ufeffM1')}`);
  expect(found.json['items']).toHaveLength(1);
  const store = await admin('PUT', `/stores/${encodeURIComponent('S\u200b2')}`, { body: { name: '二店' } });
  expect(store.json['id']).toBe('S2');
});
