/** 一起问: what the parts of one page ask in the same turn goes to the database as one batch; what was asked is not asked again. */
import { DbError, json, type Db, type Result, type Statement } from './db.ts';

/** So many questions the free plan answers an invocation; D1 takes some more in a batch. */
export const gatheredMax = 50;

/** Microtasks: as deep as the first question of a part lies below the call that all parts are called in. */
const turnsWaited = 20;

type Asking = {
  readonly statements: readonly Statement[];
  readonly answer: (results: readonly Result[]) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * For one visit, never for two: it remembers what it read. What writes is joined with nothing, is sent when it is given, after
 * whatever was asked before it, and ends what is remembered.
 */
export function gathering(db: Db): Db {
  let waiting: Asking[] = [];
  const known = new Map<string, Promise<readonly Result[]>>();
  const send = (): void => {
    const all = waiting;
    waiting = [];
    for (const group of groupsOf(all)) void ask(db, group);
  };
  const write = async (statements: readonly Statement[]): Promise<readonly Result[]> => {
    send();
    known.clear();
    try {
      return await db.batch(statements);
    } finally {
      known.clear();
    }
  };
  return {
    batch: (statements) => {
      if (statements.length === 0) return db.batch(statements);
      if (!statements.every(isRead)) return write(statements);
      const key = json(statements);
      const before = known.get(key);
      if (before) return before;
      const asked = new Promise<readonly Result[]>((answer, fail) => {
        const forgotten = (error: unknown): void => {
          known.delete(key);
          fail(error);
        };
        waiting.push({ statements, answer, fail: forgotten });
      });
      known.set(key, asked);
      if (waiting.length === 1) void afterTurns().then(send);
      return asked;
    },
  };
}

async function afterTurns(): Promise<void> {
  for (let turn = 0; turn < turnsWaited; turn += 1) await Promise.resolve();
}

/** A text or a column that only looks like a verb is taken for one: it is asked alone, which costs nothing but time. */
const isRead = ({ sql }: Statement): boolean =>
  /^\s*(SELECT|WITH)\b/i.test(sql) && !/\b(INSERT|UPDATE|DELETE|REPLACE\s+INTO)\b/i.test(sql);

/** In their order. One that is too long by itself is sent as it was given. */
function groupsOf(all: readonly Asking[]): Asking[][] {
  const groups: Asking[][] = [];
  let room = 0;
  for (const one of all) {
    if (one.statements.length > room) {
      groups.push([]);
      room = gatheredMax;
    }
    groups.at(-1)?.push(one);
    room -= one.statements.length;
  }
  return groups;
}

/** Never rejects: whoever asked is told. */
async function ask(db: Db, group: readonly Asking[]): Promise<void> {
  try {
    const results = await db.batch(group.flatMap(({ statements }) => statements));
    let place = 0;
    for (const { statements, answer } of group) {
      answer(results.slice(place, place + statements.length));
      place += statements.length;
    }
  } catch (error) {
    // One batch is all or nothing: what cannot stand is one asker's, and the others have their answers.
    const isSomeones = error instanceof DbError && error.kind === 'refused' && group.length > 1;
    for (const one of group)
      if (isSomeones) void ask(db, [one]);
      else one.fail(error);
  }
}
