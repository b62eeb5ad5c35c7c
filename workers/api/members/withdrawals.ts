/** 提现: takes money out of a member's wallet and sends it to their WeChat. */
import * as z from 'zod';
import { MemberId } from '../../../schema/index.ts';
import { fillAnswer, type RequestKey } from '../../db/shop/idempotency.ts';
import { readMember } from '../../db/members/members.ts';
import type { Problem } from '../../platform/problem.ts';
import { withdrawalRefusalWords } from '../../words/transfer-words.ts';
import type { WithdrawalRefusal } from '../../words/withdrawal-refusals.ts';
import { askWithdrawal } from '../../commands/members/withdraw.ts';
import { invalidField } from '../../commands/invalid.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedBody, route, type Call, type Outcome } from '../call/define.ts';
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
    return (await takeKey(call)) ?? ask(call, requestKey, holdings.member.id);
  },
});

async function ask(
  call: WithdrawalCall,
  requestKey: RequestKey,
  memberId: MemberId,
): Promise<Outcome<TransferAnswer>> {
  const { deps, now } = call;
  const { amountFen } = call.body;
  const id = await commandId(call);
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
