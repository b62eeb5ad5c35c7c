/** 签到: for a member who waits, with what the day gave. However often she asks, a day gives once. */
import type { EventId, MemberCheckedIn, MemberId } from '../../../schema/index.ts';
import { readCheckIns, type CheckInDays } from '../../db/points/check-ins.ts';
import { shopDay } from '../../decide/money/lots.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type CheckedIn =
  | { readonly days: CheckInDays }
  | { readonly already: true }
  | { readonly isOff: true }
  | { readonly isNobody: true }
  /** The outcome is unknown; asked again, the day still gives once. */
  | { readonly undecided: true };

export const monthOf = (now: number): string => shopDay(now).slice(0, 'YYYY-MM'.length);

export async function checkIn(
  engine: Engine,
  { id, memberId }: { readonly id: EventId; readonly memberId: MemberId },
  now: number,
): Promise<CheckedIn> {
  const event: MemberCheckedIn = { type: 'member.checked_in', id, namespace: '', occurredAt: now, memberId };
  const ran = await run(engine, event, now, () => readCheckIns(engine.db, memberId, monthOf(now)));
  if (ran.verdict === 'refused') {
    const { code } = ran.refusal;
    if (code === 'NO_MEMBER') return { isNobody: true };
    if (code === 'CHECK_IN_OFF') return { isOff: true };
    if (code === 'CHECKED_IN') return { already: true };
    throw new Error(`a check-in was refused with ${code}`);
  }
  const days = resultOf(ran);
  return days ? { days } : { undecided: true };
}
