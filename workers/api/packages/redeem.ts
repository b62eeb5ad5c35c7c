/** 核销套餐、撤销、退套餐: by the code that is scanned, or by the number under which it was sold. */
import * as z from 'zod';
import { Fen, Id, packageCountMax, type Package, type PackageUseId } from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import {
  redeemPackage,
  refundPackage,
  undoPackageUse,
  useIdOf,
  type PackageAnswer as Done,
} from '../../commands/packages/packages.ts';
import { lastUseOf } from '../../db/packages/packages.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { itemNamed } from '../../decide/packages/held.ts';
import type { Problem } from '../../platform/problem.ts';
import { sourceOf } from '../call/bound.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { namedBody, ok, route, type Call, type Outcome } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { receiptFields, storeIdOf } from '../coupons/receipt.ts';
import { unknownMember } from '../members/member-view.ts';
import { isProblem, named, packageFor, type PackageNamed } from './named.ts';
import { packageProblem, packageRefusals } from './package-problem.ts';
import { PackageAnswer, viewPackage } from './package-view.ts';

const { terminal, businessDate } = receiptFields;
const item = Id.meta({ description: 'Its id, or its name.', example: '洗澡' });
const count = z.int().min(1).max(packageCountMax);
const redeemNo = Id.nullish().meta({
  description:
    'Under this number it is redeemed once. Without it and without an Idempotency-Key every call is one of its own.',
  example: 'HX20261122001',
});
const receipt = { terminal, businessDate };

type Numbered = PackageNamed &
  z.infer<z.ZodObject<typeof receipt>> & { readonly redeemNo?: string | null | undefined };

/** By its own number, as the receipts of the source are known; null where it has none. */
async function numberedUse({
  deps,
  body,
  token,
  now,
}: Call<unknown, unknown, Numbered>): Promise<{ readonly useId: PackageUseId | null } | Problem> {
  if (body.redeemNo == null) return { useId: null };
  const receiptNamed = { ...body, orderNo: body.redeemNo, store: storeIdOf(body.store) };
  const ref = await receiptRef(deps.db, sourceOf(token, body.source), receiptNamed, now);
  return typeof ref === 'string' ? { useId: ref.slice('sale:'.length) as PackageUseId } : ref;
}

async function settle<Body extends PackageNamed>(
  call: Call<unknown, unknown, Body>,
  act: (held: Package) => Promise<Done | Problem>,
): Promise<Outcome<z.infer<typeof PackageAnswer>>> {
  const held = await packageFor(call);
  if (isProblem(held)) return held;
  const taken = await takeKey(call);
  if (taken) return taken;
  const answer = await act(held);
  if (isProblem(answer)) return answer;
  if ('undecided' in answer) return notDecided;
  if ('isNobody' in answer) return unknownMember;
  if ('miss' in answer) {
    const field = answer.miss.reason === 'NUMBER_TAKEN' ? 'redeemNo' : undefined;
    return packageProblem(answer.miss, field);
  }
  const success = ok(viewPackage(answer.done, call.now));
  if (call.requestKey) await call.deps.db.batch([fillAnswer(call.requestKey, success)]);
  return success;
}

const common = {
  method: 'POST',
  tag: 'Packages',
  scope: 'pos',
  statuses: [200],
  answer: PackageAnswer,
} as const;

const RedeemBody = namedBody(
  'PackageRedemption',
  z.strictObject({ ...named, ...receipt, item, count: count.default(1), redeemNo }),
);
const redeem = route({
  ...common,
  path: '/packages/redeem',
  refusals: packageRefusals(
    'UNKNOWN_PACKAGE',
    'NUMBER_TAKEN',
    'NOTHING_LEFT',
    'PACKAGE_EXPIRED',
    'ALREADY_REFUNDED',
    'UNKNOWN_ITEM',
  ),
  summary: 'Redeem an item of a package (核销)',
  description:
    '`numbers` of nothing_left has what is left (`have`) and what was asked for (`need`), of package_expired its `validUntil`. Under the same redeemNo, or with the same Idempotency-Key, it answers the same; several at once never take more than there is.',
  body: told(RedeemBody),
  documentedBody: RedeemBody,
  handle: (call) =>
    settle(call, async ({ id: packageId }) => {
      const { deps, body, now, token } = call;
      const own = await numberedUse(call);
      if (isProblem(own)) return own;
      const useId = own.useId ?? useIdOf('api', { asked: await commandId(call) });
      const storeId = storeIdOf(body.store);
      const asked = { packageId, useId, storeId, item: body.item, count: body.count, by: token.name };
      return redeemPackage(deps.engine, asked, now);
    }),
});

const UndoBody = namedBody(
  'PackageUndo',
  z.strictObject({ ...named, ...receipt, item: item.nullish(), count: count.nullish(), redeemNo }),
);
const undo = route({
  ...common,
  path: '/packages/undo',
  refusals: packageRefusals('UNKNOWN_PACKAGE', 'UNKNOWN_USE', 'ALREADY_REFUNDED', 'UNDO_CLOSED'),
  summary: 'Take back what was redeemed by mistake (撤销核销)',
  description:
    'Within a day. With redeemNo that redemption; else the last one of the item in this store that is not undone, of this count if one is given. Undone twice by its number is undone once.',
  body: told(UndoBody),
  documentedBody: UndoBody,
  handle: (call) =>
    settle(call, async (held) => {
      const { deps, body, now } = call;
      const own = await numberedUse(call);
      if (isProblem(own)) return own;
      const storeId = storeIdOf(body.store);
      const useId = own.useId ?? (await lastUse(call, held));
      if (useId === null) return { miss: { reason: 'UNKNOWN_USE' } };
      return undoPackageUse(deps.engine, { packageId: held.id, useId, storeId }, now);
    }),
});

async function lastUse(
  { deps, body }: Call<unknown, unknown, z.infer<typeof UndoBody>>,
  held: Package,
): Promise<PackageUseId | null> {
  const found = itemNamed(held, body.item ?? '');
  if (!found) return null;
  const wanted = { itemId: found.id, count: body.count ?? null, storeId: storeIdOf(body.store) };
  return (await lastUseOf(deps.db, held.id, wanted))?.id ?? null;
}

const RefundBody = namedBody(
  'PackageRefund',
  z.strictObject({
    ...named,
    refundedFen: Fen.nullish().meta({
      description: 'What is paid back; if given, it has to be paidFen − used × unitPriceFen.',
      example: 30_000,
    }),
  }),
);
const refund = route({
  ...common,
  path: '/packages/refund',
  refusals: packageRefusals('UNKNOWN_PACKAGE', 'ALREADY_REFUNDED', 'ALL_USED', 'AMOUNT_DIFFERS'),
  summary: 'Pay back what is left of a package (退套餐)',
  description:
    'paidFen − used × unitPriceFen, never below 0; nothing is rounded, for prices are whole fen. An expired package is paid back as well. Once: again it answers the same.',
  body: told(RefundBody),
  documentedBody: RefundBody,
  handle: (call) =>
    settle(call, ({ id: packageId }) => {
      const { deps, body, now } = call;
      const asked = { packageId, storeId: storeIdOf(body.store), refundedFen: body.refundedFen ?? null };
      return refundPackage(deps.engine, asked, now);
    }),
});

export const packageRoutes = [redeem, undo, refund];
