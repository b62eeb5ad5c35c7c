/** 导入页上的表: both sides of the sums, and a file of the rows that were refused, to be mended and sent again. */
import type { Balances, ImportPage, ImportReport } from '../../../../schema/index.ts';
import { yuanText } from '../../../decide/plain/yuan.ts';
import { csvText } from '../template.ts';

export type Compared = {
  /** What it is, what the file says of it, what stands in the books. */
  readonly rows: readonly (readonly [string, string, string])[];
  readonly says: string;
};

export function compared({ file, counted, waiting }: Balances): Compared {
  const line = (label: string, of: (sums: Balances['file']) => string): [string, string, string] => [
    label,
    of(file),
    of(counted),
  ];
  const rows = [
    line('会员', ({ members }) => `${members} 位`),
    line('积分', ({ points }) => String(points)),
    line('储值本金', ({ principalFen }) => yuanText(principalFen)),
    line('储值赠送', ({ bonusFen }) => yuanText(bonusFen)),
    ...Object.keys(file.levels).map((level) =>
      line(`等级“${level}”`, ({ levels }) => `${levels[level] ?? 0} 位`),
    ),
  ];
  const isEqual = rows.every(([, told, kept]) => told === kept);
  const others = isEqual ? '两边一致。' : '两边还不一样，导入完再对一次。';
  return { rows, says: waiting > 0 ? `还有 ${waiting} 行正在入账。` : others };
}

/** Every line with an error, as it was, behind the reason. What the reader does not know, it leaves out: it can be sent again. */
export function refused(pages: readonly ImportPage[], reports: readonly ImportReport[]): string {
  const reasons = new Map<number, string[]>();
  for (const { line, column, message } of reports.flatMap(({ errors }) => errors)) {
    const said = `${column === null ? '' : `${column}：`}${message}`;
    const known = reasons.get(line) ?? [];
    if (!known.includes(said)) reasons.set(line, [...known, said]);
  }
  const cells = new Map(pages.flatMap(({ rows }) => rows).map((row) => [row.line, row.cells]));
  return csvText([
    ['没有导入的原因', '原文件第几行', ...(pages[0]?.header ?? [])],
    ...[...reasons].map(([line, said]) => [said.join('；'), String(line), ...(cells.get(line) ?? [])]),
  ]);
}
