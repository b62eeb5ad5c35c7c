/** 开店口令: whoever put Huike on an account in a browser comes in without a terminal; it is over as soon as there is an owner. */
import { countWrong, readWrong } from '../../db/member-codes/wrong.ts';
import type { Db } from '../../db/db.ts';
import { hasOwner } from '../../db/people/people.ts';
import { linkFor } from './sign-in.ts';

export type Opening = { readonly opened: true } | { readonly refused: 'over' | 'wrong' | 'too-many' };

/** Whoever tries codes tries them together, wherever they sit: a real one has sixteen characters or more. */
const asker = 'opening';
const wrongMax = 20;
const wrongForMs = 10 * 60_000;
const linkMs = 10 * 60_000;

export const awaitsOwner = async (db: Db): Promise<boolean> => !(await hasOwner(db));

/** `word` becomes the word of a link that makes its bearer the owner. */
export async function openShop(
  db: Db,
  { isRight, word }: { readonly isRight: () => Promise<boolean>; readonly word: string },
  now: number,
): Promise<Opening> {
  const [hasOne, { count }] = await Promise.all([hasOwner(db), readWrong(db, asker, now - wrongForMs)]);
  if (hasOne) return { refused: 'over' };
  if (count >= wrongMax) return { refused: 'too-many' };
  if (!(await isRight())) {
    await db.batch([countWrong(asker, now, now - wrongForMs)]);
    return { refused: 'wrong' };
  }
  await db.batch([await linkFor(null, word, { now, forMs: linkMs })]);
  return { opened: true };
}
