/** 历史单据: which records of a file are history: they count, and give and wake nothing. */
import type { Foreseen, History, HistoryMode, ImportKind } from '../../../../schema/index.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import { historyWords } from '../../../words/files/history-words.ts';
import type { FileKind, ImportRecord } from '../kind.ts';

export type Past = {
  readonly asked: HistoryMode;
  /** What is from before is history; null unless it goes by the day. */
  readonly before: number | null;
  readonly isHistory: (record: ImportRecord) => boolean;
};

export function pastOf({ past }: FileKind, asked: HistoryMode, afterDays: number, now: number): Past {
  if (past === 'none') return { asked, before: null, isHistory: () => false };
  if (past === 'all' || asked !== 'auto')
    return { asked, before: null, isHistory: () => past === 'all' || asked === 'yes' };
  const before = now - afterDays * dayMs;
  return {
    asked,
    before,
    isHistory: ({ occurredAt }) => occurredAt !== null && Date.parse(occurredAt) < before,
  };
}

type Counts = {
  readonly history: number;
  readonly others: number;
  readonly gives: Foreseen | null;
};

export const historyReport = (kind: ImportKind, { asked, before }: Past, counts: Counts): History => ({
  asked,
  before: before === null ? null : new Date(before).toISOString(),
  records: counts.history,
  others: counts.others,
  gives: counts.gives,
  says: historyWords({ kind, asked, before, ...counts }),
});
