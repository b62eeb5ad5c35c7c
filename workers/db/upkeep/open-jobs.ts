/** 没做完的大件: whether any job of many pages is under way. */
import { dayOfBirthdays } from '../../decide/occasions/birthdays.ts';
import { dayToClose } from '../../decide/owed/days.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { birthdaysOpen } from './birthdays.ts';

const open = [
  `SELECT 1 FROM takebacks WHERE state <> 'done'`,
  `SELECT 1 FROM handovers WHERE ended_at IS NULL`,
  `SELECT 1 FROM grant_jobs WHERE state = 'running'`,
  `SELECT 1 FROM tag_jobs WHERE state = 'running'`,
  // The books are open until the last day that can be closed is.
  `SELECT 1 WHERE ?1 > coalesce((SELECT max(on_day) FROM owed_closes), '')`,
  birthdaysOpen,
  `SELECT 1 FROM referral_dues WHERE due_at <= ?3`,
];

export async function isAnyJobOpen(db: Db, now: number): Promise<boolean> {
  const results = await db.batch([
    statement(
      `SELECT ${open.map((job) => `EXISTS (${job})`).join(' OR ')} AS open`,
      dayToClose(now),
      dayOfBirthdays(now),
      now,
    ),
  ]);
  return rowsAt(results, 0)[0]?.['open'] === 1;
}
