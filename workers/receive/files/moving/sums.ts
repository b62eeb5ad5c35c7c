/** 两边的合计: what a file brings, and what of it stands in the books. */
import type { Balances, LevelSettings } from '../../../../schema/index.ts';
import type { Holder } from '../../../db/members/holders.ts';
import { toldOf } from '../../../decide/on/members/moving-in.ts';
import type { ImportRecord } from '../kind.ts';

export type Row = { readonly record: ImportRecord; readonly holder: Holder | null };

const opened = ({ record, holder }: Row) =>
  toldOf(record.movedIn ?? {}).map(([account, told]) => {
    const isThere = holder?.openings.some((row) => row.account === account && row.amount === told) ?? false;
    return { account, told, counted: isThere ? told : 0 };
  });

export const standsOf = (row: Row): boolean =>
  row.holder !== null && opened(row).every(({ told, counted }) => told === counted);

type Sums = {
  members: number;
  points: number;
  principalFen: number;
  bonusFen: number;
  levels: Record<string, number>;
};
const nothing = (): Sums => ({ members: 0, points: 0, principalFen: 0, bonusFen: 0, levels: {} });
const fields = { points: 'points', principal: 'principalFen', bonus: 'bonusFen' } as const;

export function summed(rows: readonly Row[], { list }: LevelSettings): Omit<Balances, 'waiting'> {
  const [file, counted] = [nothing(), nothing()];
  for (const row of rows) {
    const level = row.record.data['level'];
    file.members += 1;
    if (row.holder) counted.members += 1;
    for (const one of opened(row)) {
      file[fields[one.account]] += one.told;
      counted[fields[one.account]] += one.counted;
    }
    if (typeof level !== 'string') continue;
    file.levels[level] = (file.levels[level] ?? 0) + 1;
    if (hasHad(row.holder, level, list)) counted.levels[level] = (counted.levels[level] ?? 0) + 1;
  }
  return { file, counted };
}

/** She has it, or came with it. */
const hasHad = (holder: Holder | null, level: string, list: LevelSettings['list']): boolean =>
  holder !== null &&
  (holder.level === level ||
    holder.openings.some(({ account, amount }) => account === 'level' && list[amount]?.name === level));
