/** 提现: takes money out of a member's wallet and sends it to their WeChat. */
import * as z from 'zod';
import { EventId, MemberId } from '../../../schema/index.ts';
import {
  claimKey,
  fillAnswer,
  keptAnswer,
  toKeptAnswer,
  type RequestKey,
} from '../../db/shop/idempotency.ts';
import { readMember } from '../../db/members/members.ts';
import type { Problem } from '../../platform/problem.ts';
import { withdrawalRefusalWords, type WithdrawalRefusal } from '../../words/transfer-words.ts';
import { askWithdrawal } from '../../commands/withdrawals.ts';
import { invalidField } from '../call/check.ts';
import { replay } from '../call/commit.ts';
import { created, namedBody, route, type Call, type Outcome } from '../call/define.ts';
import { sha256Hex } from '../call/digest.ts';
import { unknownMember } from './member-view.ts';
import { TransferAnswer, viewTransfer } from './transfer-view.ts';

const amountFenMax = 1_000_000_000;
const Body = namedBody('Withdrawal', z.strictObject({ amountFen: z.int().min(1).max(amountFenMax) }));
type WithdrawalCall = Call<{ id: MemberId }, unknown, z.infer<typeof Body>>;

export const withdraw = route({
  method: 'POST',
  path: '/members/{id}/withdrawals',
  tag: 'Transfers',
  summary: 'Pay wallet money out to a member’s WeChat',
  description:
    'Needs an Idempotency-Key. The money leaves the wallet at once and comes back if WeChat Pay does not take it, the member does not confirm within a day, or it is called back. `detail` of a refusal can be shown to the member; `numbers` has its figures.',
  scope: 'admin',
  statuses: [201],
  refusals: {
    404: ['unknown_member'],
    409: ['insufficient', 'day_limit', 'not_reachable', 'payout_off', 'idempotency_key_reused'],
    422: ['below_min', 'above_max'],
    503: ['not_decided'],
  },
  params: z.strictObject({ id: MemberId }),
  body: Body,
  answer: TransferAnswer,
  handle: async (call) => {
    const { deps, params, requestKey } = call;
    if (requestKey === null)
      return invalidField(
        'Idempotency-Key',
        'is needed where money moves: any new text, the same one when asking again',
      );
    const holdings = await readMember(deps.db, params.id);
    if (!holdings) return unknownMember;
    return (await taken(call, requestKey)) ?? ask(call, requestKey, holdings.member.id);
  },
});

/** Takes the key before anything happens. Who finds it taken by the same body carries on: deciding twice changes nothing. */
async function taken(
  { deps, now }: WithdrawalCall,
  requestKey: RequestKey,
): Promise<Outcome<TransferAnswer> | null> {
  const results = await deps.db.batch([claimKey(requestKey, now), keptAnswer(requestKey.key)]);
  const kept = toKeptAnswer(results[1]?.rows[0]);
  return kept && replay(kept, requestKey.bodyHash);
}

async function ask(
  { deps, now, body: { amountFen } }: WithdrawalCall,
  requestKey: RequestKey,
  memberId: MemberId,
): Promise<Outcome<TransferAnswer>> {
  // The same request is the same event, however often it is sent.
  const id = EventId.parse(`api_${await sha256Hex(requestKey.key + requestKey.bodyHash)}`);
  const asked = await askWithdrawal(deps.engine, { id, memberId, amountFen }, now);
  if ('undecided' in asked) return notDecided;
  if ('refusal' in asked) return toProblem(asked.refusal);
  deps.doorbell.ring();
  const success = created(viewTransfer(asked.transfer));
  await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

function toProblem(refusal: WithdrawalRefusal): Problem {
  const isAmount = refusal.code === 'BELOW_MIN' || refusal.code === 'ABOVE_MAX';
  const numbers = Object.fromEntries(
    Object.entries(refusal).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: isAmount ? 422 : 409,
    code: refusal.code.toLowerCase(),
    detail: withdrawalRefusalWords(refusal),
    ...(isAmount && { field: 'amountFen' }),
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'the withdrawal could not be settled; send it again with the same Idempotency-Key',
  retryAfterSeconds: 1,
};
