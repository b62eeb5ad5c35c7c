/** Writes what a fold has changed: one batch, set by set, exactly once. */
import {
  associates,
  coupons,
  grants,
  identities,
  ledger,
  memberCounters,
  members,
  memberTags,
  outbox,
  products,
  recharges,
  refunds,
  reminders,
  saleLines,
  sales,
  stores,
} from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import { pairKey, type World } from '../../decide/world.ts';
import { fanWrites } from './apply-fans.ts';
import { transferWrites } from './apply-transfers.ts';
import { DbError, statement, type Db, type Statement } from '../db.ts';
import { closeEvents, type Closing } from '../inbox/inbox.ts';
import type { Reading } from './load.ts';
import { mergeStatements } from './merge.ts';
import { insertSet, list, upsertSet } from '../set.ts';

export type Application = {
  readonly world: World;
  readonly reading: Reading;
  readonly changes: Changes;
  /** Ids that must never be applied again. */
  readonly appliedIds: readonly string[];
  readonly closings: readonly Closing[];
  /** What else has to be as it was read. */
  readonly guards?: readonly Statement[];
  readonly now: number;
};

/** duplicate: someone else applied one of these events. stale: someone else moved what was read; read and decide again. */
export type Applied = 'applied' | 'duplicate' | 'stale';

