/** What members keep with them, looked at and planted directly, wherever the shelves keep it. */
import type { Account, MemberId, Reminder } from '../../schema/index.ts';
import {
  decodeDocument,
  encodeDocument,
  type MemberDocument,
} from '../../workers/db/documents/member-document.ts';
import { emptyHead } from '../../workers/decide/money/lots.ts';
import { shelves } from '../../workers/db/shelves/index.ts';
import { fromOf } from '../../workers/db/shelves/rows.ts';
import { slices, type RowOf, type SliceName } from '../../workers/decide/slices/index.ts';
import type { TestDb } from './sqlite.ts';

/** Every row of a noun. */
export const nounRows = <Name extends SliceName>(db: TestDb, name: Name, order = '1'): RowOf<Name>[] =>
  // As the shelf wrote it.
  db
    .all(`SELECT t.row FROM ${fromOf(name)} AS t ORDER BY ${order}`)
    .map(({ row }): RowOf<Name> => JSON.parse(String(row)));

type Documented = { readonly id: MemberId; readonly document: MemberDocument };

const documented = (db: TestDb): Documented[] =>
  db.all(`SELECT id, document FROM members`).map(({ id, document }) => ({
    id: id as MemberId,
    document: decodeDocument(id as MemberId, document as string | null, shelves),
  }));

/** As another writer would: the version rises with it. */
function rewrite(db: TestDb, { id, document }: Documented): void {
  const text = encodeDocument(document, shelves);
  db.all(`UPDATE members SET document = ?, version = version + 1 WHERE id = ?`, text, id);
}

/** Puts a row that members keep with them in the place of the one under its key. */
export function plant<Name extends SliceName>(db: TestDb, name: Name, row: RowOf<Name>): void {
  const { keyOf, ownerOf } = slices[name] as unknown as {
    keyOf: (row: unknown) => string;
    ownerOf: (row: unknown) => string;
  };
  const found = documented(db).find(({ id }) => id === ownerOf(row));
  if (!found) throw new Error(`nobody is called ${ownerOf(row)}`);
  const others = (found.document.rows.get(name) ?? []).filter((one) => keyOf(one) !== keyOf(row));
  const rows = new Map(found.document.rows).set(name, [...others, row as Record<string, unknown>]);
  rewrite(db, { id: found.id, document: { ...found.document, rows } });
}

/** A posting from elsewhere: the next row of the account, and its head. */
export function postElsewhere(db: TestDb, memberId: string, account: Account, delta: number): void {
  const found = documented(db).find(({ id }) => id === memberId);
  if (!found) throw new Error(`nobody is called ${memberId}`);
  const heads = new Map(found.document.heads);
  const last = heads.get(account) ?? emptyHead;
  const head = {
    seq: last.seq + 1,
    balance: last.balance + delta,
    credited: last.credited + Math.max(0, delta),
    lots: last.lots,
  };
  db.all(
    `INSERT INTO ledger (member_id, account, seq, delta, balance, credited, cause, at, overdraft, posted_at)
     VALUES (?, ?, ?, ?, ?, ?, 'test', 0, 0, 0)`,
    memberId,
    account,
    head.seq,
    delta,
    head.balance,
    head.credited,
  );
  heads.set(account, head);
  rewrite(db, { id: found.id, document: { ...found.document, heads: [...heads] } });
}

/** The head that a member keeps of each account is its last row. */
export function headFaults(db: TestDb): string[] {
  const rows = db.all(
    `SELECT member_id AS id, account, seq, balance, credited FROM ledger AS l WHERE seq =
       (SELECT max(seq) FROM ledger WHERE member_id = l.member_id AND account = l.account)`,
  );
  const told = ({ id, account, ...head }: Record<string, unknown>): string =>
    `${String(id)}/${String(account)} ends with ${JSON.stringify(head)}`;
  const kept = documented(db).flatMap(({ id, document }) =>
    document.heads.map(([account, { seq, balance, credited }]) =>
      told({ id, account, seq, balance, credited }),
    ),
  );
  const stored = rows.map(told);
  return [
    ...stored.filter((one) => !kept.includes(one)).map((one) => `not kept: ${one}`),
    ...kept.filter((one) => !stored.includes(one)).map((one) => `not in the ledger: ${one}`),
  ];
}

/** Reminders that wait, and nothing would wake them. */
export const unwoken = (db: TestDb): Reminder[] =>
  nounRows(db, 'reminders').filter(
    ({ state, sendAt, memberId, planId, subject }) =>
      state === 'pending' &&
      db.all(
        `SELECT 1 FROM due WHERE send_at = ? AND member_id = ? AND plan_id = ? AND subject = ?`,
        sendAt,
        memberId,
        planId,
        subject,
      ).length === 0,
  );
