/** 数据来源 as the merchant registers them; secrets can be changed while the till keeps sending. */
import { sources, type Source } from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';

/** After quick rotations several old secrets may still be valid; beyond this many the oldest are dropped. */
const secretsMax = 5;

export async function readSource(db: Db, id: string): Promise<Source | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(sources, 't')} FROM sources AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(sources, rowsAt(results, 0))[0] ?? null;
}

/** Sources are never removed, so this one stays the first. */
export async function firstSource(db: Db): Promise<Source | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(sources, 't')} FROM sources AS t ORDER BY t.created_at, t.id LIMIT 1`),
  ]);
  return decodeAll(sources, rowsAt(results, 0))[0] ?? null;
}

export type Neighbours = {
  /** Other sources that report the same receipts. */
  readonly sharing: readonly Source[];
  /** Whether anything is kept under a number of this namespace. */
  readonly isNumbered: boolean;
};

export async function readNeighbours(db: Db, id: string, namespace: string): Promise<Neighbours> {
  // `;` follows `:`, so these are all the ids that begin with the namespace.
  const ofNamespace = `id >= ?1 || ':' AND id < ?1 || ';'`;
  const results = await db.batch([
    statement(
      `SELECT ${selectList(sources, 't')} FROM sources AS t WHERE t.namespace = ?1 AND t.id <> ?2 ORDER BY t.id`,
      namespace,
      id,
    ),
    statement(
      `SELECT EXISTS (SELECT 1 FROM sales WHERE ${ofNamespace})
         OR EXISTS (SELECT 1 FROM recharges WHERE ${ofNamespace}) AS numbered`,
      namespace,
    ),
  ]);
  return {
    sharing: decodeAll(sources, rowsAt(results, 0)),
    isNumbered: rowsAt(results, 1)[0]?.['numbered'] === 1,
  };
}

export async function listSources(db: Db, after: string, limit: number): Promise<Source[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(sources, 't')} FROM sources AS t WHERE t.id > ?1 ORDER BY t.id LIMIT ?2`,
      after,
      limit,
    ),
  ]);
  return decodeAll(sources, rowsAt(results, 0));
}

/** False when the id is taken already. */
export async function insertSource(db: Db, source: Source): Promise<boolean> {
  const { id, name, adapter, namespace, config, secrets, createdAt } = source;
  const results = await db.batch([
    statement(
      `INSERT INTO sources (id, name, adapter, namespace, config, secrets, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS INTEGER)) ON CONFLICT (id) DO NOTHING RETURNING id`,
      id,
      name,
      adapter,
      namespace,
      config && json(config),
      list(secrets),
      createdAt,
    ),
  ]);
  return rowsAt(results, 0).length > 0;
}

const numberingIn = (source: string): string => `coalesce(${source}.config ->> '$.numbering', 'unique')`;

/** False when it changed meanwhile: the checks against `before` no longer hold. Those that share its namespace number as it does. */
export async function updateSource(db: Db, before: Source, after: Source): Promise<boolean> {
  const { id, name, adapter, config, secrets } = after;
  const results = await db.batch([
    statement(
      `UPDATE sources SET name = ?2, adapter = ?3, config = ?4, secrets = ?5
       WHERE id = ?1 AND adapter = ?6 AND json(config) IS json(?7) AND json(secrets) = json(?8) RETURNING id`,
      id,
      name,
      adapter,
      config && json(config),
      list(secrets),
      before.adapter,
      before.config && json(before.config),
      list(before.secrets),
    ),
    statement(
      `UPDATE sources SET config = json_set(coalesce(sources.config, '{}'), '$.numbering', ${numberingIn('one')}) FROM sources AS one
       WHERE one.id = ?1 AND sources.namespace = one.namespace AND ${numberingIn('sources')} <> ${numberingIn('one')}`,
      id,
    ),
  ]);
  return rowsAt(results, 0).length > 0;
}

/** The new secret goes first; the old ones verify until `overlapTo`, and those that no longer do are dropped. */
export const rotateSecret = (id: string, secret: string, now: number, overlapTo: number): Statement =>
  statement(
    `UPDATE sources SET secrets = (
       SELECT json_group_array(json(entry)) FROM (
         SELECT json_object('secret', ?2, 'validTo', NULL) AS entry
         UNION ALL
         SELECT * FROM (
           SELECT json_object('secret', value ->> 'secret',
             'validTo', CAST(min(coalesce(value ->> 'validTo', ?4), ?4) AS INTEGER))
           FROM json_each(sources.secrets) WHERE min(coalesce(value ->> 'validTo', ?4), ?4) > ?3
           ORDER BY json_each.key LIMIT ${secretsMax - 1})))
     WHERE id = ?1`,
    id,
    secret,
    now,
    overlapTo,
  );
