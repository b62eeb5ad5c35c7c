/** 储值单号: how a till names what it does with stored value, and what it is told then. */
import * as z from 'zod';
import { Day, Id, MemberId } from '../../../schema/index.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import type { StoredAnswer } from '../../commands/stored/stored.ts';
import { readMember } from '../../db/members/members.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { sourceOf } from '../call/bound.ts';
import { takeKey } from '../call/commit.ts';
import { created, namedAnswer, ok, type Call, type Outcome } from '../call/define.ts';
import { sumOf } from '../../decide/stored/parts.ts';
import type { Problem } from '../../platform/problem.ts';
import { At, instant } from '../call/shapes.ts';
import { StoreNamed, storeIdOf } from '../coupons/receipt.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { unknownMember } from '../members/member-view.ts';
import { SourceName } from '../sources/source-named.ts';
import { storedProblem } from './stored-problem.ts';

export const params = z.strictObject({ id: MemberId });

export const receipt = {
  store: StoreNamed,
  terminal: Id.nullish(),
  businessDate: Day.nullish().meta({
    description: 'Where numbers begin again every day; today unless given.',
  }),
  source: SourceName,
};
type Receipt = z.infer<z.ZodObject<typeof receipt>>;

const Answer = namedAnswer(
  'StoredValueMoved',
  z.strictObject({
    number: z.string(),
    principalFen: z.int().meta({ description: 'What of it was principal.' }),
    bonusFen: z.int().meta({ description: 'And bonus; of a cash-out, what was given up.' }),
    at: At,
    left: z.strictObject({ principalFen: z.int(), bonusFen: z.int() }).meta({
      description: 'What is on the card now.',
    }),
    leftFen: z.int().meta({ description: 'Both parts of it.' }),
  }),
);
type Answer = z.infer<typeof Answer>;

export type Numbered = { readonly number: string; readonly businessDate?: string | null | undefined };
export type StoredCall<Body> = Call<{ id: MemberId }, unknown, Body>;

/** As the receipts of the source are known. */
export async function knownAs<Body extends Receipt>(
  { deps, body, token, now }: StoredCall<Body>,
  { number, businessDate }: Numbered,
): Promise<{ readonly known: string } | Problem> {
  const named = { store: storeIdOf(body.store), orderNo: number, terminal: body.terminal, businessDate };
  const ref = await receiptRef(deps.db, sourceOf(token, body.source), named, now);
  return typeof ref === 'string' ? { known: ref.slice('sale:'.length) } : ref;
}

export async function settle<Body extends Receipt>(
  call: StoredCall<Body>,
  numbered: Numbered,
  act: (memberId: MemberId, known: string) => Promise<StoredAnswer | Problem>,
): Promise<Outcome<Answer>> {
  const known = await knownAs(call, numbered);
  return 'code' in known ? known : settleAs(call, { ...numbered, ...known }, act);
}

/** Under a number that is nobody's receipt. */
export async function settleAs<Body>(
  call: StoredCall<Body>,
  numbered: { readonly number: string; readonly known: string },
  act: (memberId: MemberId, known: string) => Promise<StoredAnswer | Problem>,
  succeed: typeof ok | typeof created = created,
): Promise<Outcome<Answer>> {
  const { deps, params: path, requestKey } = call;
  const found = await readMember(deps.db, path.id);
  if (!found || found.member.deletedAt !== null) return unknownMember;
  const taken = await takeKey(call);
  if (taken) return taken;
  const answer = await act(found.member.id, numbered.known);
  if ('code' in answer) return answer;
  if ('undecided' in answer) return notDecided;
  if ('isNobody' in answer) return unknownMember;
  if ('miss' in answer) return storedProblem(answer.miss);
  const { moved, held } = answer.done;
  const success = succeed({
    number: numbered.number,
    principalFen: moved.principalFen,
    bonusFen: moved.bonusFen,
    at: instant(moved.occurredAt),
    left: { principalFen: held.principalFen, bonusFen: held.bonusFen },
    leftFen: sumOf(held),
  });
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

/** Of every call that moves something. */
export const common = {
  method: 'POST',
  tag: 'Stored value',
  scope: 'pos',
  statuses: [201],
  params,
  answer: Answer,
} as const;
