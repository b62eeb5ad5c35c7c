/** 哪张单: how a till names the receipt for which it holds or uses a coupon. */
import * as z from 'zod';
import { Day, Id, type CouponId, type StoreId } from '../../../schema/index.ts';
import { presentCoupon, type Presenting } from '../../commands/coupons/present.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import type { CouponLife } from '../../db/coupons/coupons.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import type { CouponWish } from '../../../schema/index.ts';
import { sourceOf } from '../call/bound.ts';
import { takeKey } from '../call/commit.ts';
import { ok, type Call, type Outcome } from '../call/define.ts';
import { SourceName } from '../sources/source-named.ts';
import { couponProblem, notDecided } from './coupon-problem.ts';

/** A store by its id, or as events name it. */
export const StoreNamed = z.union(
  [Id, z.object({ id: Id, name: z.string().optional() })],
  'must be an id such as "8005", or an object that holds it, such as {"id":"8005"}',
);
export const storeIdOf = (store: z.infer<typeof StoreNamed>): StoreId =>
  (typeof store === 'string' ? store : store.id) as StoreId;

const code = z.string().trim().min(1).max(128).meta({
  description:
    'As it is read out, typed or scanned: small letters, spaces, O for 0 and I or L for 1 are the same.',
});

export const receiptFields = {
  code,
  store: StoreNamed,
  orderNo: Id.nullish().meta({ description: 'The number that the sale is going to have.' }),
  cartId: Id.nullish().meta({ description: 'Where there is no number yet: the sale names it later.' }),
  terminal: Id.nullish(),
  businessDate: Day.nullish().meta({
    description: 'Where numbers begin again every day; today unless given.',
  }),
  source: SourceName,
};
type Named = z.infer<z.ZodObject<typeof receiptFields>>;

export async function present<Answer>(
  call: Call<unknown, unknown, Named>,
  wish: CouponWish,
  answerOf: (held: CouponLife) => Answer,
): Promise<Outcome<Answer>> {
  const { deps, body, now, token, requestKey } = call;
  const couponId: CouponId | null = codeRead(body.code);
  if (couponId === null) return couponProblem({ reason: 'UNKNOWN_CODE' });
  const storeId = storeIdOf(body.store);
  const ref = await receiptRef(deps.db, sourceOf(token, body.source), { ...body, store: storeId }, now);
  if (typeof ref !== 'string') return ref;
  const taken = await takeKey(call);
  if (taken) return taken;
  const presenting: Presenting = { ...wish, couponId, ref, storeId, by: token.name };
  const presented = await presentCoupon(deps.engine, presenting, now);
  if ('undecided' in presented) return notDecided;
  if ('miss' in presented) return couponProblem(presented.miss);
  const success = ok(answerOf(presented.held));
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}
