/** 提现: money leaves the wallet for WeChat Pay, within the limits; a red packet that may not leave stays in the wallet. */
import type { WithdrawalAsked } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import type { Refusal } from '../../refusals.ts';
import { refusalOf, withdraw } from '../../money/transfers.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const withdrawalAsked: On<WithdrawalAsked> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onWithdrawalAsked,
};

function onWithdrawalAsked(world: World, event: WithdrawalAsked): Decision {
  const { payout } = world.config;
  if (payout?.mode !== 'transfer') return turnDown(event, { code: 'PAYOUT_OFF' });
  const refusal = refusalOf(world, payout, event);
  return refusal ? turnDown(event, refusal) : accept(withdraw(world, payout, event));
}

/** Nobody waits for an answer about a red packet: it is in the wallet and can be withdrawn later. */
const turnDown = ({ kind }: WithdrawalAsked, refusal: Refusal): Decision =>
  kind === 'red-packet' ? ignore({ code: 'PACKET_STAYS', refusal: refusal.code }) : refuse(refusal);
