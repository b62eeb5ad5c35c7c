/** 优惠券: what is drawn up, given out, held and used. */
import type { FieldDictionary, Json } from './define.ts';

const start = '2026-12-01T00:00:00+08:00';
const end = '2026-12-13T00:00:00+08:00';
const code: Json = '5K7QZ2M8VX3RTN';
const template: Json = 't_8f3k2m9q7w1x4z6b';
const goods: Json = [{ kind: 'category', ids: ['01'] }];

export const couponFields: FieldDictionary = {
  code: {
    says: 'The code as it is read out, typed or scanned: small letters, spaces, O for 0 and I or L for 1 are the same.',
    example: code,
  },
  'CouponClaim.code': {
    says: 'A code of a batch as it is printed, or as it was typed.',
    example: '0001-02K7-QZ2M-8VX3-RTN6',
  },
  codes: { says: 'Codes of coupons or vouchers.', example: [code] },
  templateId: { says: 'The coupon template: id of an answer of /coupon-templates.', example: template },
  'CouponTemplateInput.name': {
    says: 'What members and tills read, at most 60 characters.',
    example: '满80减8',
  },
  'CouponTemplateInput.kind': {
    says: 'What kind of coupon it is: cash takes off an amount, percent a part, gift and experience are fetched, shipping sends for free, partner is used elsewhere, presale is sold.',
  },
  valueFen: { says: 'What it takes off, in fen.', example: 800 },
  payBps: { says: 'What is still paid, in basis points: 9000 is 9折, a tenth off.', example: 9000 },
  maxOffFen: { says: 'The most that it takes off, in fen; null has no cap.', example: 5000 },
  minSpendFen: {
    says: 'From what spending on the goods in its scope it can be used, in fen; 0 is from anything.',
    example: 8000,
  },
  furtherFromFen: {
    says: 'From what spending on it takes off furtherOffFen more, in fen; null takes off no more.',
    example: 61800,
  },
  furtherOffFen: { says: 'So much more off from furtherFromFen on, in fen; null is nothing.', example: 6180 },
  priceFen: { says: 'What one is sold for, in fen.', example: 2000 },
  saleFrom: { says: 'Sold from this moment on.', example: start },
  saleTo: { says: 'No longer sold from this moment on.', example: end },
  ifUnused: {
    says: 'What becomes of the money of one that was not used once its time is over.',
    example: 'keep',
  },
  scope: {
    says: 'Which goods it is for. An empty include is everything; exclude always wins.',
    example: { include: goods, exclude: [] },
  },
  include: { says: 'The goods that count; empty is everything.', example: goods },
  exclude: {
    says: 'The goods that never count, also where include names them.',
    example: [{ kind: 'sku', ids: ['6901234567892'] }],
  },
  'include.kind': {
    says: 'By what the goods are named: their category, brand, sku or tag.',
    example: 'category',
  },
  'exclude.kind': { says: 'By what the goods are named: their category, brand, sku or tag.', example: 'sku' },
  ids: { says: 'Numbers of that kind, 1 to 1,000.', example: ['01'] },
  validity: {
    says: 'When one can be used: counted from the day on which it is given, or between two moments.',
    example: { relative: { afterDays: 0, forDays: 30 } },
  },
  relative: { says: 'Counted from the day on which it is given.', example: { afterDays: 0, forDays: 30 } },
  afterDays: { says: 'So many days after it is given it can be used; 0 is at once.', example: 0 },
  forDays: { says: 'For so many days it can be used.', example: 30 },
  fixed: { says: 'Between two moments, whenever it was given.', example: { from: start, to: end } },
  'fixed.from': { says: 'Can be used from this moment on.', example: start },
  'fixed.to': { says: 'Can no longer be used from this moment on.', example: end },
  stores: { says: 'In these stores only; null is everywhere.', example: ['8005'] },
  stacksWith: {
    says: 'What may stand beside it on one receipt: nothing; other templates, but not a second one of its own; or anything that lets it.',
    example: 'none',
  },
  perSale: { says: 'How many of it one receipt takes; null is no such limit.', example: 1 },
  stock: { says: 'How many there are in all; null is without end.', example: 1000 },
  perMember: { says: 'How many one member gets in all; null is no such limit.', example: 1 },
  perMemberPerDay: { says: 'How many one member gets in one day; null is no such limit.', example: 1 },
  perDay: {
    says: 'How many are given out on one day to all members together; null is no such limit.',
    example: 200,
  },
  associateQuota: {
    says: 'How many one associate may have out; null: associates do not give it.',
    example: 20,
  },
  reclaimAfterDays: { says: 'After so many days an offer that was not taken is over.', example: 14 },
  transferable: { says: 'Whether a member may pass it on to a friend, once.', example: false },
  giveBack: { says: 'Whether a used one comes back when the whole sale does.', example: true },
  onPartialReturn: {
    says: 'When the goods that are kept no longer reach its minimum: keep leaves it used, give-back returns it.',
    example: 'keep',
  },
  faceCostFen: { says: 'What one costs the shop, in fen; null is its value.', example: 800 },
  'CouponBatchInput.name': { says: 'What the office calls the batch.', example: '12月朋友圈领券' },
  'CouponBatchInput.kind': { says: 'link is claimed through a link, codes are printed.' },
  'CouponBatchInput.from': { says: 'From when it can be claimed; null is at once.', example: start },
  'CouponBatchInput.to': { says: 'Until when it can be claimed; null is without end.', example: end },
  'CouponBatchInput.total': {
    says: 'How many can be claimed in all; null is as many as the template has.',
    example: 500,
  },
  total: { says: 'How often in all; null is no such limit.', example: 500 },
  'CouponBatchInput.count': { says: 'How many codes are printed.', example: 100 },
  count: { says: 'How many of them.', example: 1 },
  placements: {
    says: 'Where the link is put up, so that each place can be told apart.',
    example: [{ name: '天河店海报', storeId: '8005' }],
  },
  'placements.name': { says: 'What the office calls the place.', example: '天河店海报' },
  placement: {
    says: 'Which of the placements of the link, counted from 0; null is none of them.',
    example: 0,
  },
  batchId: { says: 'The batch: id of an answer of /coupon-batches.', example: 'b_2h6n8r4t0v5y7c9e' },
  tells: { says: 'Whether the member is told, if they can be written to.', example: true },
  minutes: { says: 'For how many minutes it is held.', example: 10 },
  'CouponRedemption.lines': { says: 'The goods at their prices before coupons.' },
  partner: { says: 'The partner who took it.', example: '小鲸洗游馆' },
  reference: {
    says: 'The partner’s own number for it; the same again answers the same.',
    example: 'XJ20261122008',
  },
  'CouponGrantJobInput.to': {
    says: 'Who gets it: a group by one of these.',
    example: { by: 'tag', tag: '奶粉客' },
  },
  by: { says: 'By what the group is chosen.' },
  category: { says: 'Who bought of this category within `days`.', example: '01' },
  'to.sku': { says: 'Who bought this article within `days`.', example: '6901234567892' },
  'to.days': { says: 'Within so many days before today.', example: 90 },
  'to.storeId': { says: 'Members of this store.', example: '8005' },
  numbers: {
    says: 'Phones, cards or numbers of tills, or ids of members.',
    example: ['13912345487', 'M1001'],
  },
  saleNo: {
    says: 'The number of the receipt that sold them: under it they are sold once.',
    example: '8005-402',
  },
  'VoucherSelling.paidFen': {
    says: 'What was taken for all of them, in fen; where given, it has to be their price.',
    example: 2000,
  },
  'voucher.paidFen': {
    says: 'What was taken for all of them, in fen; where told, it has to be their price.',
    example: 2000,
  },
  'VoucherRefund.refundedFen': {
    says: 'What is paid back, in fen; where given, it has to be what was paid.',
    example: 2000,
  },
  'voucher.refundedFen': {
    says: 'What was paid back, in fen; where told, it has to be what was paid for them.',
    example: 2000,
  },
  'voucher.count': { says: 'How many were sold.', example: 1 },
  'voucher.codes': { says: 'These, or none of them; left out, all that are not used.', example: [code] },
};
