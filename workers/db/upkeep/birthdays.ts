/** 过生日的会员: who has a birthday on a day or in a month, page by page, and how far the clock has come with it. */
import type { MemberId, StoreId } from '../../../schema/index.ts';
import { isFirstOfMonth, birthdaysOn, type BirthdayRun } from '../../decide/occasions/birthdays.ts';
import { birthdayCame } from '../../decide/triggers/birthday-came.ts';
import { birthdayMonth } from '../../decide/triggers/birthday-month.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { list } from '../set.ts';

const key = 'birthdays';
const kinds = [birthdayCame.kind, birthdayMonth.kind].map((kind) => `'${kind}'`).join();

/** Campaigns that wait for the clock. */
const waiting = `FROM campaigns WHERE in_force_to IS NULL AND status = 'active' AND definition ->> 'trigger' IN (${kinds})`;

/** Some wait, and the birthdays of ?2 are not all told; null tells of none. */
export const birthdaysOpen = `SELECT 1 ${waiting} AND ?2 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settings
  WHERE key = '${key}' AND value ->> 'on' >= ?2 AND value ->> 'after' IS NULL)`;

/** The triggers that are waited for, and how far it has come. */
export type Birthdays = { readonly kinds: readonly string[]; readonly run: BirthdayRun | null };

export async function readBirthdays(db: Db): Promise<Birthdays> {
  const results = await db.batch([
    statement(
      `SELECT (SELECT json_group_array(DISTINCT definition ->> 'trigger') ${waiting}) AS kinds,
         (SELECT value FROM settings WHERE key = '${key}') AS run`,
    ),
  ]);
  // As the statement makes it, and as `moveBirthdays` wrote it.
  const row = rowsAt(results, 0)[0] as { kinds: string; run: string | null } | undefined;
  return {
    kinds: JSON.parse(row?.kinds ?? '[]') as string[],
    run: JSON.parse(row?.run ?? 'null') as BirthdayRun | null,
  };
}

export const moveBirthdays = (run: BirthdayRun): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES ('${key}', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    json(run),
  );

export type Celebrated = {
  readonly id: MemberId;
  readonly storeId: StoreId | null;
  /** It is the day itself; on the first of a month they are told of everybody who has it in the month. */
  readonly isToday: boolean;
};

/** No index finds them: it would be written with every sale, for a look once a day. */
export async function celebratedOn(
  db: Db,
  { on, after }: { readonly on: string; readonly after: string },
  limit: number,
): Promise<readonly Celebrated[]> {
  const days = birthdaysOn(on);
  const results = await db.batch([
    statement(
      `SELECT id, store_id AS storeId, substr(birthday_on, 6) IN (SELECT value FROM json_each(?2)) AS isToday
       FROM members WHERE id > ?1 AND birthday_on IS NOT NULL AND merged_into IS NULL AND deleted_at IS NULL
         AND (substr(birthday_on, 6) IN (SELECT value FROM json_each(?2)) OR substr(birthday_on, 6, 2) = ?3)
       ORDER BY id LIMIT ?4`,
      after,
      list(days),
      isFirstOfMonth(on) ? on.slice(5, 7) : '',
      limit,
    ),
  ]);
  return rowsAt(results, 0).map(({ id, storeId, isToday }) => ({
    id: String(id) as MemberId,
    storeId: storeId as StoreId | null,
    isToday: isToday === 1,
  }));
}
