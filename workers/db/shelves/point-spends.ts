/** 积分抵钱 of a group: what was asked for under these receipts, and what belongs to them since. */
import { pointSpends } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list } from '../set.ts';
import type { GroupQuery, Shelf } from './define.ts';

const asked = '(SELECT value FROM json_each(?1))';
const sql = termOf('pointSpends', pointSpends, `t.id IN ${asked} OR t.used_for IN ${asked}`);

const select = ({ needs: { asked: named } }: GroupQuery): Statement[] =>
  named.pointSpends.size > 0 ? [statement(sql, list(named.pointSpends))] : [];

export const pointSpendShelf: Shelf<'pointSpends'> = {
  kept: { in: 'table', table: pointSpends, read: { by: 'own', select } },
};
