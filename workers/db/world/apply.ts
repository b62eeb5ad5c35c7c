/** Writes what a fold has changed: one batch, set by set, exactly once. */
import { identities, ledger, members } from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import type { World } from '../../decide/world.ts';
import { DbError, statement, type Db, type Result, type Statement } from '../db.ts';
import { claimEvents, type Closing } from '../inbox/decisions.ts';
import { insertSet, list, upsertSet } from '../set.ts';
import { counterLimits, writeCounters } from '../shelves/counters.ts';
import { closeDocuments } from '../documents/member-documents.ts';
import { writeNotes } from '../shelves/notes.ts';
import { writeRows } from '../shelves/rows.ts';
import { eraseFans } from './erase-fans.ts';
import { guard } from './guard.ts';
import type { VersionsSeen } from './load.ts';
import { mergeStatements } from './merge.ts';
import { splitStatements } from './split.ts';
import { writeSales } from './write-sales.ts';

export type Application = {
  readonly world: World;
  readonly seen: VersionsSeen;
  readonly changes: Changes;
  /** Of events without a row in the inbox: ids that must never be applied again. */
  readonly appliedIds: readonly string[];
  /** What becomes of the events that have one. */
  readonly closings: readonly Closing[];
  /** What else has to be as it was read. */
  readonly guards?: readonly Statement[];
  /** Writes the messages that the writer sends itself; they are none of the notes. */
  readonly held?: Statement | null;
  readonly now: number;
};

/** duplicate: someone else applied one of these events. stale: someone else moved what was read; read and decide again. */
export type Applied = 'applied' | 'duplicate' | 'stale';

export type Answer = { readonly applied: Applied; readonly results: readonly Result[] };

export async function apply(db: Db, statements: readonly Statement[]): Promise<Answer> {
  if (statements.length === 0) return { applied: 'applied', results: [] };
  try {
    return { applied: 'applied', results: await db.batch(statements) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return { applied: refusal, results: [] };
  }
}

/** Somebody else spent it meanwhile. */
const ledgerLimit = 'ledger_never_negative';

/** The one place that reads SQLite's words. Anything else is a bug or an outage, and is thrown. */
function refusalOf(error: unknown): Exclude<Applied, 'applied'> | null {
  if (!(error instanceof DbError) || error.kind !== 'refused') return null;
  if (/UNIQUE constraint failed: (applied_events\.id|decisions\.seq)/.test(error.message)) return 'duplicate';
  // Two writers met at a key, a reading or a limit: only one of them may have it, the other has to look again.
  if (error.message.includes('UNIQUE constraint failed')) return 'stale';
  const [, check = ''] = /CHECK constraint failed: (\w+)/.exec(error.message) ?? [];
  const isRace = check === 'reading_is_current' || check === ledgerLimit || counterLimits.has(check);
  return isRace ? 'stale' : null;
}

/** What was counted is counted before anything is added to it; then comes the claim, then everything else. */
export function writes(application: Application): Statement[] {
  const { world, seen, changes, appliedIds, closings, guards = [], held = null, now } = application;
  return [
    ...guards,
    ...claimIds(appliedIds, now),
    ...claimEvents(closings, now),
    ...guard(world, seen, changes),
    ...mergeStatements(changes.merges, world.now),
    ...splitStatements(changes.splits),
    ...endCoupons(changes),
    ...writeMembers(world, seen, changes),
    ...writeSales(world, seen, changes),
    ...writeRows(world, changes),
    ...(changes.rows.stores.size > 0 ? [bumpConfig()] : []),
    ...writeCounters(changes.counts),
    ...writeNotes(changes.notes, now),
    ...(held ? [held] : []),
    ...eraseFans(changes, now),
  ];
}

/** A second delivery breaks the key, and the batch with it. */
const claimIds = (eventIds: readonly string[], now: number): Statement[] =>
  eventIds.length === 0
    ? []
    : [
        statement(
          `INSERT INTO applied_events (id, at) SELECT value, CAST(?2 AS INTEGER) FROM json_each(?1)`,
          list(eventIds),
          now,
        ),
      ];

/** Before the rows that were read: those are as the fold left them. */
const endCoupons = ({ couponEnds }: Changes): Statement[] =>
  [...couponEnds].map(([memberId, { until, templateIds }]) =>
    statement(
      `UPDATE coupons SET valid_to = max(valid_from + 1, CAST(?2 AS INTEGER)) WHERE member_id = ?1 AND state <> 'revoked'
        AND valid_to > ?2 AND template_id IN (SELECT value FROM json_each(?3))`,
      memberId,
      until,
      list(templateIds),
    ),
  );

function writeMembers(world: World, seen: VersionsSeen, changes: Changes): Statement[] {
  const statements: Statement[] = [];
  const documents = closeDocuments(world, changes.members);
  const versions = rowsOf(changes.members, world.members).map((member) => ({
    ...member,
    document: documents.get(member.id) ?? null,
    version: (seen.members.get(member.id) ?? 0) + 1,
  }));
  if (versions.length > 0) statements.push(upsertSet(members, versions));
  const attached = [...changes.identities].flatMap(([key, memberId]) =>
    memberId === null ? [] : [{ key, memberId }],
  );
  if (attached.length > 0) statements.push(upsertSet(identities, attached));
  const dropped = [...changes.identities].flatMap(([key, memberId]) => (memberId === null ? [key] : []));
  if (dropped.length > 0) {
    statements.push(
      statement(`DELETE FROM identities WHERE key IN (SELECT value FROM json_each(?1))`, list(dropped)),
    );
  }
  if (changes.postings.length > 0) statements.push(insertSet(ledger, changes.postings));
  return statements;
}

function rowsOf<Key, Row>(keys: Iterable<Key>, from: ReadonlyMap<Key, Row>): Row[] {
  const found: Row[] = [];
  for (const key of keys) {
    const row = from.get(key);
    if (row === undefined) throw new Error(`changed, but not in the world: ${String(key)}`);
    found.push(row);
  }
  return found;
}

/** Every isolate keeps a compiled configuration; this tells them that theirs is old. */
export const bumpConfig = (): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES ('config_version', '1')
     ON CONFLICT (key) DO UPDATE SET value = CAST(value + 1 AS TEXT)`,
  );
