/** 花储值、撤销、退回储值: a till pays a part of a bill with a card, undoes that, or gives it back with the goods. */
import * as z from 'zod';
import { Fen, Id } from '../../../schema/index.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import { payBill, standingSpending, undoBill } from '../../commands/stored/bill.ts';
import { refundStored } from '../../commands/stored/stored.ts';
import type { Problem } from '../../platform/problem.ts';
import { sourceOf } from '../call/bound.ts';
import { namedBody, ok, route } from '../call/define.ts';
import { receiptFields, storeIdOf } from '../coupons/receipt.ts';
import { common, knownAs, receipt, settle, settleAs, type StoredCall } from './settle.ts';
import { storedRefusals } from './stored-problem.ts';

const bill = {
  ...receipt,
  orderNo: receiptFields.orderNo,
  cartId: receiptFields.cartId,
  spendNo: Id.nullish().meta({
    description: 'A number of its own for this payment, where a receipt is paid so more than once.',
  }),
};
type Bill = z.infer<z.ZodObject<typeof bill>>;

/** A cart is known by itself: its sale has another number. */
async function billOf<Body extends Bill>(
  call: StoredCall<Body>,
): Promise<{ readonly number: string; readonly known: string } | Problem> {
  const { deps, body, token, now } = call;
  const { spendNo, store, orderNo, cartId, terminal, businessDate } = body;
  const named = { store: storeIdOf(store), terminal, businessDate };
  const number = spendNo == null ? { orderNo, cartId } : { orderNo: spendNo };
  const ref = await receiptRef(deps.db, sourceOf(token, body.source), { ...named, ...number }, now);
  if (typeof ref !== 'string') return ref;
  const known = ref.startsWith('cart:') ? ref.replace(':', '/') : ref.slice('sale:'.length);
  return { number: spendNo ?? orderNo ?? cartId ?? '', known };
}

const spending = route({
  ...common,
  path: '/members/{id}/stored-value/spends',
  refusals: storedRefusals('INSUFFICIENT', 'ABOVE_CEILING', 'NUMBER_TAKEN'),
  summary: 'Pay with stored value (花储值)',
  description:
    'Never more than there is (`insufficient` says have and need), nor than the shop’s part of the bill (`above_ceiling` says usableFen). The same receipt again answers the same; another amount for it is `number_taken`. Which part is spent first is a setting. The sale itself is told as ever, with its payment stored_value: it earns there, once.',
  body: namedBody(
    'StoredValueSpend',
    z.strictObject({
      ...bill,
      payableFen: Fen.meta({ description: 'What is to be paid after coupons.' }),
      amountFen: Fen.min(1).nullish().meta({
        description: 'What of it is paid with stored value; left out, as much as the rules allow.',
      }),
    }),
  ),
  handle: async (call) => {
    const named = await billOf(call);
    if ('code' in named) return named;
    const { orderNo, payableFen, amountFen } = call.body;
    const store = { id: storeIdOf(call.body.store) };
    const data = { spendNo: named.number, orderNo, store, payableFen, amountFen };
    return settleAs(call, named, (memberId, known) =>
      payBill(call.deps.engine, { memberId, known, data }, call.now),
    );
  },
});

const undoing = route({
  ...common,
  path: '/members/{id}/stored-value/spends/undo',
  refusals: storedRefusals('UNKNOWN_SPENDING', 'NUMBER_TAKEN'),
  statuses: [200],
  summary: 'Undo paying with stored value (撤销花储值)',
  description:
    'What is left of it goes back into the parts from which it was spent: the answer says how much that was. What came back with the goods before does not come back twice. Undone twice is undone once; after it the receipt may be paid anew.',
  body: namedBody('StoredValueUndoing', z.strictObject(bill)),
  handle: async (call) => {
    const named = await billOf(call);
    if ('code' in named) return named;
    const data = { spendNo: named.number, store: { id: storeIdOf(call.body.store) } };
    return settleAs(
      call,
      named,
      (memberId, known) => undoBill(call.deps.engine, { memberId, known, data }, call.now),
      ok,
    );
  },
});

const RefundBody = namedBody(
  'StoredValueRefund',
  z.strictObject({
    ...receipt,
    refundNo: Id.meta({ description: 'Under this number it comes back once.' }),
    spendNo: Id.meta({ description: 'Of the spending; of its receipt where it had no number of its own.' }),
    spentOn: receipt.businessDate,
    amountFen: Fen.min(1).nullish().meta({ description: 'Left out, all that is left of the spending.' }),
  }),
);

const refunding = route({
  ...common,
  path: '/members/{id}/stored-value/refunds',
  refusals: storedRefusals('UNKNOWN_SPENDING', 'MORE_THAN_SPENT', 'NUMBER_TAKEN'),
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
      const spendingId = await standingSpending(call.deps.engine, spent.known);
      return refundStored(call.deps.engine, { memberId, number, spendingId, data }, call.now);
    });
  },
});

export const spendRoutes = [spending, undoing, refunding];
