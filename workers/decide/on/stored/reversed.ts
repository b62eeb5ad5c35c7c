/** 充值冲正: a recharge that never was goes off the card as a whole, while it is still there. */
import type { MemberId, StoredMoveId, StoredValueReversed } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { ofKeptReversal } from '../../sales/numbers/former-moves.ts';
import { memberOf } from '../../members/who/identities.ts';
import {
  heldParts,
  holderOf,
  minus,
  missedStored,
  movedRow,
  postParts,
  storedCause,
} from '../../stored/moves.ts';
import { shortOf } from '../../stored/parts.ts';
import { withdraw } from '../../occasions/withdraw.ts';
import { causeOf } from '../../triggers/define.ts';
import { storedValueRecharged } from '../../triggers/stored-value-recharged.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueReversed: On<StoredValueReversed> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('storedMoves', event.moveId);
    ask.rows('recharges', event.rechargeId);
    for (const id of event.formerly?.ids ?? []) {
      ask.rows('recharges', id);
      ask.rows('storedMoves', `reversed:${id}` as StoredMoveId);
    }
    ask.granted(giftCause(event));
  },
  asKept: ofKeptReversal,
  decide: onStoredValueReversed,
};

/** What was given for the recharge stands under its number. */
const giftCause = ({ rechargeId }: Pick<StoredValueReversed, 'rechargeId'>): string =>
  causeOf(storedValueRecharged, { memberId: '' as MemberId, occurrence: rechargeId });

function onStoredValueReversed(world: World, event: StoredValueReversed): Decision {
  const { data, moveId, rechargeId, occurredAt } = event;
  const { rechargeNo } = data;
  if (world.storedMoves.has(moveId)) return ignore({ code: 'STORED_KNOWN', number: rechargeNo });
  const recharge = world.recharges.get(rechargeId);
  if (!recharge) return missedStored(event, rechargeNo, { reason: 'UNKNOWN_RECHARGE' });
  const { memberId, storeId, principalFen, bonusFen } = recharge;
  const named = holderOf(world, event);
  if (named && named.id !== memberId) return missedStored(event, rechargeNo, { reason: 'NUMBER_TAKEN' });
  const member = memberOf(world, memberId);
  const parts = { principalFen, bonusFen };
  const short = shortOf(heldParts(world, memberId), parts);
  if (short) return missedStored(event, rechargeNo, short);
  const held = (world.grants.get(giftCause(event)) ?? []).filter(({ times }) => times > 0);
  const why = storedCause(moveId);
  const gifts = withdraw(world, held, { member, why, seedOf: event.id, at: occurredAt, storeId, marks: {} });
  return accept([
    { type: 'member.put', member },
    movedRow({ id: moveId, memberId, storeId, act: 'reversed', ofId: rechargeId, occurredAt, ...parts }),
    ...postParts({ memberId, cause: why, at: occurredAt, storeId }, minus(parts)),
    ...gifts.effects,
  ]);
}
