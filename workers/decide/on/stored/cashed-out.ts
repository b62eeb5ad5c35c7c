/** 储值退款: principal is paid out, never bonus; the same share of the bonus is given up with it. */
import type { StoredValueCashedOut, StoreId } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { ofKeptMove } from '../../sales/numbers/former-moves.ts';
import { newStore } from '../../sales/new-store.ts';
import {
  following,
  heldParts,
  holderOf,
  minus,
  missedStored,
  movedRow,
  nobodyFor,
  postParts,
  storedCause,
} from '../../stored/moves.ts';
import { forfeitOf } from '../../stored/parts.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueCashedOut: On<StoredValueCashedOut> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('storedMoves', event.moveId);
    for (const id of event.formerly?.ids ?? []) ask.rows('storedMoves', id);
  },
  asKept: ofKeptMove,
  decide: onStoredValueCashedOut,
};

function onStoredValueCashedOut(world: World, event: StoredValueCashedOut): Decision {
  const { data, moveId, occurredAt } = event;
  const { cashOutNo, principalFen } = data;
  const known = world.storedMoves.get(moveId);
  const member = holderOf(world, event);
  if (known) {
    const isSame = known.principalFen === principalFen && (member === null || member.id === known.memberId);
    return isSame
      ? ignore({ code: 'STORED_KNOWN', number: cashOutNo })
      : missedStored(event, cashOutNo, { reason: 'NUMBER_TAKEN' });
  }
  if (!member) return nobodyFor(event);
  const held = heldParts(world, member.id);
  if (held.principalFen < principalFen)
    return missedStored(event, cashOutNo, {
      reason: 'INSUFFICIENT',
      have: held.principalFen,
      need: principalFen,
    });
  const bonusFen = Math.min(held.bonusFen, data.bonusFen ?? forfeitOf(held, principalFen));
  const out = { principalFen, bonusFen };
  const storeId = data.store.id as StoreId;
  return accept([
    ...newStore(world, data.store),
    { type: 'member.put', member },
    movedRow({ id: moveId, memberId: member.id, storeId, act: 'cashed-out', occurredAt, ...out }),
    ...postParts({ memberId: member.id, cause: storedCause(moveId), at: occurredAt, storeId }, minus(out)),
    ...following(world, event, member.id, {
      principalFen: held.principalFen - principalFen,
      bonusFen: held.bonusFen - bonusFen,
    }),
  ]);
}
