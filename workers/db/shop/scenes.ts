/** 场景二维码 in the database: what each code stands for, and the picture that WeChat gave for it. */
import {
  associates,
  scenes,
  type Associate,
  type AssociateId,
  type Scene,
  type SceneKind,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

/** The table of what a code stands for; a source is only a text. */
const targets: Readonly<Record<Exclude<SceneKind, 'source'>, string>> = {
  associate: 'associates',
  staff: 'associates',
  store: 'stores',
  coupon: 'coupon_templates',
  campaign: 'campaigns',
};

export type SceneLookUp = {
  readonly scene: Scene | null;
  readonly isTargetKnown: boolean;
  /** Permanent codes there are, this one aside; counted only for one that is to be permanent. */
  readonly permanent: number;
};

/** One round trip for everything that has to be checked before a code is made. */
export async function lookUpScene(
  db: Db,
  { id, kind, targetId }: Pick<Scene, 'id' | 'kind' | 'targetId'>,
  isPermanent: boolean,
): Promise<SceneLookUp> {
  const results = await db.batch([
    selectScene(id),
    kind === 'source'
      ? statement(`SELECT 1 AS known`)
      : statement(`SELECT 1 AS known FROM ${targets[kind]} WHERE id = ?1 LIMIT 1`, targetId),
    ...(isPermanent
      ? [statement(`SELECT count(*) AS n FROM scenes WHERE expires_at IS NULL AND id <> ?1`, id)]
      : []),
  ]);
  return {
    scene: decodeAll(scenes, rowsAt(results, 0))[0] ?? null,
    isTargetKnown: rowsAt(results, 1).length > 0,
    permanent: Number(results[2]?.rows[0]?.['n'] ?? 0),
  };
}

/** 专属码: an associate, and the code under which they bind followers. */
export async function readCode(
  db: Db,
  associateId: AssociateId,
  sceneId: string,
): Promise<{ readonly associate: Associate | null; readonly scene: Scene | null }> {
  const results = await db.batch([
    statement(`SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id = ?1`, associateId),
    selectScene(sceneId),
  ]);
  return {
    associate: decodeAll(associates, rowsAt(results, 0))[0] ?? null,
    scene: decodeAll(scenes, rowsAt(results, 1))[0] ?? null,
  };
}

const selectScene = (id: string): Statement =>
  statement(`SELECT ${selectList(scenes, 't')} FROM scenes AS t WHERE t.id = ?1`, id);

export async function readScene(db: Db, id: string): Promise<Scene | null> {
  return decodeAll(scenes, rowsAt(await db.batch([selectScene(id)]), 0))[0] ?? null;
}

/** By id. Without invitations, which are never printed. */
export async function listScenes(
  db: Db,
  { kind, after, limit }: { kind: SceneKind | null; after: string; limit: number },
): Promise<Scene[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(scenes, 't')} FROM scenes AS t WHERE t.id > ?1
       AND CASE WHEN ?3 IS NULL THEN t.kind <> 'staff' ELSE t.kind = ?3 END ORDER BY t.id LIMIT ?2`,
      after,
      limit,
      kind,
    ),
  ]);
  return decodeAll(scenes, rowsAt(results, 0));
}

/** Counts stay as they are: only decisions change them. */
export const putScene = (scene: Scene): Statement =>
  statement(
    `INSERT INTO scenes (id, kind, target_id, name, ticket, url, expires_at, created_at, scans, claims, renewal_days)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS INTEGER), CAST(?8 AS INTEGER), 0, 0, CAST(?9 AS INTEGER))
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, target_id = excluded.target_id, name = excluded.name,
       ticket = excluded.ticket, url = excluded.url, expires_at = excluded.expires_at,
       renewal_days = excluded.renewal_days`,
    scene.id,
    scene.kind,
    scene.targetId,
    scene.name,
    scene.ticket,
    scene.url,
    scene.expiresAt,
    scene.createdAt,
    scene.renewalDays,
  );

const renewalMs = 86_400_000;

/** Which temporary codes are near their end: a day before it, or half their life where that is less. */
export async function scenesToRenew(db: Db, now: number, limit: number): Promise<Scene[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(scenes, 't')} FROM scenes AS t WHERE t.renewal_days IS NOT NULL
       AND t.expires_at <= ?1 + ${renewalMs} AND t.expires_at <= ?1 + min(${renewalMs}, t.renewal_days * ${renewalMs / 2})
       ORDER BY t.expires_at LIMIT ?2`,
      now,
      limit,
    ),
  ]);
  return decodeAll(scenes, rowsAt(results, 0));
}

export type Ticket = Pick<Scene, 'ticket' | 'url' | 'expiresAt'>;

/** Does nothing when the code changed meanwhile. */
export const renewScene = ({ id, expiresAt }: Pick<Scene, 'id' | 'expiresAt'>, fresh: Ticket): Statement =>
  statement(
    `UPDATE scenes SET ticket = ?3, url = ?4, expires_at = CAST(?5 AS INTEGER)
     WHERE id = ?1 AND expires_at IS ?2 AND renewal_days IS NOT NULL`,
    id,
    expiresAt,
    fresh.ticket,
    fresh.url,
    fresh.expiresAt,
  );

/** As WeChat returned it; without a time it is permanent. */
export const ticketOf = (
  { ticket, url, expiresInSeconds }: { ticket: string; url: string; expiresInSeconds: number | null },
  now: number,
): Ticket => ({ ticket, url, expiresAt: expiresInSeconds === null ? null : now + expiresInSeconds * 1000 });
