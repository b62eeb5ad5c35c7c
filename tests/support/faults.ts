/** A database that misbehaves when told to: batches that are refused, lost on the way, stalled, or committed without an answer. */
import { DbError, type Db, type Statement } from '../../workers/db/db.ts';

export type Fault =
  /** Committed, and the answer never came. */
  | 'reply-lost'
  /** Never arrived. */
  | 'down'
  /** Arrived and will not stand, now or later. */
  | 'refused'
  /** The plan's day is used up. */
  | 'used-up'
  /** Arrives when this is over. */
  | { readonly stay: () => Promise<void> };

/** Word for word what D1 has answered since September 2026. */
export const usedUp =
  "D1_ERROR: Your account has exceeded D1's free tier daily row write limit. Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.";

/** Asked before every batch; null lets it pass. */
export type Mischief = (statements: readonly Statement[]) => Fault | null;

export const misbehaving =
  (mischief: Mischief) =>
  (db: Db): Db => ({
    batch: async (statements) => {
      const fault = mischief(statements);
      if (fault === null) return db.batch(statements);
      if (fault === 'down') throw new DbError('D1_ERROR: Network connection lost.');
      if (fault === 'used-up') throw new DbError(usedUp);
      if (fault === 'refused') throw new DbError('D1_ERROR: CHECK constraint failed: injected');
      if (fault === 'reply-lost') {
        await db.batch(statements);
        throw new DbError('D1_ERROR: Network connection lost.');
      }
      await fault.stay();
      return db.batch(statements);
    },
  });

export const mentions = (statements: readonly Statement[], text: string): boolean =>
  statements.some(
    ({ sql, params }) => sql.includes(text) || params.some((param) => String(param).includes(text)),
  );

/** The write batch of a group: the only one that claims its events. */
export const isWrite = (statements: readonly Statement[]): boolean =>
  statements.some(
    ({ sql }) =>
      sql.startsWith('INSERT INTO applied_events') ||
      (sql.startsWith('INSERT INTO decisions') && !sql.endsWith('DO NOTHING')),
  );
