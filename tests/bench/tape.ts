/** 录音带: what the database answered, kept as the JSON in which it comes to a Worker, and played back without the database. */
import type { Db, Result } from '../../workers/db/db.ts';

export type Tape = readonly string[];

export type Player = {
  readonly db: Db;
  /** From now on everything is answered from this tape, from its beginning. */
  readonly play: (tape: Tape) => void;
};

export function player(): Player {
  let [playing, place]: [Tape, number] = [[], 0];
  const batch: Db['batch'] = async (statements) => {
    if (statements.length === 0) return [];
    // What the D1 binding does with a request and its answer.
    JSON.stringify(statements);
    const answer: Result[] = JSON.parse(playing[place] ?? '[]');
    place += 1;
    return answer;
  };
  return {
    db: { batch },
    play: (tape) => {
      [playing, place] = [tape, 0];
    },
  };
}

export type Recorder = {
  readonly db: Db;
  /** What was answered since it was last asked. */
  readonly cut: () => Tape;
};

export function recorder(real: Db): Recorder {
  let recorded: string[] = [];
  const batch: Db['batch'] = async (statements) => {
    if (statements.length === 0) return [];
    const results = await real.batch(statements);
    recorded.push(JSON.stringify(results));
    return results;
  };
  return {
    db: { batch },
    cut: () => {
      const tape = recorded;
      recorded = [];
      return tape;
    },
  };
}
