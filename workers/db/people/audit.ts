/** 操作记录 in the database: added with the change it tells of, read newest first. */
import { auditRows, type AuditRow } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';
import type { NumberedPage } from '../paging.ts';

export type NewAuditRow = Omit<AuditRow, 'seq'>;

export const insertAudit = (row: NewAuditRow): Statement =>
  insertSet(auditRows, [{ ...row, seq: 0 }], ['seq']);

/** `subject`, when given, is found by its index. */
export async function listAudit(
  db: Db,
  {
    subject,
    before,
    limit,
  }: { readonly subject: string | null; readonly before: number; readonly limit: number },
): Promise<NumberedPage<AuditRow>> {
  const own = subject === null ? '' : ' AND t.subject = ?3';
  const results = await db.batch([
    statement(
      `SELECT ${selectList(auditRows, 't')} FROM audit_rows AS t WHERE t.seq < ?1${own} ORDER BY t.seq DESC LIMIT ?2`,
      before,
      limit + 1,
      ...(subject === null ? [] : [subject]),
    ),
  ]);
  const found = decodeAll(auditRows, rowsAt(results, 0));
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
}
