/** 储值充值: money is put on the card. It is no sale and earns no points: those come when it is spent. */
import type { Recharge, StoredMiss, StoredValueRecharged, StoreId } from '../../../../schema/index.ts';
import { accept, ignore, park, type Decision } from '../../effects.ts';
import { timezoneOf } from '../../config.ts';
import { settleMember, type SettledMember } from '../../members/who/identities.ts';
import { keysThatCount } from '../../members/who/identity-keys.ts';
import { localDate } from '../../plain/dates.ts';
import { ofKeptRecharge } from '../../sales/numbers/former-numbers.ts';
import { newStore } from '../../sales/new-store.ts';
import { differing, taken } from '../../sales/numbers/which-sale.ts';
import {
  following,
  heldParts,
  holderOf,
  missedStored,
  nobodyFor,
  postParts,
  storedSettings,
} from '../../stored/moves.ts';
import { met } from '../../triggers/define.ts';
import { storedValueRecharged as toppedUp } from '../../triggers/stored-value-recharged.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueRecharged: On<StoredValueRecharged> = {
  needs(event, ask) {
    if (event.memberId !== undefined) ask.member(event.memberId);
    ask.identify(event, event.data.member);
    ask.rows('recharges', event.rechargeId);
    for (const id of event.formerly?.ids ?? []) ask.rows('recharges', id);
  },
  asKept: ofKeptRecharge,
  decide: onStoredValueRecharged,
};

function onStoredValueRecharged(world: World, event: StoredValueRecharged): Decision {
  const { data, rechargeId, occurredAt } = event;
  const known = world.recharges.get(rechargeId);
  if (known) return toldAgain(world, known, event);
  // Before a member is made or joined for it: what follows such a step cannot be refused any more.
  const due = dueOf(world, event);
  if ('reason' in due) return missedStored(event, data.rechargeNo, due);
  // The edge checked the form of the id; here only the type changes.
  const storeId = data.store.id as StoreId;
  const settled = holderOrNew(world, event, storeId);
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  // Without a member it is unknown on whose card the money is.
  if (!member) return nobodyFor(event);
  const { paidFen, principalFen, bonusFen } = due;
  const recharge: Recharge = {
    id: rechargeId,
    memberId: member.id,
    storeId,
    plan: data.plan ?? null,
    paidFen,
    principalFen,
    bonusFen,
    occurredAt,
  };
  const held = heldParts(world, member.id);
  const happened = { occurrence: rechargeId, facts: { paidFen }, storeId };
  return accept(
    [
      ...newStore(world, data.store),
      { type: 'recharge.put', row: recharge },
      ...postParts({ memberId: member.id, cause: `recharge:${rechargeId}`, at: occurredAt, storeId }, due),
      ...following(world, event, member.id, {
        principalFen: held.principalFen + principalFen,
        bonusFen: held.bonusFen + bonusFen,
      }),
    ],
    met(toppedUp, event, member, happened),
  );
}

function holderOrNew(world: World, event: StoredValueRecharged, storeId: StoreId): SettledMember {
  return event.memberId === undefined
    ? settleMember(world, event, event.data.member, { born: { storeId } })
    : { member: holderOf(world, event) };
}

type Due = Pick<Recharge, 'paidFen' | 'principalFen' | 'bonusFen'>;

/** What the plan says, where one is named; a till that told other amounts took other money. */
function dueOf(world: World, { data }: StoredValueRecharged): Due | StoredMiss {
  const { plan: name, principalFen = 0, bonusFen = 0 } = data;
  const toldFen = data.paidFen ?? principalFen;
  if (name == null) return { paidFen: toldFen, principalFen, bonusFen };
  const plan = storedSettings(world).plans.find((one) => one.name === name);
  const hasParts = principalFen + bonusFen > 0;
  // A till's own plan, whose amounts it says itself.
  if (!plan) return hasParts ? { paidFen: toldFen, principalFen, bonusFen } : { reason: 'UNKNOWN_PLAN' };
  if (data.paidFen != null && data.paidFen !== plan.paidFen)
    return { reason: 'AMOUNT_DIFFERS', toldFen: data.paidFen, dueFen: plan.paidFen };
  const isSame = principalFen === plan.principalFen && bonusFen === plan.bonusFen;
  return isSame || !hasParts
    ? plan
    : {
        reason: 'AMOUNT_DIFFERS',
        toldFen: principalFen + bonusFen,
        dueFen: plan.principalFen + plan.bonusFen,
      };
}

/** A recharge is never corrected automatically: a person has to ask the till why it says something else. */
function toldAgain(world: World, known: Recharge, event: StoredValueRecharged): Decision {
  const { data, namespace } = event;
  const { rechargeNo, plan = null, principalFen = 0, bonusFen = 0 } = data;
  const keys = keysThatCount(world, data.member, namespace);
  const owners = [
    ...(event.memberId === undefined ? [] : [event.memberId]),
    ...keys.flatMap((key) => world.identities.get(key) ?? []),
  ];
  const isMoved = owners.length > 0 && !owners.includes(known.memberId);
  // A plan may say something else by now; what was put in is what it said then.
  const isByPlan = plan !== null && principalFen + bonusFen === 0;
  const isChanged = isByPlan
    ? plan !== known.plan
    : principalFen !== known.principalFen || bonusFen !== known.bonusFen;
  const differs = placesApart(world, known, event);
  if (event.isAsked && (isMoved || isChanged || differs.length > 0))
    return missedStored(event, rechargeNo, { reason: 'NUMBER_TAKEN' });
  const isElsewhere = differs.some(({ part }) => part === 'store');
  if (isElsewhere || (differs.length > 0 && (isMoved || isChanged)))
    return park(taken('recharge', rechargeNo, differs));
  if (isChanged) {
    return park({
      code: 'RECHARGE_CHANGED',
      rechargeNo,
      toldFen: [principalFen, bonusFen],
      knownFen: [known.principalFen, known.bonusFen],
    });
  }
  return isMoved
    ? park({ code: 'RECHARGE_MOVED', rechargeNo })
    : ignore({ code: 'RECHARGE_KNOWN', rechargeNo });
}

function placesApart(world: World, { storeId, occurredAt }: Recharge, told: StoredValueRecharged) {
  const day = (at: number) => localDate(at, timezoneOf(world.config, storeId));
  return [
    ...differing('store', storeId, told.data.store.id),
    ...differing('day', day(occurredAt), day(told.occurredAt)),
  ];
}
