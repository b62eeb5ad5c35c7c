/** 领券: a member comes for a coupon of a batch, with a printed code or by its link. */
import * as z from 'zod';
import { BatchId, MemberId, type BatchId as Batch } from '../../../schema/index.ts';
import { claimCoupon } from '../../commands/coupons/claim.ts';
import { openCode, wrongCodesPerHour, type Opened } from '../../commands/coupons/open-code.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import type { ClaimMiss } from '../../decide/coupons/batches.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { sha256Hex } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import {
  claimMissWords,
  codeUnknownWords,
  guessedOftenWords,
  typoWords,
} from '../../words/misses/claim-misses.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, route, type Call } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';
import { CouponAnswer, viewCoupon } from '../promotions/coupon-view.ts';
import { notDecided } from './coupon-problem.ts';

const typedMax = 60;

const ClaimInput = namedBody(
  'CouponClaim',
  z.union(
    [
      z.strictObject({
        code: z
          .string()
          .trim()
          .min(1)
          .max(typedMax)
          .meta({ description: 'As it is printed, or as it was typed.' }),
      }),
      z.strictObject({
        batchId: BatchId,
        placement: z.int().min(0).nullable().default(null).meta({
          description: 'Which of the placements of the link, from 0.',
        }),
      }),
    ],
    'give {"code": …} as it is printed, or {"batchId": …} of a link',
  ),
);

export const couponClaims = route({
  method: 'POST',
  path: '/members/{id}/claims',
  tag: 'Coupons',
  summary: 'Claim a coupon of a batch for a member',
  description:
    'With a printed code or at a link. Each refusal says its numbers. A slip shows in the check character (`code_typo`) and costs nothing; of codes that are none a member has ten an hour.',
  scope: 'pos',
  statuses: [201],
  refusals: {
    404: ['unknown_member', 'unknown_batch', 'unknown_code'],
    409: ['not_yet', 'closed', 'called_off', 'all_claimed', 'claimed_before', 'code_taken', 'no_coupon'],
    422: ['code_typo'],
    429: ['wrong_codes'],
    503: ['not_decided'],
  },
  params: z.strictObject({ id: MemberId }),
  body: ClaimInput,
  answer: namedAnswer('CouponClaimed', CouponAnswer.extend({})),
  handle: async (call) => {
    const { deps, params, now, requestKey } = call;
    const taken = await takeKey(call);
    if (taken) return taken;
    const wanted = await wantedOf(call);
    if ('code' in wanted) return wanted;
    // Event ids are letters and digits behind their prefix, and so is this.
    const once = requestKey ? (await commandId(call)).replaceAll(/[^0-9a-z]/g, '').slice(0, onceMax) : null;
    const claimed = await claimCoupon(deps.engine, { ...wanted, once, memberId: params.id }, now);
    if ('isNobody' in claimed) return unknownMember;
    if ('undecided' in claimed) return notDecided;
    if ('miss' in claimed) return missProblem(claimed.miss);
    const success = created(viewCoupon(claimed.held, now));
    if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});

const onceMax = 64;

type Wanted = { readonly batchId: Batch; readonly number: number | null; readonly placement: number | null };

async function wantedOf({
  deps,
  params,
  body,
  now,
}: Call<{ id: MemberId }, unknown, z.infer<typeof ClaimInput>>): Promise<Wanted | Problem> {
  if ('batchId' in body) return { ...body, number: null };
  const key = `member/${await sha256Hex(params.id)}`;
  const guesser = { key, missesMax: wrongCodesPerHour.member };
  const opened = await openCode(deps.engine, body.code, [guesser], now);
  return 'batch' in opened
    ? { batchId: opened.batch.id, number: opened.number, placement: null }
    : codeProblem(opened);
}

function codeProblem(opened: Exclude<Opened, { batch: unknown }>): Problem {
  if ('typo' in opened) return { status: 422, code: 'code_typo', detail: typoWords(opened), field: 'code' };
  if ('isUnknown' in opened)
    return { status: 404, code: 'unknown_code', detail: codeUnknownWords, field: 'code' };
  const limit = wrongCodesPerHour.member;
  const detail = guessedOftenWords(limit);
  return {
    status: 429,
    code: 'wrong_codes',
    detail,
    field: 'code',
    numbers: { limit },
    retryAfterSeconds: hourMs / 1000,
  };
}

function missProblem(miss: ClaimMiss): Problem {
  const told = miss.reason === 'NO_COUPON' ? miss.bar : miss;
  const numbers = Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: miss.reason === 'UNKNOWN_BATCH' ? 404 : 409,
    code: miss.reason.toLowerCase(),
    detail: claimMissWords(miss),
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
