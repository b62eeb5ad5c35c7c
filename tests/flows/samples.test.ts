/** 样例: what the documents show is a sale that earns what they say, today and in a year. */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { dayMs } from '../../workers/decide/plain/dates.ts';
import { at } from '../support/builders.ts';
import { programOf } from '../support/readme.ts';
import { balanceOf, openShop } from '../support/shop.ts';

const today = at('2026-11-30 10:00');
const moments = [
  ['today', today],
  ['in a year', today + 365 * dayMs],
] as const;

/** The body that the README's program would send at a moment. */
function readmeBody(now: number): object {
  const [, body] = /JSON\.stringify\((\{[\s\S]*?\})\);/.exec(programOf('README.md')) ?? [];
  if (body === undefined) throw new Error('the program of the README sends no body');
  const Date = class extends globalThis.Date {
    constructor() {
      super(now);
    }
  };
  return runInNewContext(`(${body})`, { Date }) as object;
}

/** The sale of the contract, as it stands there: its moment does not move. */
const contractBody = {
  type: 'sale.completed',
  id: '8005-372-1',
  occurredAt: '2026-11-22T14:59:00+08:00',
  test: false,
  data: {
    orderNo: '8005-372',
    version: '1',
    store: { id: '8005', name: '天河店' },
    terminal: '01',
    channel: 'pos',
    cashier: { id: 'c1', name: '收银一' },
    associate: { id: 'g7', name: '小王' },
    member: { externalId: 'M1001', cardNo: '11', phone: '13912345487', name: '李女士' },
    lines: [
      {
        lineNo: '1',
        kind: 'normal',
        sku: '6901234',
        name: '奶粉',
        categoryIds: ['01', '0101'],
        quantity: '2',
        unitPriceFen: 10_360,
        discountFen: 0,
        amountFen: 20_720,
        pointsExcluded: false,
      },
    ],
    amounts: { goodsFen: 20_720, discountFen: 0, roundingFen: 0, shippingFen: 0, paidFen: 20_720 },
    payments: [{ method: 'wechat', amountFen: 20_720 }],
    couponCodes: [],
  },
};

test.each(moments)('the README’s sale of 207.20 yuan, sent %s, earns 207 points', async (_, now) => {
  const shop = await openShop();
  shop.clock.now = now;
  await shop.tell(readmeBody(now));
  expect(balanceOf(shop.db, 'ext:pos:M1001')).toBe(207);
});

test.each(moments)('the contract’s sale of 207.20 yuan, sent %s, earns 207 points', async (_, now) => {
  const shop = await openShop();
  shop.clock.now = now;
  await shop.tell(contractBody);
  expect(balanceOf(shop.db, 'ext:pos:M1001')).toBe(207);
});
