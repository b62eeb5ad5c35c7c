/** 会员 in the database: who they are, what they hold, and which member an identity leads to. */
import {
  associates,
  members,
  type Account,
  type Associate,
  type CouponId,
  type GroupId,
  type IdentityKey,
  type LevelSettings,
  type Member,
  type MemberCounter,
  type MemberId,
  type MemberStanding,
  type Opening,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Result, type Statement, type Value } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';
import { emptyHead, type Head } from '../../decide/money/lots.ts';
import { personIn } from '../documents/member-documents.ts';
import { levelsIn, selectLevels } from './level-settings.ts';
import { groupsOf, wornOf, type WornTag } from '../../decide/tags/worn.ts';

export type MemberHoldings = {
  readonly member: Member;
  readonly balances: ReadonlyMap<Exclude<Account, 'points'>, number>;
  /** 积分 as the last posting left them; what can be spent now says `heldPoints`. */
  readonly points: Head;
  readonly tags: readonly string[];
  /** 标签的来历, of each of them. */
  readonly wornTags: readonly WornTag[];
  /** 分组 that she is in. */
  readonly groups: readonly GroupId[];
  readonly associate: Associate | null;
  /** 等级 as last written, and the rules of today; what the member is now says `progressOf`. */
  readonly standing: MemberStanding | undefined;
  readonly levels: LevelSettings;
  /** 返现 by month, as far as it is counted. */
  readonly cashBack: MemberCounter | undefined;
  /** 咨询过, of one who has not bought: she wrote, or a call or a visit was noted. */
  readonly hasAsked: boolean;
  /** 期初: what she brought from the system before. */
  readonly openings: readonly Opening[];
};

/** A SELECT of member ids; its parameters are numbered from ?1. */
type Selection = { readonly sql: string; readonly params: readonly Value[] };

/**
 * `s` holds the id ?1 stands for today: its own, or that of the member it was merged into. Empty for nobody. CROSS JOIN keeps the
 * order in which it is written; the planner's own would walk through all members.
 */
export const survivor = `chain(id) AS (SELECT ?1 UNION SELECT m.merged_into FROM chain
    CROSS JOIN members AS m ON m.id = chain.id WHERE m.merged_into IS NOT NULL),
  s(id) AS (SELECT m.id FROM chain CROSS JOIN members AS m ON m.id = chain.id WHERE m.merged_into IS NULL)`;

export const readMember = async (db: Db, id: MemberId): Promise<MemberHoldings | null> =>
  (await readSelection(db, byId(id)))[0] ?? null;

const byId = (id: MemberId): Selection => ({
  sql: `WITH RECURSIVE ${survivor} SELECT id FROM s`,
  params: [id],
});

/** Every member who was not merged, by id. */
export const listMembers = (db: Db, after: string, limit: number): Promise<MemberHoldings[]> =>
  readSelection(db, {
    sql: `SELECT id FROM members WHERE merged_into IS NULL AND deleted_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`,
    params: [after, limit],
  });

/** 按标签: who wears it, by id. */
export const listWearers = (db: Db, tag: string, after: string, limit: number): Promise<MemberHoldings[]> =>
  readSelection(db, {
    sql: `SELECT h.member_id FROM tag_holders AS h CROSS JOIN members AS m ON m.id = h.member_id
      WHERE h.tag = ?1 AND h.member_id > ?2 AND m.merged_into IS NULL AND m.deleted_at IS NULL
      ORDER BY h.member_id LIMIT ?3`,
    params: [tag, after, limit],
  });

/** The owner of the identity; never more than one. */
export const findMembers = (db: Db, key: IdentityKey): Promise<MemberHoldings[]> =>
  readSelection(db, { sql: `SELECT member_id FROM identities WHERE key = ?1`, params: [key] });

/** A till's own number in any namespace: two tills may have given it to two people. */
export const findByTillNumber = (
  db: Db,
  kind: 'ext' | 'card',
  value: string,
  { sourceId, otherwise }: { readonly sourceId: string | null; readonly otherwise: string },
): Promise<MemberHoldings[]> =>
  readSelection(db, {
    sql: `SELECT DISTINCT member_id FROM identities WHERE key IN (SELECT ?1 || ':' || namespace || ':' || ?2
      FROM (SELECT ?3 AS namespace WHERE ?4 IS NULL
        UNION SELECT namespace FROM sources WHERE ?4 IS NULL OR id = ?4)) ORDER BY member_id`,
    params: [kind, value, otherwise, sourceId],
  });

