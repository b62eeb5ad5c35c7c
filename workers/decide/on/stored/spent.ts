/** 花储值: once for each number, never more than there is; where somebody waits, no more than the shop's part of the bill. */
import type { StoredMiss, StoredValueSpent, StoreId } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { settleMember } from '../../members/who/identities.ts';
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
  storedSettings,
} from '../../stored/moves.ts';
import { shortOf, sumOf, takenFrom, usableOf, type Parts } from '../../stored/parts.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueSpent: On<StoredValueSpent> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('storedMoves', event.moveId);
    for (const id of event.formerly?.ids ?? []) ask.rows('storedMoves', id);
  },
  asKept: ofKeptMove,
  tells: ({ moveId }) => [moveId],
  decide: onStoredValueSpent,
};

function onStoredValueSpent(world: World, event: StoredValueSpent): Decision {
  const { data, moveId, occurredAt, keeper } = event;
  const { spendNo } = data;
  const known = world.storedMoves.get(moveId);
  if (known) {
    const holder = holderOf(world, event);
    const isSame =
      (holder === null || holder.id === known.memberId) &&
      (isAll(event) || (data.amountFen ?? sumOf(told(event))) === sumOf(known));
    return isSame
      ? ignore({ code: 'STORED_KNOWN', number: spendNo })
      : missedStored(event, spendNo, { reason: 'NUMBER_TAKEN' });
  }
  // Its own card may be new to us.
  if (keeper !== undefined && data.balanceAfter) {
    const settled = settleMember(world, event, data.member, { born: { storeId: data.store.id as StoreId } });
    if ('unsettled' in settled) return settled.unsettled;
  }
  const member = holderOf(world, event);
  if (!member) return nobodyFor(event);
  const held = heldParts(world, member.id);
  const wanted = wantedOf(world, event, held);
  if ('reason' in wanted) return missedStored(event, spendNo, wanted);
  const storeId = data.store.id as StoreId;
  const taken = { principalFen: wanted.principalFen, bonusFen: wanted.bonusFen };
  const left = {
    principalFen: held.principalFen - taken.principalFen,
    bonusFen: held.bonusFen - taken.bonusFen,
  };
  return accept([
    ...newStore(world, data.store),
    // Raises the member's version: of two that spend at once the second looks at what the first has left.
    { type: 'member.put', member },
    ...(sumOf(taken) > 0
      ? [movedRow({ id: moveId, memberId: member.id, storeId, act: 'spent', occurredAt, ...taken })]
      : []),
    ...postParts({ memberId: member.id, cause: storedCause(moveId), at: occurredAt, storeId }, minus(taken)),
    ...following(world, event, member.id, left),
  ]);
}

const told = ({ data }: StoredValueSpent): Parts => ({
  principalFen: data.principalFen ?? 0,
  bonusFen: data.bonusFen ?? 0,
});

/** As much as the rules allow: only whoever waits is told how much that was. */
const isAll = ({ data: { amountFen, principalFen, bonusFen }, isAsked }: StoredValueSpent): boolean =>
  isAsked === true && amountFen == null && principalFen == null && bonusFen == null;

function wantedOf(world: World, event: StoredValueSpent, held: Parts): Parts | StoredMiss {
  const { isAsked, keeper } = event;
  // Where there is nothing to use, the smallest amount is refused with its numbers.
  const most = isAll(event)
    ? Math.max(1, usableOf(storedSettings(world), held, event.data.payableFen ?? 0))
    : null;
  const data = most === null ? event.data : { ...event.data, amountFen: most };
  const { spendFirst } = storedSettings(world);
  const amountFen = data.amountFen ?? sumOf(told(event));
  const tooMuch = isAsked
    ? aboveCeiling(world, held, { amountFen, payableFen: data.payableFen ?? null })
    : null;
  if (sumOf(held) >= amountFen && tooMuch) return tooMuch;
  const isKept = keeper !== undefined && data.balanceAfter != null;
  const wanted =
    data.amountFen == null ? told(event) : takenFrom(spendFirst, held, Math.min(amountFen, sumOf(held)));
  // What the till keeps is spent already: what we have goes, and its own balance counts.
  if (isKept)
    return {
      principalFen: Math.min(wanted.principalFen, held.principalFen),
      bonusFen: Math.min(wanted.bonusFen, held.bonusFen),
    };
  if (sumOf(held) < amountFen) return { reason: 'INSUFFICIENT', have: sumOf(held), need: amountFen };
  return shortOf(held, wanted) ?? wanted;
}

type Bill = { readonly amountFen: number; readonly payableFen: number | null };

/** Without a bill nobody can say what its part is: whoever waits is asked for it before. */
function aboveCeiling(world: World, held: Parts, { amountFen, payableFen }: Bill): StoredMiss | null {
  if (payableFen === null) return null;
  const settings = storedSettings(world);
  const usableFen = usableOf(settings, held, payableFen);
  return amountFen > usableFen
    ? { reason: 'ABOVE_CEILING', amountFen, usableFen, payableFen, percent: settings.ceilingPercent }
    : null;
}
