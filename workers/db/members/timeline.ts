/** 会员动态: everything that happened to one member as one list, newest first. */
import {
  coupons,
  ledger,
  outbox,
  reminders,
  sales,
  type Coupon,
  type MemberId,
  type Message,
  type Posting,
  type Reminder,
  type Sale,
} from '../../../schema/index.ts';
import { rowsAt, type Db, type Statement } from '../db.ts';
import { isMember, ofMember } from './member-lists.ts';
import { decodeAll, selectList } from '../set.ts';

/** Many things carry the instant of their sale: kind and key put them in one order. */
export type Moment = { readonly at: number; readonly kind: string; readonly key: string };

export type Happening = Moment &
  (
    | { readonly kind: 'sale'; readonly sale: Sale }
    | { readonly kind: 'posting'; readonly posting: Posting }
    | { readonly kind: 'coupon'; readonly coupon: Coupon }
    | { readonly kind: 'message'; readonly message: Message }
    | { readonly kind: 'reminder'; readonly reminder: Reminder }
  );

/** Messages are not indexed by member (every index costs a row per message): only the latest of the shop are looked at. */
const messagesLookedAt = 20_000;

const postingKey = (account: string, seq: number): string => `${account}/${String(seq).padStart(12, '0')}`;

export async function readTimeline(
  db: Db,
  id: MemberId,
  before: Moment,
  limit: number,
): Promise<Happening[] | null> {
  /** `at` and `key` are SQL over `t`; at most `limit` of each kind can be on a page. */
  const part = (kind: string, columns: string, at: string, key: string, from: string): Statement =>
    ofMember(
      id,
      `SELECT ${columns} FROM ${from} AND (${at}, '${kind}', ${key}) < (?2, ?3, ?4)
       ORDER BY ${at} DESC, ${key} DESC LIMIT ?5`,
      before.at,
      before.kind,
      before.key,
      limit,
    );
  const own = `t.member_id = (SELECT id FROM s)`;
  const results = await db.batch([
    isMember(id),
    part('sale', selectList(sales, 't'), 't.occurred_at', 't.id', `sales AS t WHERE ${own}`),
    part(
      'posting',
      selectList(ledger, 't'),
      't.at',
      `printf('%s/%012d', t.account, t.seq)`,
      `ledger AS t WHERE ${own}`,
    ),
    part('coupon', selectList(coupons, 't'), 't.issued_at', 't.id', `coupons AS t WHERE ${own}`),
    part(
      'message',
      selectList(outbox, 't'),
      't.created_at',
      `printf('%012d', t.seq)`,
      `outbox AS t WHERE ${own} AND t.seq > (SELECT max(seq) FROM outbox) - ${messagesLookedAt}`,
    ),
    part(
      'reminder',
      selectList(reminders, 't'),
      't.send_at',
      `t.plan_id || '/' || t.subject`,
      `reminders AS t WHERE ${own} AND t.state = 'sent'`,
    ),
  ]);
  if (rowsAt(results, 0).length === 0) return null;
  const happenings: Happening[] = [
    ...decodeAll(sales, rowsAt(results, 1)).map((sale) => ({
      kind: 'sale' as const,
      at: sale.occurredAt,
      key: sale.id,
      sale,
    })),
    ...decodeAll(ledger, rowsAt(results, 2)).map((posting) => ({
      kind: 'posting' as const,
      at: posting.at,
      key: postingKey(posting.account, posting.seq),
      posting,
    })),
    ...decodeAll(coupons, rowsAt(results, 3)).map((coupon) => ({
      kind: 'coupon' as const,
      at: coupon.issuedAt,
      key: coupon.id,
      coupon,
    })),
    ...decodeAll(outbox, rowsAt(results, 4)).map((message) => ({
      kind: 'message' as const,
      at: message.createdAt,
      key: String(message.seq).padStart(12, '0'),
      message,
    })),
    ...decodeAll(reminders, rowsAt(results, 5)).map((reminder) => ({
      kind: 'reminder' as const,
      at: reminder.sendAt,
      key: `${reminder.planId}/${reminder.subject}`,
      reminder,
    })),
  ];
  return happenings.toSorted(newestFirst).slice(0, limit);
}

function newestFirst(a: Moment, b: Moment): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.kind !== b.kind) return a.kind < b.kind ? 1 : -1;
  return a.key < b.key ? 1 : -1;
}