/** The owner of the first of `keys` that anyone owns, strongest first. */
const byStrongest = (keys: readonly IdentityKey[]): Selection => ({
  sql: `SELECT i.member_id FROM json_each(?1) AS j JOIN identities AS i ON i.key = j.value ORDER BY j.key LIMIT 1`,
  params: [list(keys)],
});

export async function isAnyoneKnown(db: Db, keys: readonly IdentityKey[]): Promise<boolean> {
  const { sql, params } = byStrongest(keys);
  return rowsAt(await db.batch([{ sql, params }]), 0).length > 0;
}

export const readStrongest = async (db: Db, keys: readonly IdentityKey[]): Promise<MemberHoldings | null> =>
  (await readSelection(db, byStrongest(keys)))[0] ?? null;

/** Whoever has a coupon; nobody where there is no such code. */
export const findByCoupon = (db: Db, code: CouponId): Promise<MemberHoldings[]> =>
  readSelection(db, {
    sql: `SELECT t.member_id FROM coupons AS t CROSS JOIN members AS m ON m.id = t.member_id
      WHERE (t.id = ?1 AND t.code IS NULL OR t.code = ?1) AND m.deleted_at IS NULL`,
    params: [code],
  });

/** Those whose phone ends so, with the name or a part of it, if one is given; by the index of the ends. */
export const findByLastDigits = (
  db: Db,
  { digits, name, limit }: { readonly digits: string; readonly name: string | null; readonly limit: number },
): Promise<MemberHoldings[]> =>
  readSelection(db, {
    sql: `SELECT DISTINCT i.member_id FROM identities AS i CROSS JOIN members AS m ON m.id = i.member_id
      WHERE i.key GLOB 'phone:*' AND substr(i.key, -4) = ?1
      AND m.merged_into IS NULL AND m.deleted_at IS NULL AND (?2 IS NULL OR instr(m.name, ?2) > 0) LIMIT ?3`,
    params: [digits, name, limit],
  });

/** Of `t`; whoever bought or left a phone is not asked after. */
const hasAsked = `(t.orders = 0 AND t.phone IS NULL AND t.joined_at IS NULL AND EXISTS (
  SELECT 1 FROM (SELECT substr(i.key, 8) AS thread FROM identities AS i
      WHERE i.member_id = t.id AND i.key GLOB 'openid:*' UNION ALL SELECT t.id) AS own
    CROSS JOIN contacts AS c ON c.thread = own.thread
  WHERE c.direction = 'in' OR c.kind IN ('call', 'visit')))`;

async function readSelection(db: Db, { sql, params }: Selection): Promise<MemberHoldings[]> {
  const withPage = (select: string): Statement => statement(`WITH page(id) AS (${sql}) ${select}`, ...params);
  const results = await db.batch([
    withPage(
      `SELECT ${selectList(members, 't')}, ${hasAsked} AS asked FROM members AS t
       WHERE t.id IN (SELECT id FROM page) ORDER BY t.id`,
    ),
    withPage(
      `SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id IN
       (SELECT associate_id FROM members WHERE id IN (SELECT id FROM page))`,
    ),
    selectLevels(),
  ]);
  return assemble(results);
}

function assemble(results: readonly Result[]): MemberHoldings[] {
  const people = new Map(decodeAll(associates, rowsAt(results, 1)).map((row) => [row.id, row]));
  const levels = levelsIn(rowsAt(results, 2));
  return decodeAll(members, rowsAt(results, 0)).map(({ document, ...member }, place) => {
    const { heads, standing, cashBack, openings, ...own } = personIn(member.id, document);
    const wornTags = wornOf(own.tags, own.tagRules);
    return {
      member,
      standing,
      openings,
      levels,
      cashBack,
      hasAsked: rowsAt(results, 0)[place]?.['asked'] === 1,
      ...accountsOf(heads),
      tags: wornTags.map(({ tag }) => tag),
      wornTags,
      groups: groupsOf(own.tags),
      associate: member.associateId === null ? null : (people.get(member.associateId) ?? null),
    };
  });
}

function accountsOf(
  heads: ReturnType<typeof personIn>['heads'],
): Pick<MemberHoldings, 'balances' | 'points'> {
  const points = heads.find(([account]) => account === 'points')?.[1] ?? emptyHead;
  const balances = heads.flatMap(([account, { balance }]) =>
    account === 'points' ? [] : [[account, balance] as const],
  );
  return { balances: new Map(balances), points };
}
