/** 收回 in the database: begun once for a campaign, moved on page by page, and read by whoever asks how far it has come. */
import { outbox, takebacks, type CampaignId, type MemberId, type Takeback } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, insertSet, list, selectList } from '../set.ts';

const selected = `SELECT ${selectList(takebacks, 't')} FROM takebacks AS t`;

export async function readTakeback(db: Db, id: CampaignId): Promise<Takeback | null> {
  const results = await db.batch([statement(`${selected} WHERE t.campaign_id = ?1`, id)]);
  return decodeAll(takebacks, rowsAt(results, 0))[0] ?? null;
}

/** The one that was asked for first and is not done. */
export async function openTakeback(db: Db): Promise<Takeback | null> {
  const results = await db.batch([
    statement(`${selected} WHERE t.state <> 'done' ORDER BY t.asked_at LIMIT 1`),
  ]);
  return decodeAll(takebacks, rowsAt(results, 0))[0] ?? null;
}

/** The constraint that refuses a second one. */
export const takebackKey = 'takebacks.campaign_id';

/**
 * What it has to go through is read in the batch that stops the campaign: whoever decides a sale meanwhile has to look again
 * (world/guard.ts), so that nothing is given behind its back.
 */
export const beginTakeback = (row: Takeback, now: number): Statement[] => [
  insertSet(takebacks, [row]),
  statement(
    `UPDATE takebacks SET sale_to = max(sale_from, coalesce((SELECT max(seq) FROM sales), 0)),
       expected = coalesce((SELECT used FROM campaign_counters WHERE campaign_id = ?1), 0) WHERE campaign_id = ?1`,
    row.campaignId,
  ),
  // Only what waits to be sent is looked through.
  statement(
    `UPDATE outbox SET state = 'parked', ended_at = CAST(?2 AS INTEGER), last_error = '活动已收回，没有再发'
     WHERE state = 'pending' AND kind = 'text' AND coalesce(lease_until, 0) <= ?2
       AND instr(cause, '/campaign:' || ?1 || '/') > 0`,
    row.campaignId,
    now,
  ),
];

/** From the beginning, for what could not be decided; what was taken is not taken again. */
export const repeatTakeback = ({ campaignId, saleFrom, rev }: Takeback): Statement[] => [
  statement(
    `INSERT INTO guards (name) SELECT 'takeback' FROM takebacks WHERE campaign_id = ?1 AND rev <> ?2`,
    campaignId,
    rev,
  ),
  statement(
    `UPDATE takebacks SET state = 'taking', sale_at = CAST(?2 AS INTEGER), grant_at = '["",""]', failed = 0, ended_at = NULL, rev = rev + 1
     WHERE campaign_id = ?1`,
    campaignId,
    saleFrom,
  ),
];

const middle = '((low + high + 1) / 2)';
const isOld = `coalesce((SELECT evaluated_at FROM sales WHERE seq <= ${middle} ORDER BY seq DESC LIMIT 1), 0) < ?1`;

/**
 * The last sale before the first that may hold something of a campaign of this age. Sales are numbered as they were first decided, and
 * no clock is a day off, so halving finds it in a few rows.
 */
export async function lastSaleBefore(db: Db, at: number): Promise<number> {
  const results = await db.batch([
    statement(
      `WITH RECURSIVE span(low, high) AS (
         SELECT 0, coalesce((SELECT max(seq) FROM sales), 0)
         UNION ALL SELECT iif(${isOld}, ${middle}, low), iif(${isOld}, high, ${middle} - 1) FROM span WHERE low < high)
       SELECT low FROM span WHERE low = high`,
      at,
    ),
  ]);
  return Number(rowsAt(results, 0)[0]?.['low'] ?? 0);
}

export type Moved = Pick<Takeback, 'saleAt' | 'grantAt' | 'failed'>;

