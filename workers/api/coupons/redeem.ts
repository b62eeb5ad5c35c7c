/** 核销与撤销: a till uses a coupon for a receipt, or takes back within half an hour what was done by mistake; a partner uses its own. */
import * as z from 'zod';
import { Fen, Id, LineInput, linesMax, type CouponRef } from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { presentCoupon } from '../../commands/coupons/present.ts';
import type { CouponLife } from '../../db/coupons/coupons.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { codeOfCoupon, standingOf, standings } from '../../decide/coupons/life.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';
import { couponProblem, couponRefusals, notDecided, unusable } from './coupon-problem.ts';
import { present, receiptFields } from './receipt.ts';

const common = {
  method: 'POST',
  tag: 'Coupons',
  statuses: [200],
} as const;

const Redeemed = namedAnswer(
  'CouponRedeemed',
  z.strictObject({ code: z.string(), offFen: z.int(), usedAt: At, usedFor: z.string() }),
);
const redeemed = ({ coupon: { id, offFen, endedAt, usedFor } }: CouponLife): z.infer<typeof Redeemed> => ({
  code: id,
  offFen: offFen ?? 0,
  usedAt: instant(endedAt ?? 0),
  usedFor: usedFor ?? '',
});

const RedeemBody = namedBody(
  'CouponRedemption',
  z.strictObject({
    ...receiptFields,
    lines: z.array(LineInput).min(1).max(linesMax).nullish().meta({
      description:
        'The goods at their prices before coupons. With them scope and minimum are looked at here.',
    }),
    payableFen: Fen.nullish().meta({
      description:
        'Instead of lines: what is to be paid for the goods that the coupon is for. A person has looked at them.',
    }),
  }),
);

const redeem = route({
  ...common,
  path: '/coupons/redeem',
  refusals: couponRefusals(
    ...unusable,
    'DOES_NOT_STACK',
    'PER_SALE_LIMIT',
    'EXCLUDED_ITEM',
    'BELOW_MIN',
    'NOTHING_LEFT',
    'CART_NEEDED',
  ),
  summary: 'Use a coupon for a receipt',
  description:
    'For the same receipt again it answers the same, for another it is refused with already_used. The sale that follows names the code, and the order number or cart, and settles it.',
  scope: 'pos',
  body: told(RedeemBody),
  documentedBody: RedeemBody,
  answer: Redeemed,
  handle: (call) => {
    const { lines = null, payableFen = null } = call.body;
    return present(call, { act: 'redeem', lines, payableFen, isPartner: false }, redeemed);
  },
});

const UndoBody = namedBody('CouponUndo', z.strictObject(receiptFields));

const undo = route({
  ...common,
  path: '/coupons/undo',
  refusals: couponRefusals('UNKNOWN_CODE', 'ALREADY_USED', 'SALE_KEPT', 'TOO_LATE'),
  summary: 'Take back a use by mistake',
  description:
    'Within half an hour, and before the sale is told: afterwards the goods come back or the sale is voided, and the coupon with it.',
  scope: 'pos',
  body: told(UndoBody),
  documentedBody: UndoBody,
  answer: namedAnswer('CouponUndone', z.strictObject({ code: z.string(), state: z.enum(standings) })),
  handle: (call) =>
    present(call, { act: 'undo' }, ({ coupon }) => ({
      code: codeOfCoupon(coupon),
      state: standingOf(coupon, call.now),
    })),
});

const PartnerBody = namedBody(
  'PartnerRedemption',
  z.strictObject({
    code: receiptFields.code,
    partner: Id.meta({ description: 'Who took it.' }),
    reference: Id.meta({ description: 'The partner’s own number for it; the same again answers the same.' }),
  }),
);

const redeemAtPartner = route({
  ...common,
  path: '/coupons/partner-redemptions',
  refusals: couponRefusals(
    'UNKNOWN_CODE',
    'WRONG_MERCHANT',
    'REVOKED',
    'ALREADY_USED',
    'ON_ITS_WAY',
    'NOT_YET_VALID',
    'EXPIRED',
    'DOES_NOT_STACK',
    'PER_SALE_LIMIT',
    'CART_NEEDED',
  ),
  summary: 'Use a partner’s coupon (异业券) at the partner',
  description: 'A till of the shop refuses it with wrong_merchant, and so does this call every other kind.',
  scope: 'admin',
  takesKey: false,
  body: told(PartnerBody),
  documentedBody: PartnerBody,
  answer: Redeemed,
  handle: async ({ deps, body, now, token }) => {
    const couponId = codeRead(body.code);
    if (couponId === null) return couponProblem({ reason: 'UNKNOWN_CODE' });
    const ref: CouponRef = `cart:partner/${body.partner}:${body.reference}`;
    const presented = await presentCoupon(
      deps.engine,
      {
        act: 'redeem',
        couponId,
        ref,
        // It is no store of the shop's.
        storeId: '' as never,
        by: token.name,
        lines: null,
        payableFen: null,
        isPartner: true,
      },
      now,
    );
    if ('undecided' in presented) return notDecided;
    return 'miss' in presented ? couponProblem(presented.miss) : ok(redeemed(presented.held));
  },
});

export const redeemRoutes = [redeem, undo, redeemAtPartner];
