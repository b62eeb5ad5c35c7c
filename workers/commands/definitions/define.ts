/** 定义: what the merchant sets (活动, 券, 提醒方案): created, listed, and changed on top of concurrent changes. */
import * as z from 'zod';
import type { Db, Statement } from '../../db/db.ts';
import type { NewestFirst } from '../../db/paging.ts';
import { newId } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft, Writing } from '../draft.ts';
import { invalid } from '../invalid.ts';
import { mergePatch } from './merge-patch.ts';

export type Place<Id> = { readonly id: Id; readonly createdAt: number };

type Naming = {
  /** `campaign`: used in error codes and in English messages. */
  readonly noun: string;
  /** When `noun` alone is not clear enough. */
  readonly fullName?: string;
};

/**
 * Everything that can be done with a kind of definition. Each face (API, console) decides who may do it and how it is worded.
 */
export type Definition<Id extends string, Input, Row> = Naming & {
  /** 营销活动: the merchant's word. */
  readonly label: string;
  readonly id: z.core.$ZodType<Id>;
  /** The prefix of ids: `c_…`. */
  readonly idPrefix: string;
  /** What the merchant enters; forms are built from it. */
  readonly input: z.ZodType<Input>;
  /** `before` is the definition that it replaces; null for a new one. */
  readonly draw: (input: Input, place: Place<Id>, now: number, before: Row | null) => Row;
  readonly placeOf: (row: Row) => Place<Id>;
  /** Checks that need the database. */
  readonly fault?: (db: Db, row: Row) => Promise<Problem | null>;
  readonly insert: (row: Row) => readonly Statement[];
  /** Where a job begins with every new one and every change. */
  readonly rings?: Writing['rings'];
  readonly list: (db: Db, before: NewestFirst, limit: number) => Promise<Row[]>;
};

export type Changeable<Id extends string, Input, Row> = Definition<Id, Input, Row> & {
  readonly read: (db: Db, id: Id) => Promise<Row | null>;
  /** The value that a patch is merged over. */
  readonly inputOf: (row: Row) => unknown;
  /** Writes all or nothing; `stale` when `current` is outdated. */
  readonly replace: (db: Db, next: Row, current: Row) => Promise<'replaced' | 'stale' | Problem>;
};

export async function create<Id extends string, Input, Row>(
  definition: Definition<Id, Input, Row>,
  db: Db,
  input: Input,
  now: number,
): Promise<Draft<Row> | Problem> {
  const id = z.parse(definition.id, newId(definition.idPrefix));
  const row = definition.draw(input, { id, createdAt: now }, now, null);
  const fault = await definition.fault?.(db, row);
  return fault ?? { row, statements: definition.insert(row), ...ringsOf(definition) };
}

const ringsOf = ({ rings }: { readonly rings?: Writing['rings'] }): Pick<Writing, 'rings'> =>
  rings ? { rings } : {};

type Change<Id> = {
  readonly id: Id;
  readonly patch: unknown;
  /** Where what is there does not answer to it, it stays as it is. */
  readonly only?: (input: unknown) => boolean;
};
const always = (): boolean => true;

/** It is written already: what is left is what the caller writes along with it, and the bell. */
type Changed<Row> = Draft<Row> & { readonly isUnchanged?: true };

/** Two people may save at the same moment: each change is merged over the other. */
const attemptsMax = 3;

export async function change<Id extends string, Input, Row>(
  definition: Changeable<Id, Input, Row>,
  db: Db,
  { id, patch, only = always }: Change<Id>,
  now: number,
): Promise<Changed<Row> | Problem> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const current = await definition.read(db, id);
    if (current === null) return unknown(definition);
    if (!only(definition.inputOf(current))) return { row: current, statements: [], isUnchanged: true };
    const parsed = definition.input.safeParse(mergePatch(definition.inputOf(current), patch));
    if (!parsed.success) return invalid(parsed.error);
    const row = definition.draw(parsed.data, definition.placeOf(current), now, current);
    const fault = await definition.fault?.(db, row);
    if (fault) return fault;
    const outcome = await definition.replace(db, row, current);
    if (outcome === 'replaced') return { row, statements: [], ...ringsOf(definition) };
    if (outcome !== 'stale') return outcome;
  }
  return changedMeanwhile(definition.noun);
}

export const unknown = ({ noun, fullName = noun }: Naming): Problem => ({
  status: 404,
  code: `unknown_${noun}`,
  detail: `no ${fullName} has this id`,
});
const changedMeanwhile = (noun: string): Problem => ({
  status: 409,
  code: 'changed_meanwhile',
  detail: `others keep changing this ${noun}; look at it again, then send the change again`,
});
