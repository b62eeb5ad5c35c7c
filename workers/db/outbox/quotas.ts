/** 额度: how much may be sent, counted before sending, so that no two senders use the same unit. */
import { json, rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

/**
 * window: 客服消息窗口 of an openid. permission: 订阅授权 of an openid for a template. marketing-sms: 营销短信 to a member who
 * agreed to it, at most so many since an instant.
 */
export type Quota =
  | { readonly kind: 'window'; readonly key: readonly [openid: string]; readonly limits: readonly [] }
  | {
      readonly kind: 'permission';
      readonly key: readonly [openid: string, templateId: string];
      readonly limits: readonly [];
    }
  | {
      readonly kind: 'marketing-sms';
      readonly key: readonly [memberId: string];
      readonly limits: readonly [max: number, since: number];
    };

/** A claim on a quota; `place` numbers the claims on the same one. */
type QuotaClaim = {
  readonly seq: number;
  readonly quota: Quota;
  readonly key: string;
  readonly place: number;
};

/**
 * Counts one for every message that still fits and returns the `seq` of those messages. One round trip, or none without claims.
 */
export async function takeQuotas(
  db: Db,
  wanted: ReadonlyMap<number, Quota>,
  now: number,
): Promise<ReadonlySet<number>> {
  const kinds = [...Map.groupBy(numbered(wanted), ({ quota }) => quota.kind)];
  const results = await db.batch(
    kinds.map(([kind, claims]) =>
      taking[kind](list(claims.map(({ quota, place }) => [...quota.key, ...quota.limits, place])), now),
    ),
  );
  return new Set(kinds.flatMap(([, claims], index) => granted(claims, rowsAt(results, index))));
}

function numbered(wanted: ReadonlyMap<number, Quota>): QuotaClaim[] {
  const places = new Map<string, number>();
  return [...wanted].map(([seq, quota]) => {
    const key = json(quota.key);
    const counted = `${quota.kind} ${key}`;
    const place = (places.get(counted) ?? 0) + 1;
    places.set(counted, place);
    return { seq, quota, key, place };
  });
}

/** A statement returns one row, its key, for each counted claim. */
function granted(claims: readonly QuotaClaim[], rows: readonly Row[]): number[] {
  const counted = Map.groupBy(rows, (row) => json(Object.values(row)));
  return claims.filter(({ key, place }) => place <= (counted.get(key)?.length ?? 0)).map(({ seq }) => seq);
}

/*
 * Each inserts rows that are known to be there, once for every message, and so comes to DO UPDATE once for every message: one
 * statement that counts one row down several times. What is selected is as it was before any of it.
 */
const taking: Readonly<Record<Quota['kind'], (rows: string, now: number) => Statement>> = {
  // The window that closes first is used up first; `upto` is how many messages fit into it and into those before it.
  window: (rows, now) =>
    statement(
      `INSERT INTO fan_windows (openid, act, until, messages_left)
       WITH ${rowsOf('?1')},
         open AS (SELECT openid, act, until, messages_left,
             sum(messages_left) OVER (PARTITION BY openid ORDER BY until, act) AS upto
           FROM fan_windows WHERE openid IN (SELECT v ->> 0 FROM r) AND until > ?2 AND messages_left > 0)
       SELECT openid, act, until, 0 FROM r CROSS JOIN open
         ON open.openid = v ->> 0 AND v ->> 1 <= upto AND v ->> 1 > upto - messages_left
       WHERE true ON CONFLICT (openid, act) DO UPDATE SET messages_left = fan_windows.messages_left - 1
       RETURNING openid`,
      rows,
      now,
    ),
  permission: (rows) =>
    statement(
      `INSERT INTO permissions (openid, template_id, stock)
       WITH ${rowsOf('?1')}
       SELECT p.openid, p.template_id, 0 FROM r CROSS JOIN permissions AS p
         ON p.openid = v ->> 0 AND p.template_id = v ->> 1 AND p.stock >= v ->> 2
       WHERE true ON CONFLICT (openid, template_id) DO UPDATE SET stock = permissions.stock - 1
       RETURNING openid, template_id`,
      rows,
    ),
  // The instant from which messages count travels in `agreed_at`; those before it are dropped when another is added.
  'marketing-sms': (rows, now) =>
    statement(
      `INSERT INTO sms_consents (member_id, agreed_at, sent_at)
       WITH ${rowsOf('?1')}
       SELECT c.member_id, v ->> 2, '[]' FROM r CROSS JOIN sms_consents AS c
         ON c.member_id = v ->> 0 AND c.withdrawn_at IS NULL
         AND (SELECT count(*) FROM json_each(c.sent_at) WHERE value > v ->> 2) + (v ->> 3) <= v ->> 1
       WHERE true ON CONFLICT (member_id) DO UPDATE SET sent_at = (SELECT json_group_array(at) FROM (
         SELECT value AS at FROM json_each(sms_consents.sent_at) WHERE value > excluded.agreed_at
         UNION ALL SELECT CAST(?2 AS INTEGER)))
       RETURNING member_id`,
      rows,
      now,
    ),
};

/** A window as it was read; one that was opened again meanwhile stays open. */
export type SeenWindow = { readonly openid: string; readonly act: string; readonly until: number };

/** WeChat says that the quota is used up. */
export const exhaustWindows = (seen: readonly SeenWindow[]): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE fan_windows SET messages_left = 0
     FROM r WHERE openid = v ->> 0 AND act = v ->> 1 AND until = v ->> 2`,
    list(seen.map(({ openid, act, until }) => [openid, act, until])),
  );

export const exhaustPermissions = (
  keys: readonly (readonly [openid: string, templateId: string])[],
): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE permissions SET stock = 0 FROM r WHERE openid = v ->> 0 AND template_id = v ->> 1`,
    list(keys),
  );
