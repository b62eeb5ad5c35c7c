/** 宝宝的日子: which birthdays and due dates can be true on a given day. A wrong birthday would send wrong coupons for years. */
import { childrenMax, type Child, type ToldChild } from '../../../schema/index.ts';
import { isDay } from '../../../schema/plain/plain.ts';
import { addDays, addMonths } from '../plain/dates.ts';

/** A pregnancy lasts 280 days; a due date further away than this is a slip of the finger. */
export const dueDaysMax = 300;
/** This long after the due date the child counts as born. */
export const overdueDaysMax = 28;
/** An older child is no baby. */
export const childYearsMax = 18;

export type ChildMiss =
  | { readonly reason: 'not-a-day' }
  /** The birthday is in the future, and the child is not marked as expected. */
  | { readonly reason: 'not-born-yet' }
  | { readonly reason: 'too-old'; readonly from: string }
  | { readonly reason: 'due-too-far'; readonly to: string }
  | { readonly reason: 'due-long-past'; readonly from: string };

/** Null when the date is plausible. */
export function childMiss({ born, isExpected }: Child, today: string): ChildMiss | null {
  if (!isDay(born)) return { reason: 'not-a-day' };
  if (isExpected) {
    const [from, to] = [addDays(today, -overdueDaysMax), addDays(today, dueDaysMax)];
    if (born > to) return { reason: 'due-too-far', to };
    return born < from ? { reason: 'due-long-past', from } : null;
  }
  if (born > today) return { reason: 'not-born-yet' };
  const from = addMonths(today, -12 * childYearsMax);
  return born < from ? { reason: 'too-old', from } : null;
}

/** No child is born earlier than this before the day it was due. */
const earlyDaysMax = 120;

/** As a system tells them: a day to come is one on which a child is due. What cannot be true is left out. */
export const childrenIn = (told: readonly ToldChild[] | null | undefined, today: string): readonly Child[] =>
  (told ?? []).map((one) => childOf(one, today)).filter((child) => childMiss(child, today) === null);

function childOf({ name, birthday, born: also, isExpected }: ToldChild, today: string): Child {
  const born = birthday ?? also ?? '';
  return { born, isExpected: isExpected ?? born > today, ...(name != null && { name }) };
}

/** A till knows of some and not of others: whoever it tells of is added or found again, and nobody is lost by it. */
export const childrenWith = (
  known: readonly Child[] | null,
  told: readonly Child[],
): readonly Child[] | null => told.reduce<readonly Child[] | null>(withChild, known);

function withChild(known: readonly Child[] | null, told: Child): readonly Child[] {
  const all = known ?? [];
  const place = all.findIndex((one) => isSame(one, told));
  if (place < 0) return all.length < childrenMax ? [...all, told] : all;
  const name = told.name ?? all[place]?.name;
  const uses = all[place]?.uses ?? told.uses;
  return all.with(place, {
    born: told.born,
    isExpected: told.isExpected,
    ...(name !== undefined && { name }),
    ...(uses !== undefined && { uses }),
  });
}

/** A list that replaces another knows nothing of what its children use: whoever is on both goes on using it. */
export const keepingUses = (known: readonly Child[] | null, told: readonly Child[]): readonly Child[] =>
  told.map((child) => {
    const uses = known?.find(({ born }) => born === child.born)?.uses;
    return uses === undefined || child.uses !== undefined ? child : { ...child, uses };
  });

/** Twins have two names and one birthday; whoever was expected is the one that was born about then. */
function isSame(known: Child, told: Child): boolean {
  if (known.name !== undefined && told.name !== undefined && known.name !== told.name) return false;
  if (known.born === told.born) return true;
  if (!known.isExpected) return false;
  return (
    told.isExpected ||
    (told.born >= addDays(known.born, -earlyDaysMax) && told.born <= addDays(known.born, overdueDaysMax))
  );
}
