/** 晚到的提醒: what the shop is told when events could only be stored long after they were acknowledged. */
import { defaultTimezone, type Alert } from '../../schema/index.ts';
import { localDate } from '../decide/plain/dates.ts';

/** Once for each quarter of an hour in which something came that could only be stored much later. */
export const keptLate = (
  { events, since }: { readonly events: number; readonly since: number },
  now: number,
): Alert => ({
  id: `kept-late/${Math.floor(since / 900_000)}`,
  kind: 'events.kept-late',
  sourceId: 'receive',
  text: `数据库曾经长时间写不进去，${localDate(since, defaultTimezone)} 收到的单据晚了很久才入库（这一批 ${events} 条）。现在已经补上，积分和券照常计算。请和收银系统对一下那天的账。`,
  at: now,
});

/** Once a day for each chore, however often it fails. */
export const choreFailed = (
  { name, label }: { readonly name: string; readonly label: string },
  now: number,
): Alert => ({
  id: `chore-failed/${name}/${localDate(now, defaultTimezone)}`,
  kind: 'chore.failed',
  sourceId: 'schedule',
  text: `定时任务“${label}”出错，这一次没有做完。其他任务不受影响，系统会自动再试。如果明天还收到这条提醒，请联系技术人员，并告诉他任务代号 ${name}。`,
  at: now,
});

/** 对不上: what stood before and what moved is not what stands. */
export const booksDiffer = (onDay: string, now: number): Alert => ({
  id: `owed-differs/${onDay}`,
  kind: 'owed.differs',
  sourceId: 'schedule',
  text: `${onDay} 的“欠会员的账”前一天的数加当天的变动不等于当天结束的数。请打开这一天看是哪一项，并联系技术人员核对账本。`,
  at: now,
});
