/** 欠会员的账 of a shop of one's own: its days closed, and what the ledgers say of the same days. */
import {
  owedAccounts,
  owedCloses,
  owedDays,
  type MemberId,
  type OwedClose,
  type OwedDay,
} from '../../schema/index.ts';
import { owed } from '../../workers/commands/jobs/owed.ts';
import { headsIn } from '../../workers/db/documents/member-documents.ts';
import { decodeAll, selectList } from '../../workers/db/set.ts';
import { dayOf } from '../../workers/decide/owed/days.ts';
import { plans, type PlanName } from '../../workers/platform/plans.ts';
import { roundOf } from './round.ts';
import type { Shop } from './shop.ts';

/** As often as the bell has to ring for it. */
export async function closeBooks(
  shop: Pick<Shop, 'engine' | 'clock' | 'receiver'>,
  plan: PlanName = 'free',
): Promise<number> {
  let rings = 1;
  while (await owed.run(roundOf(shop, { plan: plans[plan] }), shop.clock.now)) rings += 1;
  return rings;
}

export const closesOf = ({ db }: Pick<Shop, 'db'>): OwedClose[] =>
  decodeAll(
    owedCloses,
    db.all(`SELECT ${selectList(owedCloses, 't')} FROM owed_closes AS t ORDER BY on_day`),
  );
export const daysOf = ({ db }: Pick<Shop, 'db'>): OwedDay[] =>
  decodeAll(
    owedDays,
    db.all(
      `SELECT ${selectList(owedDays, 't')} FROM owed_days AS t ORDER BY on_day, account, move, store_id`,
    ),
  );

/** From every row that was posted by the end of the day; none is left out and no head is looked at. */
export function ledgersAt({ db }: Pick<Shop, 'db'>, onDay: string) {
  const rows = db.all(
    `SELECT account, sum(delta) AS sum FROM ledger WHERE posted_at < ? AND account <> 'growth' GROUP BY account`,
    dayOf(onDay).to,
  );
  const sums = Object.fromEntries(rows.map(({ account, sum }) => [String(account), Number(sum)]));
  return Object.fromEntries(owedAccounts.map((account) => [account, sums[account] ?? 0]));
}

/** 待到账 as every member's own lots have it now, for somebody who looks before anything is posted on the next day. */
export function waitingAt({ db }: Pick<Shop, 'db'>, onDay: string): number {
  let waiting = 0;
  for (const { id, document } of db.all(`SELECT id, document FROM members WHERE document IS NOT NULL`)) {
    const lots = new Map(headsIn(String(id) as MemberId, String(document))).get('points')?.lots ?? [];
    for (const { releaseOn, points } of lots) if (releaseOn !== null && releaseOn > onDay) waiting += points;
  }
  return waiting;
}

/** Of every closed day: the day before, and what moved, come to what is said of it. */
export function faultsOf(shop: Pick<Shop, 'db'>): string[] {
  const days = daysOf(shop);
  const closes = closesOf(shop);
  return closes.slice(1).flatMap((close, place) =>
    owedAccounts.flatMap((account) => {
      const before = closes[place]?.[account] ?? 0;
      const moved = days
        .filter((day) => day.onDay === close.onDay && day.account === account)
        .reduce((sum, { amount }) => sum + amount, 0);
      return before + moved === close[account]
        ? []
        : [`${close.onDay} ${account}: ${before} + ${moved} is not ${close[account]}`];
    }),
  );
}

/** What the rows behind the days come to, and how many rows there are. */
export function rowsBehind({ db }: Pick<Shop, 'db'>) {
  return db.all(
    `SELECT r.on_day AS onDay, r.account, r.move, r.store_id AS storeId, sum(l.delta) AS amount
     FROM owed_rows AS r, json_each(r.keys) AS k JOIN ledger AS l
       ON l.member_id = k.value ->> 0 AND l.account = r.account AND l.seq = k.value ->> 1
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
}
