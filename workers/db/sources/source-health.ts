/**
 * 来源健康: how a source has been doing, derived from what became of its events. One round trip for any number of sources; reads
 * the decisions of the last 24 hours once (the newest 50,000 of them at most), what is pending and what is still waiting; writes
 * nothing, and neither does a sale.
 */
import { polls, sources, type Poll, type Source } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row, type Statement, type Value } from '../db.ts';
import { pendingSeqs } from '../inbox/event-rows.ts';
import { lastBefore } from '../shop/numbering.ts';
import { decodeAll, selectList } from '../set.ts';

export const hoursShown = 24;
const hourMs = 3_600_000;
/** A chain of 100 stores sends some 30,000 a day. */
const rowsCountedMax = 50_000;
/** How far back the last event of a source is looked for that sent nothing today. */
const rowsLookedAt = 5_000;

export type Oldest = { readonly id: string; readonly receivedAt: number; readonly waitsFor: string | null };

export type SourceHealth = {
  readonly source: Source;
  readonly lastEventAt: number | null;
  /** Since when it is silent, if that was reported. */
  readonly silentSince: number | null;
  /** By state, over the last 24 hours. */
  readonly counts: ReadonlyMap<string, number>;
  /** The oldest hour first. */
  readonly perHour: readonly number[];
  readonly oldestWaiting: Oldest | null;
  readonly polls: readonly Poll[];
};

export const readHealth = async (db: Db, id: string, now: number): Promise<SourceHealth | null> =>
  (await read(db, { sql: 's.id = ?1', params: [id] }, now))[0] ?? null;

export const listHealth = (db: Db, after: string, limit: number, now: number): Promise<SourceHealth[]> =>
  read(db, { sql: `s.id > ?1 ORDER BY s.id LIMIT ${limit}`, params: [after] }, now);

type Chosen = { readonly sql: string; readonly params: readonly Value[] };

async function read(db: Db, { sql, params }: Chosen, now: number): Promise<SourceHealth[]> {
  const since = now - hoursShown * hourMs;
  const chosen = (select: string, ...more: Value[]): Statement =>
    statement(`WITH chosen AS (SELECT * FROM sources AS s WHERE ${sql}) ${select}`, ...params, ...more);
  const results = await db.batch([
    chosen(`SELECT ${selectList(sources, 't')} FROM chosen AS t ORDER BY t.id`),
    chosen(
      `SELECT d.source_id AS source, d.state, CAST((d.received_at - ?2) / ${hourMs} AS INTEGER) AS hour,
         count(*) AS events, max(d.received_at) AS latest
       FROM (SELECT * FROM (SELECT source_id, state, received_at FROM decisions WHERE seq > ${lastBefore('?2')} ORDER BY seq DESC LIMIT ${rowsCountedMax})
         UNION ALL SELECT i.source_id, 'received', i.received_at FROM (${pendingSeqs('DESC', rowsCountedMax)}) AS p CROSS JOIN inbox AS i ON i.seq = p.seq) AS d
       WHERE d.received_at >= ?2 AND d.source_id IN (SELECT id FROM chosen) GROUP BY 1, 2, 3`,
      since,
    ),
    chosen(
      `SELECT d.source_id AS source, max(d.received_at) AS latest
       FROM (SELECT source_id, received_at FROM decisions ORDER BY seq DESC LIMIT ${rowsLookedAt}) AS d
       WHERE d.source_id IN (SELECT id FROM chosen) GROUP BY 1`,
    ),
    chosen(
      `SELECT w.source, i.id, w."waitsFor", w."receivedAt" FROM
         (SELECT d.source_id AS source, d.seq, d.waits_for AS "waitsFor", min(d.received_at) AS "receivedAt"
          FROM (SELECT * FROM decisions WHERE state = 'waiting' LIMIT ${rowsLookedAt}) AS d
          WHERE d.source_id IN (SELECT id FROM chosen) GROUP BY 1) AS w CROSS JOIN inbox AS i ON i.seq = w.seq`,
    ),
    chosen(
      `SELECT source_id AS source, last_event_at AS latest, silent_since AS "silentSince"
       FROM source_watches WHERE source_id IN (SELECT id FROM chosen)`,
    ),
    chosen(`SELECT ${selectList(polls, 't')} FROM polls AS t WHERE t.source_id IN (SELECT id FROM chosen)`),
  ]);
  const of = (place: number, id: string): Row[] =>
    rowsAt(results, place).filter(({ source }) => source === id);
  const polled = decodeAll(polls, rowsAt(results, 5));
  return decodeAll(sources, rowsAt(results, 0)).map((source) => {
    const lately = of(1, source.id);
    const [watch] = of(4, source.id);
    const own = polled.filter(({ sourceId }) => sourceId === source.id);
    const seen = [...lately, ...of(2, source.id), ...of(4, source.id)].map(({ latest }) => latest);
    return {
      source,
      lastEventAt: latestOf([...seen, ...own.map(({ lastEventAt }) => lastEventAt)]),
      silentSince: watch?.['silentSince'] == null ? null : Number(watch['silentSince']),
      counts: countsOf(lately),
      perHour: perHourOf(lately),
      oldestWaiting: oldestOf(of(3, source.id)[0]),
      polls: own,
    };
  });
}

const latestOf = (instants: readonly unknown[]): number | null =>
  instants.reduce<number | null>(
    (latest, at) => (at == null ? latest : Math.max(latest ?? 0, Number(at))),
    null,
  );

function countsOf(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state, events } of rows) {
    counts.set(String(state), (counts.get(String(state)) ?? 0) + Number(events));
  }
  return counts;
}

function perHourOf(rows: readonly Row[]): number[] {
  const perHour = Array.from({ length: hoursShown }, () => 0);
  for (const { hour, events } of rows) {
    // What arrives in this very millisecond belongs to the last hour.
    const place = Math.min(hoursShown - 1, Number(hour));
    perHour[place] = (perHour[place] ?? 0) + Number(events);
  }
  return perHour;
}

const oldestOf = (row: Row | undefined): Oldest | null =>
  row === undefined
    ? null
    : {
        id: String(row['id']),
        receivedAt: Number(row['receivedAt']),
        waitsFor: typeof row['waitsFor'] === 'string' ? row['waitsFor'] : null,
      };
