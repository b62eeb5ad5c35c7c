/** 销售: receipts, their lines, and what was paid. */
import type { FieldDictionary } from './define.ts';

export const saleFields: FieldDictionary = {
  orderNo: {
    says: 'The number of the receipt, unique as far as the source’s `numbering` says.',
    example: '8005-372',
  },
  refundNo: {
    says: 'The number of the return: under it, it counts once.',
    example: 'R8005-21',
  },
  version: {
    says: 'Which version of the document this is: under the same number a higher one replaces what was told before; the same one with other content is parked.',
    example: '1',
  },
  businessDate: {
    says: 'The business day (营业日) of the till; without it, the day on which it happened in the store’s zone.',
    example: '2026-11-22',
  },
  orderedOn: {
    says: 'The business day of the original sale, where the source’s numbers begin again every day.',
    example: '2026-11-20',
  },
  cartId: {
    says: 'The cart under which coupons, points or stored value were held before there was an order number.',
    example: 'cart-20261122-0093',
  },
  terminal: { says: 'The number of the till, where numbers are counted per till.', example: '01' },
  channel: {
    says: 'Where it was sold: at the till, in the mall, in a mini program or by takeaway.',
    example: 'pos',
  },
  cashier: { says: 'Who worked the till (收银员).', example: { id: 'c1', name: '小李' } },
  'cashier.id': { says: 'The cashier’s number in the sending system.', example: 'c1' },
  'cashier.name': { says: 'What the cashier is called.', example: '小李' },
  associate: { says: 'Who served the customer (导购).', example: { id: 'g7', name: '陈静' } },
  'associate.id': { says: 'The associate’s number in the sending system.', example: 'g7' },
  'associate.name': { says: 'What the associate is called.', example: '陈静' },
  lines: {
    says: 'The lines of the receipt, 1 to 500: each one article with what is paid for it.',
    example: [
      { lineNo: '1', sku: '6901234567892', name: '启赋蓝钻3段 900g', quantity: '2', amountFen: 20720 },
    ],
  },
  'refund.lines': {
    says: 'What came back, with positive amounts; empty returns no goods, only money.',
    example: [{ lineNo: '1', originalLineNo: '1', sku: '6901234567892', quantity: '1', amountFen: 10360 }],
  },
  lineNo: { says: 'The number of the line within its receipt; counted from 1 unless given.', example: '1' },
  originalLineNo: {
    says: 'On a return: the line of the sale that comes back.',
    example: '1',
  },
  'lines.kind': {
    says: 'normal is sold; gift is given; addon is bought at a special price; points_exchange was paid with points; exchange_in and exchange_out are both sides of an exchange; service is no goods.',
    example: 'normal',
  },
  sku: { says: 'The article’s number, the same in sales, products and scopes.', example: '6901234567892' },
  'lines.name': { says: 'The article’s name as printed on the receipt.', example: '启赋蓝钻3段 900g' },
  categoryIds: {
    says: 'The article’s categories, from the widest to the narrowest. Left out, those of the product are used.',
    example: ['01', '0101'],
  },
  brand: { says: 'The article’s brand by its name or number.', example: '启赋' },
  quantity: {
    says: 'Pieces or kilograms as decimal text, at most 3 places.',
    example: '2',
  },
  unitPriceFen: { says: 'The price of one before discounts, in fen.', example: 10360 },
  'lines.discountFen': { says: 'What was taken off this line, in fen.', example: 0 },
  discountFen: { says: 'What was taken off the whole receipt, in fen.', example: 0 },
  'lines.amountFen': { says: 'What is paid for the whole line after discounts, in fen.', example: 20720 },
  'payments.amountFen': { says: 'What was paid this way, in fen.', example: 20720 },
  amountFen: { says: 'An amount in fen.', example: 20720 },
  pointsExcluded: { says: 'Whether this line brings no points.', example: false },
  amounts: {
    says: 'The sums of the receipt, in fen.',
    example: { goodsFen: 20720, discountFen: 0, roundingFen: 0, shippingFen: 0, paidFen: 20720 },
  },
  'refund.amounts': { says: 'The sums of the return, in fen.', example: { refundedFen: 10360 } },
  goodsFen: { says: 'The sum of the goods before discounts, in fen.', example: 20720 },
  roundingFen: { says: 'What was rounded, in fen: negative in the customer’s favour.', example: 0 },
  shippingFen: { says: 'What was paid for shipping, in fen; it brings no points.', example: 0 },
  paidFen: { says: 'What was paid, in fen.', example: 20720 },
  'amounts.paidFen': {
    says: 'What the customer paid in all, in fen, whatever it was paid with.',
    example: 20720,
  },
  refundedFen: { says: 'What was paid back in all, in fen.', example: 10360 },
  payments: {
    says: 'How it was paid, at most 50 parts.',
    example: [{ method: 'wechat', amountFen: 20720 }],
  },
  method: { says: 'With what it was paid.', example: 'wechat' },
  paymentNos: {
    says: 'The numbers of the payments, such as WeChat Pay’s: some systems name a return by nothing else.',
    example: ['4200002567202611225837465012'],
  },
  paymentNo: {
    says: 'The number of the payment that was paid back, where the sale’s own number is not known.',
    example: '4200002567202611225837465012',
  },
  couponCodes: {
    says: 'The codes of the coupons that the customer shows or has used, at most 50.',
    example: ['5K7QZ2M8VX3RTN'],
  },
  currency: {
    says: 'The currency by ISO 4217; without it CNY. An event in another currency is parked.',
    example: 'CNY',
  },
  'refund.scope': {
    says: 'full gives the whole sale back, partial a part of it, no_original goods without their receipt.',
    example: 'partial',
  },
  payableFen: {
    says: 'What is to be paid after coupons, in fen.',
    example: 20720,
  },
  id: {
    says: 'Your own number of this event, unique per source: the same number and body again are known as a duplicate.',
    example: '8005-372-1',
  },
  type: { says: 'What happened.' },
  test: { says: 'true is only looked at: it is stored, and nothing follows from it.', example: false },
  'Event.history': {
    says: 'true is told for the record: it counts, and gives and wakes nothing.',
    example: false,
  },
  data: { says: 'What is told of it.' },
  occurredAt: {
    says: 'When it happened (when the customer paid), not when it was sent. More than ten years ago, or more than a day ahead, is parked.',
    example: '2026-11-22T14:59:00+08:00',
  },
  sale: { says: '`data` of a sale.completed event.' },
};
