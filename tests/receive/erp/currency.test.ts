/** 币种: points are reckoned in yuan; whoever tells another currency is told so, and nobody earns by it. */
import { expect, test } from 'vitest';
import { recharge, refund, sale, type Body } from '../../support/builders.ts';
import { inboxRows, ledgerRows, openShop } from '../../support/shop.ts';
import { reasonWords } from '../../../workers/words/reasons.ts';

const told = async (body: object) => {
  const shop = await openShop();
  await shop.tell(body);
  return {
    state: inboxRows(shop.db)[0]?.state,
    note: inboxRows(shop.db)[0]?.note,
    rows: ledgerRows(shop.db),
  };
};
const inMoney = (body: Body, currency: string) => ({ ...body, data: { ...Object(body.data), currency } });
const documents: [string, Body][] = [
  ['a sale', sale({ paidFen: 500_000 })],
  [
    'a return without its receipt',
    refund({ scope: 'no_original', orderNo: null, member: { externalId: 'M1' } }),
  ],
  ['a recharge', recharge()],
];

test.each(documents)('%s of 5,000 yen is parked, in words', async (_, body) => {
  const { state, note, rows } = await told(inMoney(body, 'JPY'));
  expect([state, note, rows]).toEqual(['parked', { code: 'CURRENCY_FOREIGN', currency: 'JPY' }, []]);
  expect(note && reasonWords(note)).toBe('这张单据的币种是 JPY，积分只按人民币计算；请核对后手工调整积分。');
});

test.each(documents)('%s in yuan is done, in whatever letters', async (_, body) => {
  for (const currency of ['CNY', 'cny']) expect((await told(inMoney(body, currency))).state).toBe('done');
});