export async function apply(db: Db, application: Application): Promise<Applied> {
  const statements = writes(application);
  if (statements.length === 0) return 'applied';
  try {
    await db.batch(statements);
    return 'applied';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

/** The one place that reads SQLite's words. Anything else is a bug or an outage, and is thrown. */
function refusalOf(error: unknown): Exclude<Applied, 'applied'> | null {
  if (!(error instanceof DbError) || error.kind !== 'refused') return null;
  if (error.message.includes('UNIQUE constraint failed: applied_events.id')) return 'duplicate';
  if (error.message.includes('CHECK constraint failed: reading_is_current')) return 'stale';
  // Two writers met at a key or at a limit: only one of them may have it, the other has to look again.
  const isRace =
    /UNIQUE constraint failed|CHECK constraint failed: (scene_once|campaign_|coupon_stock|ledger_|payout_day)/;
  return isRace.test(error.message) ? 'stale' : null;
}

export function writes(application: Application): Statement[] {
  const { world, reading, changes, appliedIds, closings, guards = [], now } = application;
  const statements: Statement[] = [];
  const put = (count: number, make: () => Statement): void => {
    if (count > 0) statements.push(make());
  };
  const rows = <Key, Row>(keys: Iterable<Key>, from: ReadonlyMap<Key, Row>): Row[] => {
    const found: Row[] = [];
    for (const key of keys) {
      const row = from.get(key);
      if (row === undefined) throw new Error(`changed, but not in the world: ${String(key)}`);
      found.push(row);
    }
    return found;
  };

  put(appliedIds.length, () =>
    statement(
      `INSERT INTO applied_events (id, at) SELECT value, CAST(?2 AS INTEGER) FROM json_each(?1)`,
      list(appliedIds),
      now,
    ),
  );
  put(changes.members.size + changes.sales.size + changes.identities.size, () => guard(reading, changes));
  if (appliedIds.length > 0) statements.push(...guards);
  statements.push(...mergeStatements(changes.merges));
  put(changes.members.size, () =>
    upsertSet(
      members,
      rows(changes.members, world.members).map((member) => ({
        ...member,
        version: (reading.members.get(member.id) ?? 0) + 1,
      })),
    ),
  );
  const attached = [...changes.identities].flatMap(([key, memberId]) =>
    memberId === null ? [] : [{ key, memberId }],
  );
  put(attached.length, () => upsertSet(identities, attached));
  const dropped = [...changes.identities].flatMap(([key, memberId]) => (memberId === null ? [key] : []));
  put(dropped.length, () =>
    statement(`DELETE FROM identities WHERE key IN (SELECT value FROM json_each(?1))`, list(dropped)),
  );
  put(changes.sales.size, () =>
    upsertSet(
      sales,
      rows(changes.sales, world.sales).map((sale) => ({
        ...sale,
        rev: (reading.sales.get(sale.id) ?? 0) + 1,
      })),
    ),
  );
  const resold = [...changes.soldLines].filter((id) => reading.sales.has(id));
  put(resold.length, () =>
    statement(`DELETE FROM sale_lines WHERE sale_id IN (SELECT value FROM json_each(?1))`, list(resold)),
  );
  put(changes.soldLines.size, () => insertSet(saleLines, rows(changes.soldLines, world.lines).flat()));
  put(changes.refunds.size, () => upsertSet(refunds, [...changes.refunds.values()]));
  put(changes.recharges.size, () => insertSet(recharges, rows(changes.recharges, world.recharges)));
  put(changes.postings.length, () => insertSet(ledger, changes.postings));
  put(changes.campaignCounts.size, () =>
    statement(
      `UPDATE campaign_counters SET used = used + (j.value ->> 1), spent_fen = spent_fen + (j.value ->> 2)
       FROM json_each(?1) AS j WHERE campaign_id = j.value ->> 0`,
      list([...changes.campaignCounts].map(([id, { times, spentFen }]) => [id, times, spentFen])),
    ),
  );
  put(changes.templateCounts.size, () =>
    statement(
      `UPDATE coupon_template_counters SET issued = issued + (j.value ->> 1)
       FROM json_each(?1) AS j WHERE template_id = j.value ->> 0`,
      list(changes.templateCounts),
    ),
  );
  put(changes.memberCounters.size, () =>
    upsertSet(memberCounters, rows(changes.memberCounters, world.memberCounters)),
  );
  const allGrants = [...world.grants.values()].flat();
  const grantsByKey = new Map(allGrants.map((grant) => [pairKey(grant.cause, grant.campaignId), grant]));
  put(changes.grants.size, () => upsertSet(grants, rows(changes.grants, grantsByKey)));
  put(changes.coupons.size, () => upsertSet(coupons, rows(changes.coupons, world.coupons)));
  put(changes.tags.size, () => upsertSet(memberTags, rows(changes.tags, world.tags)));
  put(changes.reminders.size, () => upsertSet(reminders, rows(changes.reminders, world.reminders)));
  put(changes.messages.length, () =>
    insertSet(
      outbox,
      changes.messages.map((message) => ({
        ...message,
        state: 'pending' as const,
        attempts: 0,
        createdAt: now,
      })),
      ['seq'],
    ),
  );
  put(changes.stores.size, () => upsertSet(stores, rows(changes.stores, world.newStores)));
  put(changes.stores.size, () => bumpConfig());
  put(changes.associates.size, () => upsertSet(associates, rows(changes.associates, world.associates)));
  put(changes.products.size, () => upsertSet(products, rows(changes.products, world.products)));
  statements.push(
    ...fanWrites(world, changes),
    ...transferWrites(world, changes),
    ...closeEvents(closings, now),
  );
  return statements;
}

/** Every isolate keeps a compiled configuration; this tells them that theirs is old. */
export const bumpConfig = (): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES ('config_version', '1')
     ON CONFLICT (key) DO UPDATE SET value = CAST(value + 1 AS TEXT)`,
  );

/** Inserts a row, which the table refuses, for everything that is not as it was read. */
function guard(reading: Reading, changes: Changes): Statement {
  const memberVersions = [...changes.members].flatMap((id) => {
    const version = reading.members.get(id);
    return version === undefined ? [] : [[id, version]];
  });
  const saleRevs = [...changes.sales].map((id) => [id, reading.sales.get(id) ?? 0]);
  const owners = [...changes.identities.keys()].map((key) => [key, reading.identities.get(key) ?? null]);
  return statement(
    `INSERT INTO guards (name)
     SELECT 'member' FROM json_each(?1) AS j JOIN members AS m ON m.id = j.value ->> 0 WHERE m.version <> j.value ->> 1
     UNION ALL SELECT 'sale' FROM json_each(?2) AS j JOIN sales AS s ON s.id = j.value ->> 0 WHERE s.rev <> j.value ->> 1
     UNION ALL SELECT 'identity' FROM json_each(?3) AS j JOIN identities AS i ON i.key = j.value ->> 0
       WHERE i.member_id IS NOT j.value ->> 1`,
    list(memberVersions),
    list(saleRevs),
    list(owners),
  );
}
