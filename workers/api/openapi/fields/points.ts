/** 积分 and 储值: points earned and spent, and money that is kept on a card. */
import type { FieldDictionary } from './define.ts';

export const pointFields: FieldDictionary = {
  points: { says: 'Whole points.', example: 500 },
  'Spending.points': { says: 'How many points are taken.', example: 500 },
  'PointSpending.points': {
    says: 'How many points are taken: whole steps, as `pointsAsMoney.stepPoints` of the settings says.',
    example: 500,
  },
  'Exchanging.points': {
    says: 'The price that the member saw; if it is another by now, nothing is exchanged. null takes the present one.',
    example: 800,
  },
  'ExchangeItemInput.points': { says: 'What one costs, in points.', example: 800 },
  'ExchangeItemPatch.points': { says: 'What one costs, in points.', example: 800 },
  'ExchangeItemInput.name': { says: 'What members read.', example: '婴儿湿巾一提' },
  'ExchangeItemPatch.name': { says: 'What members read.', example: '婴儿湿巾一提' },
  'ExchangeItemInput.from': {
    says: 'From when it can be exchanged; null is at once.',
    example: '2026-12-01T00:00:00+08:00',
  },
  'ExchangeItemPatch.from': {
    says: 'From when it can be exchanged; null is at once.',
    example: '2026-12-01T00:00:00+08:00',
  },
  'ExchangeItemInput.to': {
    says: 'Until when it can be exchanged; null is without end.',
    example: '2027-03-01T00:00:00+08:00',
  },
  'ExchangeItemPatch.to': {
    says: 'Until when it can be exchanged; null is without end.',
    example: '2027-03-01T00:00:00+08:00',
  },
  'ExchangeItemInput.enabled': { says: 'Whether it can be exchanged now.', example: true },
  'ExchangeItemPatch.enabled': { says: 'Whether it can be exchanged now.', example: true },
  itemId: { says: 'What is exchanged: id of an answer of /exchange-items.', example: 'x_3j5m7p9r1t2v4x6z' },
  rechargeNo: {
    says: 'The number of the recharge: under it the money is put in once.',
    example: 'CZ8005-17',
  },
  rechargedOn: {
    says: 'The business day of the recharge, where numbers begin again every day.',
    example: '2026-11-22',
  },
  plan: { says: 'A top-up plan of the settings by its name: what it says is put in.', example: '充500送50' },
  principalFen: {
    says: 'Of the principal (本金), in fen: what was paid for, and can be paid out again.',
    example: 50000,
  },
  bonusFen: {
    says: 'Of the bonus (赠金), in fen: what the shop added, and is never paid out.',
    example: 5000,
  },
  'TopUp.paidFen': {
    says: 'What was taken for it, in fen; where nothing else is said, it is the principal.',
    example: 50000,
  },
  'stored_value.paidFen': {
    says: 'What was taken for it, in fen; where nothing else is said, it is the principal.',
    example: 50000,
  },
  'StoredValueCorrection.principalFen': {
    says: 'What the principal goes up by, in fen, or down if negative.',
    example: -1000,
  },
  'StoredValueCorrection.bonusFen': {
    says: 'What the bonus goes up by, in fen, or down if negative.',
    example: 0,
  },
  correctionNo: { says: 'A number of your own: under it it is put right once.', example: 'TZ20261122-1' },
  spendNo: {
    says: 'The number of the receipt or of its payment: under it stored value is spent once.',
    example: 'XF8005-372',
  },
  'StoredValueRefund.spendNo': {
    says: 'The spending that it comes back from, by its number.',
    example: 'XF8005-372',
  },
  spentOn: {
    says: 'The business day of the spending, where numbers begin again every day.',
    example: '2026-11-20',
  },
  'StoredValueSpend.amountFen': {
    says: 'What of it is paid with stored value, in fen; left out, as much as can be.',
    example: 10000,
  },
  'StoredValueRefund.amountFen': {
    says: 'What comes back, in fen; left out, all that is left of the spending.',
    example: 5000,
  },
  'stored_value.amountFen': {
    says: 'What was spent or comes back, in fen, split here; or say both parts instead. Of what comes back it may be left out: then all that is left of the spending.',
    example: 10000,
  },
  'stored_value.orderNo': {
    says: 'The receipt that was paid with it, where it is known.',
    example: '8005-372',
  },
  'StoredValueSpend.orderNo': {
    says: 'The receipt that is paid with it, where its number is known.',
    example: '8005-372',
  },
  'Withdrawal.amountFen': { says: 'What the member takes out of the wallet, in fen.', example: 2000 },
  balanceAfter: {
    says: 'The balance after it, of a till that keeps the balance itself.',
    example: { principalFen: 40000, bonusFen: 5000 },
  },
  'balanceAfter.principalFen': { says: 'The principal after it, in fen.', example: 40000 },
  'balanceAfter.bonusFen': { says: 'The bonus after it, in fen.', example: 5000 },
  cashOutNo: { says: 'The number of the pay-out: under it the money is paid out once.', example: 'TX8005-3' },
  'CashOut.principalFen': { says: 'How much of the principal is paid out, in fen.', example: 20000 },
  'stored_value.principalFen': {
    says: 'Of the principal (本金), in fen: what was paid for, and can be paid out again.',
    example: 50000,
  },
  'stored_value.bonusFen': {
    says: 'Of the bonus (赠金), in fen: what the shop added. At a pay-out it is given up: the same share as of the principal, unless it is told.',
    example: 5000,
  },
};
