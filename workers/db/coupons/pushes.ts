/** 导购发券 in the database: what was offered, to whom, and what became of it. What is over follows from its time. */
import {
  couponTemplates,
  pushes,
  type AssociateId,
  type CouponTemplate,
  type MemberId,
  type Push,
} from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { decode, decodeAll, insertSet, list, selectList } from '../set.ts';
import type { NewestFirst } from '../paging.ts';
import { living } from '../people/handovers.ts';

const templatesMax = 100;
export const listedMax = 50;

/** 可发的券: the latest first. */
export async function templatesToPush(db: Db): Promise<CouponTemplate[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(couponTemplates, 't')} FROM coupon_templates AS t
       WHERE t.definition ->> 'associateQuota' IS NOT NULL ORDER BY t.created_at DESC, t.id LIMIT ${templatesMax}`,
    ),
  ]);
  return decodeAll(couponTemplates, rowsAt(results, 0));
}

export type OwnMember = {
  readonly id: MemberId;
  readonly name: string | null;
  readonly phone: string | null;
};

/** 我的会员, by id; looked for by part of a name, or the end of a phone number. */
export async function membersOfAssociate(
  db: Db,
  { associateId, after, words }: { associateId: AssociateId; after: string; words: string },
): Promise<OwnMember[]> {
  const results = await db.batch([
    statement(
      `SELECT id, name, phone FROM members WHERE id > ?2 AND associate_id = ?1 AND ${living}
       AND (?3 = '' OR instr(coalesce(name, ''), ?3) > 0 OR (length(?3) >= 4 AND phone LIKE '%' || ?3))
       ORDER BY id LIMIT ${listedMax}`,
      associateId,
      after,
      words,
    ),
  ]);
  // Columns as their table has them.
  return rowsAt(results, 0) as unknown as OwnMember[];
}

/** What of her quota is in use: taken, or offered and not over. */
const out = `SELECT count(*) FROM pushes AS u CROSS JOIN push_places AS p ON p.push_id = u.id
  WHERE u.associate_id = ?1 AND u.template_id = ?2 AND (p.coupon_id IS NOT NULL OR u.until > ?3)`;

export async function usedOfQuota(
  db: Db,
  { associateId, templateId }: Pick<Push, 'associateId' | 'templateId'>,
  now: number,
): Promise<number> {
  const results = await db.batch([
    statement(`${out.replace('count(*)', 'count(*) AS count')}`, associateId, templateId, now),
  ]);
  return Number(rowsAt(results, 0)[0]?.['count'] ?? 0);
}

/** Only members of hers; refused as a whole where it is more than she may have out. */
export function insertPush(push: Push, memberIds: readonly string[], quota: number): Statement[] {
  return [
    insertSet(pushes, [push]),
    statement(
      `INSERT INTO push_places (push_id, member_id) SELECT ?1, id FROM members
       WHERE id IN (SELECT value FROM json_each(?2)) AND associate_id = ?3 AND ${living}`,
      push.id,
      list(memberIds),
      push.associateId,
    ),
    statement(
      `INSERT INTO guards (name) SELECT 'quota' WHERE (${out}) > ?4`,
      push.associateId,
      push.templateId,
      push.at,
      quota,
    ),
  ];
}

/** 领券入口: each of them is told, as they can be reached. */
export const tellOfPush = (push: Push, facts: Readonly<Record<string, string>>): Statement =>
  statement(
    `INSERT INTO outbox (cause, kind, member_id, payload, state, due_at, attempts, created_at)
     SELECT 'push/' || ?1 || '/' || member_id, 'coupon-offered', member_id, ?2, 'pending', CAST(?3 AS INTEGER), 0, CAST(?3 AS INTEGER)
     FROM push_places WHERE push_id = ?1`,
    push.id,
    json(facts),
    push.at,
  );

export type PushCounts = {
  readonly push: Push;
  readonly associateName: string;
  readonly templateName: string;
  readonly pushed: number;
  readonly claimed: number;
  readonly used: number;
  /** Not taken in time: the places are hers again. */
  readonly reclaimed: number;
};

/** The latest first; of one associate, or of all. */
export async function listPushes(
  db: Db,
  { associateId, before, limit }: { associateId: AssociateId | null; before: NewestFirst; limit: number },
  now: number,
): Promise<PushCounts[]> {
  const of = (what: string): string => `(SELECT ${what} FROM push_places AS p WHERE p.push_id = t.id)`;
  const results = await db.batch([
    statement(
      `SELECT ${selectList(pushes, 't')}, a.name AS "associateName", k.definition ->> 'name' AS "templateName",
         ${of('count(*)')} AS pushed, ${of('count(p.coupon_id)')} AS claimed,
         (SELECT count(*) FROM push_places AS p CROSS JOIN coupons AS c ON c.id = p.coupon_id
           WHERE p.push_id = t.id AND c.state = 'used') AS used
       FROM pushes AS t LEFT JOIN associates AS a ON a.id = t.associate_id LEFT JOIN coupon_templates AS k ON k.id = t.template_id
       WHERE (?1 IS NULL OR t.associate_id = ?1) AND (t.at < ?2 OR (t.at = ?2 AND t.id < ?3))
       ORDER BY t.at DESC, t.id DESC LIMIT ?4`,
      associateId,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return rowsAt(results, 0).map((row) => {
    const push = decode(pushes, row);
    const [pushed, claimed, used] = ['pushed', 'claimed', 'used'].map((name) => Number(row[name]));
    return {
      push,
      associateName: named(row, 'associateName') ?? push.associateId,
      templateName: named(row, 'templateName') ?? '',
      pushed: pushed ?? 0,
      claimed: claimed ?? 0,
      used: used ?? 0,
      reclaimed: push.until <= now ? (pushed ?? 0) - (claimed ?? 0) : 0,
    };
  });
}

const named = (row: Row, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value : null;
};

export type PlaceOfPush = {
  readonly memberId: MemberId;
  readonly name: string | null;
  readonly claimedAt: number | null;
  readonly usedAt: number | null;
  /** By which receipt. */
  readonly usedFor: string | null;
};
const placesMax = 200;

export async function readPush(db: Db, id: string): Promise<Push | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(pushes, 't')} FROM pushes AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(pushes, rowsAt(results, 0))[0] ?? null;
}

/** Each member she offered it to; of one who was forgotten no name is left. */
export async function placesOfPush(db: Db, id: string): Promise<PlaceOfPush[]> {
  const results = await db.batch([
    statement(
      `SELECT p.member_id AS "memberId", m.name, p.claimed_at AS "claimedAt", iif(c.state = 'used', c.ended_at, NULL) AS "usedAt",
         iif(c.state = 'used', c.used_for, NULL) AS "usedFor"
       FROM push_places AS p CROSS JOIN members AS m ON m.id = p.member_id LEFT JOIN coupons AS c ON c.id = p.coupon_id
       WHERE p.push_id = ?1 ORDER BY p.seq LIMIT ${placesMax}`,
      id,
    ),
  ]);
  // Columns as their tables have them.
  return rowsAt(results, 0) as unknown as PlaceOfPush[];
}

/** Members of a push who have not had it. */
export async function openOfPush(db: Db, id: string): Promise<MemberId[]> {
  const results = await db.batch([
    statement(
      `SELECT member_id AS id FROM push_places WHERE push_id = ?1 AND coupon_id IS NULL ORDER BY seq LIMIT ${placesMax}`,
      id,
    ),
  ]);
  return rowsAt(results, 0).map((row) => String(row['id']) as MemberId);
}
