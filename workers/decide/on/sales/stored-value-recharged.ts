/** 储值充值: money is put on the card. It is no sale and earns no points: those come when it is spent. */
import type { Posting, Recharge, StoredValueRecharged, StoreId } from '../../../../schema/index.ts';
import { accept, ignore, park, type Decision, type Effect } from '../../effects.ts';
import { timezoneOf } from '../../config.ts';
import { settleMember } from '../../members/who/identities.ts';
import { keysThatCount } from '../../members/who/identity-keys.ts';
import { localDate } from '../../plain/dates.ts';
import { ofKeptRecharge } from '../../sales/numbers/former-numbers.ts';
import { newStore } from '../../sales/new-store.ts';
import { differing, taken } from '../../sales/numbers/which-sale.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const storedValueRecharged: On<StoredValueRecharged> = {
  needs(event, ask) {
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
  // The edge checked the form of the id; here only the type changes.
  const storeId = data.store.id as StoreId;
  const settled = settleMember(world, event, data.member, { born: { storeId } });
  if ('unsettled' in settled) return settled.unsettled;
  const { member } = settled;
  if (!member) {
    // Without a member it is unknown on whose card the money is.
    return park({ code: 'IDENTITY_MISSING', field: 'data.member' });
  }
  const { principalFen, bonusFen } = data;
  const recharge: Recharge = {
    id: rechargeId,
    memberId: member.id,
    storeId,
    principalFen,
    bonusFen,
    occurredAt,
  };
  const effects = newStore(world, data.store);
  effects.push({ type: 'recharge.put', row: recharge });
  const put = (account: Posting['account'], delta: number): void => {
    if (delta === 0) return;
    const posting: Effect = {
      type: 'ledger.post',
      memberId: member.id,
      account,
      delta,
      cause: `recharge:${rechargeId}`,
      at: occurredAt,
      overdraft: false,
    };
    effects.push(posting);
  };
  put('principal', principalFen);
  put('bonus', bonusFen);
  return accept(effects);
}

/** A recharge is never corrected automatically: a person has to ask the till why it says something else. */
function toldAgain(world: World, known: Recharge, event: StoredValueRecharged): Decision {
  const { data, namespace } = event;
  const { rechargeNo, principalFen, bonusFen } = data;
  const keys = keysThatCount(world, data.member, namespace);
  const owners = keys.flatMap((key) => world.identities.get(key) ?? []);
  const isMoved = owners.length > 0 && !owners.includes(known.memberId);
  const isChanged = principalFen !== known.principalFen || bonusFen !== known.bonusFen;
  const differs = placesApart(world, known, event);
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
