/** 办储值的共同部分: whose number, in which store, and what the audit says of it. */
import * as z from 'zod';
import type { StoredAnswer } from '../../../commands/stored/stored.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { heldIn } from '../../../db/stored/stored-value.ts';
import type { Choices } from '../form/words.ts';
import { money } from '../kit/format.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { notDecided, problemOf, type Carried } from '../members/act-form.tsx';

/** Of one member's: more are not shown. */
export const shownMax = 100;
export const OwnNumber = z.string().trim().min(1).max(60).nullable().default(null);
export const Reason = z.string().trim().min(2).max(200);

/** No source's: their namespaces have letters. */
export const atCounter = (number: string): string => `:${number}`;
export const notYours: Carried = { problem: problemOf({ code: 'NO_MEMBER' }) };

export const heldWords = (found: MemberHoldings): string => {
  const { principalFen, bonusFen } = heldIn(found.balances);
  return `现在有本金 ${money(principalFen)} 元、赠送 ${money(bonusFen)} 元。`;
};

export async function storeChoices({ db, person }: Visit): Promise<Choices> {
  const stores = (await listStores(db)).filter(({ id }) => maySeeStore(person, id));
  return { storeId: stores.map(({ id, name }) => ({ value: id, label: name })) };
}

export function carried(answer: StoredAnswer, found: MemberHoldings, more: object): Carried {
  if ('undecided' in answer) return { problem: notDecided };
  if ('isNobody' in answer) return notYours;
  if ('miss' in answer) {
    const { reason, ...numbers } = answer.miss;
    return { problem: { status: 409, code: `STORED_${reason}`, detail: reason, numbers } };
  }
  const { moved, held } = answer.done;
  const { principalFen, bonusFen } = moved;
  return {
    before: heldIn(found.balances),
    after: { ...more, movedPrincipalFen: principalFen, movedBonusFen: bonusFen, ...held },
  };
}

/** As it was typed. */
export const numberOf = (id: string): string => id.slice(id.lastIndexOf(':') + 1);
