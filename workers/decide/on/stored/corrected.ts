/** 更正储值: the office puts a wrong balance right, with a reason; no part of it goes below zero. */
import type { StoredValueCorrected } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { heldParts, missedStored, movedRow, postParts, storedCause } from '../../stored/moves.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueCorrected: On<StoredValueCorrected> = {
  needs({ memberId, moveId }, ask) {
    ask.member(memberId);
    ask.rows('storedMoves', moveId);
  },
  decide: onStoredValueCorrected,
};

const asked = { isAsked: true } as const;

function onStoredValueCorrected(world: World, event: StoredValueCorrected): Decision {
  const { memberId, moveId, principalFen, bonusFen, occurredAt } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const known = world.storedMoves.get(moveId);
  if (known) {
    const isSame =
      known.memberId === memberId && known.principalFen === principalFen && known.bonusFen === bonusFen;
    return isSame
      ? ignore({ code: 'STORED_KNOWN', number: moveId })
      : missedStored(asked, moveId, { reason: 'NUMBER_TAKEN' });
  }
  const held = heldParts(world, memberId);
  for (const part of ['principalFen', 'bonusFen'] as const) {
    if (held[part] + event[part] < 0)
      return missedStored(asked, moveId, { reason: 'INSUFFICIENT', have: held[part], need: -event[part] });
  }
  const parts = { principalFen, bonusFen };
  return accept([
    { type: 'member.put', member },
    movedRow({ id: moveId, memberId, storeId: member.storeId, act: 'corrected', occurredAt, ...parts }),
    ...postParts({ memberId, cause: storedCause(moveId), at: occurredAt, storeId: null }, parts),
  ]);
}
