/** 结果的省写: the names that stand in the outcome of every sale are kept as one letter each; every other name stays as it is. */
import type { Row } from '../db.ts';

/** What is stored is the letter: names are added, and none is given to another. A name of an outcome has more than one letter. */
const letters: Readonly<Record<string, string>> = {
  saleId: 's',
  points: 'p',
  growth: 'g',
  couponsIssued: 'i',
  campaigns: 'c',
  reminders: 'r',
};
const names = Object.fromEntries(Object.entries(letters).map(([name, letter]) => [letter, name]));

const renamed = (outcome: object, to: Readonly<Record<string, string>>): Row =>
  Object.fromEntries(Object.entries(outcome).map(([name, value]) => [to[name] ?? name, value]));

export const packOutcome = (outcome: object): Row => renamed(outcome, letters);
export const unpackOutcome = (stored: object): Row => renamed(stored, names);

/** The sale that a stored outcome names, in SQL. */
export const saleIn = (outcome: string): string => `${outcome} ->> '$.${letters['saleId']}'`;
