/** 收件人: how the recipients of due messages can be reached now, not when the messages were written. */
import type { Message } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { list } from '../set.ts';

export type OpenWindow = { readonly act: string; readonly until: number; readonly messagesLeft: number };

export type Recipient = {
  /** Null for an associate, and for somebody who is no member. */
  readonly memberId: string | null;
  readonly openid: string | null;
  readonly phone: string | null;
  readonly wecomUserId: string | null;
  /** 客服消息窗口 that are open, as they were when this was read. */
  readonly windows: readonly OpenWindow[];
  /** 订阅授权: notices left, by template. */
  readonly permissions: ReadonlyMap<string, number>;
  /** 营销短信 so far, if the member agreed to any; null without consent. */
  readonly marketingSmsAt: readonly number[] | null;
};

export type Recipients = {
  /** The recipient of a message: member, associate or openid. */
  readonly of: (message: Message) => Recipient;
  /** The configuration by which to address them may have changed since it was last read. */
  readonly configVersion: number;
};

const nobody: Recipient = {
  memberId: null,
  openid: null,
  phone: null,
  wecomUserId: null,
  windows: [],
  permissions: new Map(),
  marketingSmsAt: null,
};

/**
 * A merged member is reached through the survivor, however many mergers lie between; a deleted one not at all. What was meant for an
 * associate who has left reaches whoever took over.
 */
const reach = `WITH RECURSIVE
  way(id, at) AS (
    SELECT value, value FROM json_each(?1)
    UNION SELECT way.id, m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.at WHERE m.merged_into IS NOT NULL),
  reach(kind, id, member_id, openid, phone, wecom_user_id) AS (
    SELECT 'member', way.id, m.id, substr(i.key, 8), m.phone, NULL FROM way
      CROSS JOIN members AS m ON m.id = way.at AND m.merged_into IS NULL AND m.deleted_at IS NULL
      LEFT JOIN identities AS i ON i.member_id = m.id AND i.key >= 'openid:' AND i.key < 'openid;'
    UNION ALL SELECT 'associate', a.id, NULL, n.openid, NULL, n.wecom_user_id FROM associates AS a
      CROSS JOIN associates AS n ON n.id = iif(a.ended_at IS NULL, a.id, a.successor_id)
      WHERE a.id IN (SELECT value FROM json_each(?2))
    UNION ALL SELECT 'openid', value, NULL, value, NULL, NULL FROM json_each(?3))
  SELECT kind, id, member_id AS "memberId", openid, phone, wecom_user_id AS "wecomUserId",
    (SELECT json_group_array(json_object('act', act, 'until', until, 'messagesLeft', messages_left)) FROM fan_windows AS w
      WHERE w.openid = reach.openid AND w.until > ?4 AND w.messages_left > 0) AS windows,
    (SELECT json_group_array(json_array(template_id, stock)) FROM permissions AS p
      WHERE p.openid = reach.openid AND p.stock > 0) AS permissions,
    (SELECT sent_at FROM sms_consents AS s WHERE s.member_id = reach.member_id AND s.withdrawn_at IS NULL) AS "marketingSmsAt"
  FROM reach ORDER BY id, openid`;

/** One round trip, and one statement, however many messages. */
export async function readRecipients(db: Db, messages: readonly Message[], now: number): Promise<Recipients> {
  const ofMembers = messages.filter(({ associateId }) => associateId === null);
  const ids = (values: readonly (string | null)[]): string =>
    list(new Set(values.filter((id) => id !== null)));
  const results = await db.batch([
    statement(
      reach,
      ids(ofMembers.map(({ memberId }) => memberId)),
      ids(messages.map(({ associateId }) => associateId)),
      ids(ofMembers.map(({ openid }) => openid)),
      now,
    ),
    statement(`SELECT value FROM settings WHERE key = 'config_version'`),
  ]);
  const known = Map.groupBy(rowsAt(results, 0), ({ kind, id }) => `${String(kind)} ${String(id)}`);
  const find = (kind: 'member' | 'associate' | 'openid', id: string | null): Recipient =>
    best((known.get(`${kind} ${id ?? ''}`) ?? []).map(decode));
  return {
    of: ({ memberId, associateId, openid }) => {
      if (associateId !== null) return find('associate', associateId);
      const member = find('member', memberId);
      // The message answers one of the member's accounts.
      if (openid === null) return member;
      return { ...find('openid', openid), ...memberAlone(member) };
    },
    configVersion: Number(rowsAt(results, 1)[0]?.['value'] ?? 0),
  };
}

/** Of several WeChat accounts, the one with an open window. */
const best = (accounts: readonly Recipient[]): Recipient =>
  accounts.find(({ windows }) => windows.length > 0) ?? accounts[0] ?? nobody;

const memberAlone = ({ memberId, phone, marketingSmsAt }: Recipient) => ({ memberId, phone, marketingSmsAt });

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function decode(row: Row): Recipient {
  const parsed = (name: string): unknown => JSON.parse(String(row[name]));
  return {
    memberId: textOrNull(row['memberId']),
    openid: textOrNull(row['openid']),
    phone: textOrNull(row['phone']),
    wecomUserId: textOrNull(row['wecomUserId']),
    // The statement builds both from columns of these types.
    windows: parsed('windows') as OpenWindow[],
    permissions: new Map(parsed('permissions') as [string, number][]),
    marketingSmsAt: row['marketingSmsAt'] === null ? null : (parsed('marketingSmsAt') as number[]),
  };
}
