/** 销售单据: a sale, its payments, its return and its void. */
import type { EventsWords } from './define.ts';

const store = { id: '8005', name: '天河店' };

export const saleEvents = {
  'sale.completed': {
    summary: 'A sale was paid',
    description:
      'Send it when the customer has paid: the sale earns points and growth, starts campaigns, settles the coupons that it names, and the member is told. It counts once for its `orderNo` (as far as the source’s `numbering` says): a correction is the whole sale again under a higher `version`, and the same version with other content is parked. Lines say what was sold, `amounts.paidFen` what was paid; of stored value or points that paid a part, tell the payment as well.',
    example: {
      id: '8005-372-1',
      data: {
        orderNo: '8005-372',
        version: '1',
        businessDate: '2026-11-22',
        store,
        terminal: '01',
        channel: 'pos',
        cashier: { id: 'c1', name: '小李' },
        associate: { id: 'g7', name: '陈静' },
        member: { externalId: 'M1001', cardNo: '8005000011', phone: '13912345487', name: '王芳' },
        lines: [
          {
            lineNo: '1',
            kind: 'normal',
            sku: '6901234567892',
            name: '启赋蓝钻3段 900g',
            categoryIds: ['01', '0101'],
            brand: '启赋',
            quantity: '2',
            unitPriceFen: 10360,
            discountFen: 0,
            amountFen: 20720,
          },
          {
            lineNo: '2',
            kind: 'gift',
            sku: '6909876543210',
            name: '湿巾试用装',
            quantity: '1',
            amountFen: 0,
          },
        ],
        amounts: { goodsFen: 20720, discountFen: 0, roundingFen: 0, shippingFen: 0, paidFen: 20720 },
        payments: [{ method: 'wechat', amountFen: 20720 }],
        paymentNos: ['4200002567202611225837465012'],
        couponCodes: [],
      },
    },
  },
  'sale.paid': {
    summary: 'The payments of a sale became known',
    description:
      'Send it where the till learns the numbers of the payments after it has told the sale: a return that names nothing but a `paymentNo` then finds its sale, in whatever order the three are told. It changes no amounts, and telling it again changes nothing.',
    example: {
      id: '8005-372-paid',
      data: { orderNo: '8005-372', paymentNos: ['4200002567202611225837465012'], store },
    },
  },
  'sale.voided': {
    summary: 'A sale was voided',
    description:
      'Send it when a whole sale is called off (作废): what it earned is taken back as if it had never been, and its coupons come back. It counts once for its sale; where numbers begin again, `store`, `terminal` and `orderedOn` of the sale say which one is meant. For goods that come back later send refund.completed instead.',
    example: {
      id: '8005-373-void',
      data: { orderNo: '8005-373', store, terminal: '01', orderedOn: '2026-11-22' },
    },
  },
  'refund.completed': {
    summary: 'Goods came back, or money did',
    description:
      'Send it when the money was paid back: the sale is reckoned again without what came back, and what it earned too much is taken back. `amounts.refundedFen` is what counts; it comes first off the named lines, then off the rest. It counts once for its `refundNo`, a higher `version` corrects it, and it waits for its sale if that was not told yet; without a receipt say `"scope": "no_original"`.',
    example: {
      id: 'R8005-21-1',
      data: {
        refundNo: 'R8005-21',
        version: '1',
        businessDate: '2026-11-24',
        orderNo: '8005-372',
        scope: 'partial',
        store,
        terminal: '01',
        orderedOn: '2026-11-22',
        member: { externalId: 'M1001' },
        lines: [{ lineNo: '1', originalLineNo: '1', sku: '6901234567892', quantity: '1', amountFen: 10360 }],
        amounts: { refundedFen: 10360 },
      },
    },
  },
} satisfies EventsWords;