/** Another turn may have been faster: then nothing is written. */
export const moveOn = ({ campaignId, rev }: Takeback, { saleAt, grantAt, failed }: Moved): Statement =>
  statement(
    `UPDATE takebacks SET sale_at = CAST(?3 AS INTEGER), grant_at = ?4, failed = failed + ?5, rev = rev + 1
     WHERE campaign_id = ?1 AND rev = ?2`,
    campaignId,
    rev,
    saleAt,
    grantAt === null ? null : list(grantAt),
    failed,
  );

/** All is taken: now its members are counted, and told if they are to be. */
export const taken = ({ campaignId, rev, tells }: Takeback, now: number): Statement =>
  statement(
    `UPDATE takebacks SET state = ?3, ended_at = ?4, rev = rev + 1,
       people = (SELECT count(DISTINCT member_id) FROM taken_back WHERE id > ?5 AND id < ?6)
     WHERE campaign_id = ?1 AND rev = ?2`,
    campaignId,
    rev,
    tells ? 'telling' : 'done',
    tells ? null : now,
    // Every id of the campaign lies between these two.
    `takeback:${campaignId}:`,
    `takeback:${campaignId};`,
  );

/** What was taken of one member by all causes together. */
export type Untold = {
  readonly memberId: MemberId;
  readonly points: number;
  readonly coupons: number;
  readonly walletFen: number;
  /** WeChat leads to them, and they are still a member. */
  readonly isReached: boolean;
};

export async function untold(db: Db, id: CampaignId, limit: number): Promise<Untold[]> {
  const results = await db.batch([
    statement(
      `SELECT t.member_id AS memberId, sum(t.points) AS points, sum(t.coupons) AS coupons,
         sum(t.wallet_fen + t.under_way_fen) AS walletFen,
         EXISTS (SELECT 1 FROM members AS m JOIN identities AS i ON i.member_id = m.id
           WHERE m.id = t.member_id AND m.deleted_at IS NULL AND i.key >= 'openid:' AND i.key < 'openid;') AS isReached
       FROM taken_back AS t WHERE t.campaign_id = ?1 AND t.told_at IS NULL
       GROUP BY t.member_id ORDER BY t.member_id LIMIT ?2`,
      id,
      limit,
    ),
  ]);
  return rowsAt(results, 0).map((row) => ({
    memberId: String(row['memberId']) as MemberId,
    points: Number(row['points']),
    coupons: Number(row['coupons']),
    walletFen: Number(row['walletFen']),
    isReached: row['isReached'] === 1,
  }));
}

export type Note = Pick<typeof outbox.$inferInsert, 'cause' | 'kind' | 'payload' | 'dueAt'> & {
  readonly memberId: MemberId;
};

/** The messages and that they are written, in one batch: whoever is killed in between has written neither. */
export async function tell(
  db: Db,
  { campaignId, rev }: Takeback,
  {
    notes,
    members,
    now,
  }: { readonly notes: readonly Note[]; readonly members: readonly MemberId[]; readonly now: number },
): Promise<void> {
  const queued = notes.map((note) => ({
    ...note,
    associateId: null,
    state: 'pending' as const,
    attempts: 0,
    createdAt: now,
  }));
  await db.batch([
    statement(
      `INSERT INTO guards (name) SELECT 'takeback' FROM takebacks WHERE campaign_id = ?1 AND rev <> ?2`,
      campaignId,
      rev,
    ),
    ...(queued.length > 0 ? [insertSet(outbox, queued, ['seq'])] : []),
    statement(
      `UPDATE taken_back SET told_at = CAST(?3 AS INTEGER) WHERE campaign_id = ?1 AND told_at IS NULL
         AND member_id IN (SELECT value FROM json_each(?2))`,
      campaignId,
      list(members),
      now,
    ),
    statement(
      `UPDATE takebacks SET told = told + ?2, rev = rev + 1 WHERE campaign_id = ?1`,
      campaignId,
      notes.length,
    ),
  ]);
}

export const told = ({ campaignId, rev }: Takeback, now: number): Statement =>
  statement(
    `UPDATE takebacks SET state = 'done', ended_at = CAST(?3 AS INTEGER), rev = rev + 1 WHERE campaign_id = ?1 AND rev = ?2`,
    campaignId,
    rev,
    now,
  );
