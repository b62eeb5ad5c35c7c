/** 退回储值: what goods were paid with comes back into the parts from which it was spent, and never more than was spent. */
import type { StoredMiss, StoredMove, StoredValueRefunded, StoreId } from '../../../../schema/index.ts';
import { accept, ignore, type Decision, type Effect } from '../../effects.ts';
import { memberOf } from '../../members/who/identities.ts';
import { ofKeptSpending } from '../../sales/numbers/former-moves.ts';
import { newStore } from '../../sales/new-store.ts';
import {
  following,
  heldParts,
  holderOf,
  missedStored,
  movedRow,
  nobodyFor,
  postParts,
  storedCause,
} from '../../stored/moves.ts';
import { backInto, sumOf, type Parts } from '../../stored/parts.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueRefunded: On<StoredValueRefunded> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('storedMoves', event.moveId);
    if (event.spendingId !== null) ask.rows('storedMoves', event.spendingId);
    for (const id of [...(event.formerly?.ids ?? []), ...(event.spendingFormerly?.ids ?? [])])
      ask.rows('storedMoves', id);
  },
  asKept: ofKeptSpending,
  decide: onStoredValueRefunded,
};

function onStoredValueRefunded(world: World, event: StoredValueRefunded): Decision {
  const { data, moveId, spendingId, occurredAt } = event;
  const { refundNo } = data;
  const known = world.storedMoves.get(moveId);
  if (known) {
    const isSame =
      known.ofId === spendingId &&
      (isSilent(event) || sumOf(known) === (data.amountFen ?? sumOf(told(event))));
    return isSame
      ? ignore({ code: 'STORED_KNOWN', number: refundNo })
      : missedStored(event, refundNo, { reason: 'NUMBER_TAKEN' });
  }
  const spending = spendingId === null ? null : world.storedMoves.get(spendingId);
  // A till sends what it has in any order: what came back may be here before it was spent.
  if (spending === undefined && spendingId !== null && !event.isAsked)
    return { verdict: 'waiting', saleId: spendingId };
  if (spending === undefined) return missedStored(event, refundNo, { reason: 'UNKNOWN_SPENDING' });
  const member = spending ? memberOf(world, spending.memberId) : holderOf(world, event);
  if (!member || member.deletedAt !== null) return nobodyFor(event);
  const named = holderOf(world, event);
  if (named && named.id !== member.id) return missedStored(event, refundNo, { reason: 'NUMBER_TAKEN' });
  const back = spending ? backOf(spending, event) : told(event);
  if ('reason' in back) return missedStored(event, refundNo, back);
  const held = heldParts(world, member.id);
  const row = {
    id: moveId,
    memberId: member.id,
    storeId: data.store.id as StoreId,
    act: 'refunded',
    ofId: spendingId,
    occurredAt,
  } as const;
  return accept([
    ...newStore(world, data.store),
    { type: 'member.put', member },
    movedRow({ ...row, ...back }),
    ...(spending ? [lessOf(spending, back)] : []),
    ...postParts(
      { memberId: member.id, cause: storedCause(moveId), at: occurredAt, storeId: row.storeId },
      back,
    ),
    ...following(world, event, member.id, {
      principalFen: held.principalFen + back.principalFen,
      bonusFen: held.bonusFen + back.bonusFen,
    }),
  ]);
}

/** Whatever is left of the spending. */
const isSilent = ({ data: { amountFen, principalFen, bonusFen } }: StoredValueRefunded): boolean =>
  amountFen == null && principalFen == null && bonusFen == null;

const told = ({ data }: StoredValueRefunded): Parts => ({
  principalFen: data.principalFen ?? 0,
  bonusFen: data.bonusFen ?? 0,
});

const openOf = (spending: StoredMove): Parts => ({
  principalFen: spending.principalFen - spending.backPrincipalFen,
  bonusFen: spending.bonusFen - spending.backBonusFen,
});

function backOf(spending: StoredMove, event: StoredValueRefunded): Parts | StoredMiss {
  const open = openOf(spending);
  if (isSilent(event))
    return sumOf(open) > 0 ? open : { reason: 'MORE_THAN_SPENT', have: 0, need: sumOf(spending) };
  const { amountFen } = event.data;
  const wanted = amountFen == null ? sumOf(told(event)) : amountFen;
  const tooMuch: StoredMiss = { reason: 'MORE_THAN_SPENT', have: sumOf(open), need: wanted };
  if (wanted > sumOf(open)) return tooMuch;
  if (amountFen != null) return backInto(open, amountFen);
  const parts = told(event);
  return parts.principalFen > open.principalFen || parts.bonusFen > open.bonusFen ? tooMuch : parts;
}

const lessOf = (spending: StoredMove, back: Parts): Effect => ({
  type: 'stored-move.put',
  row: {
    ...spending,
    backPrincipalFen: spending.backPrincipalFen + back.principalFen,
    backBonusFen: spending.backBonusFen + back.bonusFen,
  },
});
