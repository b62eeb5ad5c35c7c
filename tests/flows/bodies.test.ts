/** 原始报文: whatever a till sends is handed back letter by letter, and takes less room than it did on the wire. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBody, unpackBody } from '../../workers/db/inbox/packed-body.ts';
import { few } from '../bench/campaigns.ts';
import { saleEvent } from '../bench/sales.ts';
import { openOffice, items } from '../api/support.ts';
import { erasePage } from '../../workers/db/upkeep/erasures.ts';
import { rfc3339 } from '../support/builders.ts';

const fiveLines = saleEvent({
  number: 77,
  member: 5,
  catalogue: few.catalogue,
  occurredAt: '2026-11-22T14:59:00+08:00',
});
const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Words of the contract, letters that stand for them, and anything else, in any order. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('"sku":"', '"name":"', '"paidFen":', '\u0001', '\u0002', '\u001f', '"sk', 'u":"'),
    ),
    { maxLength: 400 },
  )
  .map((parts) => parts.join(''));

test('every text comes back as it was, whatever is in it', () => {
  fc.assert(fc.property(texts, (text) => unpackBody(packBody(text)) === text));
  fc.assert(
    fc.property(texts, (text) => {
      const plain = Array.from(text, (letter) => (letter < ' ' ? '' : letter)).join('');
      const long = plain.padEnd(1_000, '"sku":"');
      return unpackBody(packBody(long)) === long;
    }),
  );
});

test('a sale of five lines, 1,900 bytes and more as it came, is kept in fewer than 1,000: three share a page', () => {
  const body = JSON.stringify(fiveLines);
  expect([bytesOf(body) > 1_900, bytesOf(packBody(body)) < 1_000]).toEqual([true, true]);
});

test('what one body may become is bounded: one of more than 16,000 letters is kept as it is', () => {
  const body = `{"data":[${'"pointsExcluded":false,'.repeat(1_000)}]}`;
  expect(packBody(body)).toBe(body);
});

test('a packed sale is found by its order number, shown as it came, and emptied when its buyer has to go', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(fiveLines);
  const stored = () => String(shop.db.all(`SELECT body FROM inbox`)[0]?.['body']);
  expect(bytesOf(stored())).toBeLessThan(1_000);
  const [found] = items(await admin('GET', '/events?order=8078-20261122-77'));
  const { json } = await admin('GET', `/events/${String(found?.['id'])}`);
  expect(json).toMatchObject({ state: 'done', effects: { growth: 538 } });
  expect(JSON.parse(String(json['body']))).toMatchObject({
    data: { orderNo: '8078-20261122-77', terminal: '01' },
  });
  await shop.tell({
    type: 'member.deleted',
    id: 'd1',
    occurredAt: rfc3339('2026-11-23 10:00'),
    data: { externalId: 'M5' },
  });
  while (await erasePage(shop.engine.db, shop.clock.now));
  expect(stored()).toBe('');
});
