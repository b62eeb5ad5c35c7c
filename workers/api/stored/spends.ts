/** 花储值、退回储值: a till pays a part of a bill with a card, and gives it back with the goods. */
import * as z from 'zod';
import { Fen, Id } from '../../../schema/index.ts';
import { refundStored, spendingIdOf, spendStored } from '../../commands/stored/stored.ts';
import { namedBody, route } from '../call/define.ts';
import { storeIdOf } from '../coupons/receipt.ts';
import { common, knownAs, receipt, settle } from './settle.ts';

const SpendBody = namedBody(
  'StoredValueSpend',
  z.strictObject({
    ...receipt,
    spendNo: Id.meta({ description: 'Of the receipt or of its payment: under it is spent once.' }),
    orderNo: Id.nullish(),
    payableFen: Fen.meta({ description: 'What is to be paid after coupons.' }),
    amountFen: Fen.min(1).meta({ description: 'What of it is paid with stored value.' }),
  }),
);

const spending = route({
  ...common,
  path: '/members/{id}/stored-value/spends',
  summary: 'Pay with stored value (花储值)',
  description:
    'Never more than there is (`insufficient` says have and need), nor than the shop’s part of the bill (`above_ceiling` says usableFen). Which part is spent first is a setting. The sale itself is told as ever, with its payment stored_value: it earns there, once.',
  body: SpendBody,
  handle: (call) => {
    const { spendNo, orderNo, payableFen, amountFen, businessDate } = call.body;
    const store = { id: storeIdOf(call.body.store) };
    const data = { spendNo, orderNo, store, payableFen, amountFen };
    return settle(call, { number: spendNo, businessDate }, (memberId, number) =>
      spendStored(call.deps.engine, { memberId, number, data }, call.now),
    );
  },
});

const RefundBody = namedBody(
  'StoredValueRefund',
  z.strictObject({
    ...receipt,
    refundNo: Id.meta({ description: 'Under this number it comes back once.' }),
    spendNo: Id,
    spentOn: receipt.businessDate,
    amountFen: Fen.min(1).nullish().meta({ description: 'Left out, all that is left of the spending.' }),
  }),
);

const refunding = route({
  ...common,
  path: '/members/{id}/stored-value/refunds',
  summary: 'Give back what was paid with stored value (退回储值)',
  description: 'Into the parts from which it was spent, in proportion, and never more than was spent.',
  body: RefundBody,
  handle: (call) => {
    const { refundNo, spendNo, spentOn, amountFen, businessDate } = call.body;
    const store = { id: storeIdOf(call.body.store) };
    const data = { refundNo, spendNo, store, amountFen };
    return settle(call, { number: refundNo, businessDate }, async (memberId, number) => {
      const spent = await knownAs(call, { number: spendNo, businessDate: spentOn });
      if ('code' in spent) return spent;
      const spendingId = spendingIdOf(spent.known);
      return refundStored(call.deps.engine, { memberId, number, spendingId, data }, call.now);
    });
  },
});

export const spendRoutes = [spending, refunding];
