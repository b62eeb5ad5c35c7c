/** 这周谁该提醒: reminders that are set to the days ahead, in the order in which they go out, found by their moments. */
import { due, members, type Member, type Reminder, type StoreId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decode, list, selectList } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

export type Coming = { readonly reminder: Reminder; readonly member: Member };

/** Where a page ends: the key of the last moment that was looked at. */
export type ComingPlace = readonly [
  sendAt: number,
  setAt: number,
  memberId: string,
  planId: string,
  subject: string,
];

type Asking = {
  readonly after: ComingPlace;
  readonly to: number;
  /** Null sees every store. */
  readonly stores: readonly StoreId[] | null;
  readonly limit: number;
};

/** So many moments are looked at; those that no reminder is set to any more are left out, and the page is then short. */
export async function comingReminders(
  db: Db,
  { after, to, stores, limit }: Asking,
): Promise<{ readonly items: readonly Coming[]; readonly next: ComingPlace | null }> {
  const key = 'd.send_at, d.set_at, d.member_id, d.plan_id, d.subject';
  const page = `SELECT * FROM due AS d WHERE (${key}) > (?1, ?2, ?3, ?4, ?5) AND d.send_at < ?6 ORDER BY ${key} LIMIT ?7`;
  const params = [...after, to, limit] as const;
  const results = await db.batch([
    statement(`SELECT ${selectList(due, 't')} FROM (${page}) AS t`, ...params),
    statement(
      `SELECT t.row AS reminder, ${selectList(members, 'm')} FROM (${page}) AS d CROSS JOIN members AS m ON m.id = d.member_id
       CROSS JOIN ${fromOf('reminders')} AS t ON t.member_id = d.member_id
       WHERE t.plan_id = d.plan_id AND t.subject = d.subject AND t.state = 'pending' AND t.send_at = d.send_at
         AND m.deleted_at IS NULL AND m.merged_into IS NULL
         AND (?8 IS NULL OR m.store_id IN (SELECT value FROM json_each(?8))) ORDER BY ${key}`,
      ...params,
      stores === null ? null : list(stores),
    ),
  ]);
  const looked = rowsAt(results, 0).map((row) => decode(due, row));
  const last = looked.length === limit ? looked.at(-1) : undefined;
  const found = rowsAt(results, 1).map((row): [string, Coming] => {
    const { document: _, ...member } = decode(members, row);
    // A row of the noun, as its own columns name it.
    const reminder = JSON.parse(String(row['reminder'])) as Reminder;
    return [[reminder.memberId, reminder.planId, reminder.subject].join('\n'), { reminder, member }];
  });
  return {
    // Set to the same moment twice, it still goes out once.
    items: [...new Map(found).values()],
    next: last ? [last.sendAt, last.setAt, last.memberId, last.planId, last.subject] : null,
  };
}
