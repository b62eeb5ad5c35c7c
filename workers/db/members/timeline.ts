/** 会员动态: everything that happened to one member as one list, newest first. */
import {
  coupons,
  ledger,
  outbox,
  sales,
  type Coupon,
  type MemberId,
  type Message,
  type Posting,
  type Reminder,
  type SaleRow,
} from '../../../schema/index.ts';
import { rowsAt, type Db, type Row, type Statement } from '../db.ts';
import { isMember, ofMember } from './member-lists.ts';
import { decodeAll, selectList } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

/** Many entries have the instant of their sale: kind and key make the order unique. */
export type Moment = { readonly at: number; readonly kind: string; readonly key: string };

export type Happening = Moment &
  (
    | { readonly kind: 'sale'; readonly sale: SaleRow }
    | { readonly kind: 'posting'; readonly posting: Posting }
    | { readonly kind: 'coupon'; readonly coupon: Coupon }
    | { readonly kind: 'message'; readonly message: Message }
    | { readonly kind: 'reminder'; readonly reminder: Reminder }
  );

/** Messages are not indexed by member (every index costs a row per message): only the latest of the shop are looked at. */
const messagesLookedAt = 20_000;

const sequence = (seq: number): string => String(seq).padStart(12, '0');
const own = `t.member_id = (SELECT id FROM s)`;

/** One kind of what happens: `at` and `key` are SQL over `t`, and what `read` makes of a row says the same of it. */
type Part = {
  readonly kind: Happening['kind'];
  readonly columns: string;
  readonly at: string;
  readonly key: string;
  readonly from: string;
  readonly read: (rows: readonly Row[]) => Happening[];
};

const parts: readonly Part[] = [
  {
    kind: 'sale',
    columns: selectList(sales, 't'),
    at: 't.occurred_at',
    key: 't.id',
    from: `sales AS t WHERE ${own}`,
    read: (rows) =>
      decodeAll(sales, rows).map((sale) => ({ kind: 'sale', at: sale.occurredAt, key: sale.id, sale })),
  },
  {
    kind: 'posting',
    columns: selectList(ledger, 't'),
    at: 't.at',
    key: `printf('%s/%012d', t.account, t.seq)`,
    from: `ledger AS t WHERE ${own}`,
    read: (rows) =>
      decodeAll(ledger, rows).map((posting) => {
        const key = `${posting.account}/${sequence(posting.seq)}`;
        return { kind: 'posting', at: posting.at, key, posting };
      }),
  },
  {
    kind: 'coupon',
    columns: selectList(coupons, 't'),
    at: 't.issued_at',
    key: 't.id',
    from: `coupons AS t WHERE ${own}`,
    read: (rows) =>
      decodeAll(coupons, rows).map((coupon) => ({
        kind: 'coupon',
        at: coupon.issuedAt,
        key: coupon.id,
        coupon,
      })),
  },
  {
    kind: 'message',
    columns: selectList(outbox, 't'),
    at: 't.created_at',
    key: `printf('%012d', t.seq)`,
    from: `outbox AS t WHERE ${own} AND t.seq > (SELECT max(seq) FROM outbox) - ${messagesLookedAt}`,
    read: (rows) =>
      decodeAll(outbox, rows).map((message) => ({
        kind: 'message',
        at: message.createdAt,
        key: sequence(message.seq),
        message,
      })),
  },
  {
    kind: 'reminder',
    columns: 't.row',
    at: 't.send_at',
    key: `t.plan_id || '/' || t.subject`,
    from: `${fromOf('reminders')} AS t WHERE ${own} AND t.state = 'sent'`,
    read: (rows) =>
      rows.map(({ row }) => {
        // As its shelf wrote it.
        const reminder: Reminder = JSON.parse(String(row));
        const key = `${reminder.planId}/${reminder.subject}`;
        return { kind: 'reminder', at: reminder.sendAt, key, reminder };
      }),
  },
];

export async function readTimeline(
  db: Db,
  id: MemberId,
  before: Moment,
  limit: number,
): Promise<Happening[] | null> {
  // At most `limit` of each kind can be on a page.
  const latest = ({ kind, columns, at, key, from }: Part): Statement =>
    ofMember(
      id,
      `SELECT ${columns} FROM ${from} AND (${at}, '${kind}', ${key}) < (?2, ?3, ?4)
       ORDER BY ${at} DESC, ${key} DESC LIMIT ?5`,
      before.at,
      before.kind,
      before.key,
      limit,
    );
  const [member, ...found] = await db.batch([isMember(id), ...parts.map(latest)]);
  if (!member || member.rows.length === 0) return null;
  return parts
    .flatMap(({ read }, place) => read(rowsAt(found, place)))
    .toSorted(newestFirst)
    .slice(0, limit);
}

function newestFirst(a: Moment, b: Moment): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.kind !== b.kind) return a.kind < b.kind ? 1 : -1;
  return a.key < b.key ? 1 : -1;
}
