/** 搬来的一行: what the cells say of balances, level, tags and owner, before the shop is asked about it. */
import type { RowError } from '../../../../schema/index.ts';
import { numberIn, textIn, type Row } from '../columns.ts';
import { given, type MovedRow } from '../kind.ts';
import { betweenTags, headings } from './columns.ts';

/** Null where the row says nothing of it. */
export type Moved = { readonly movedIn: MovedRow | null; readonly errors: readonly RowError[] };

export function movedOf({ line, values }: Row): Moved {
  const errors: RowError[] = [];
  for (const account of ['points', 'principalFen', 'bonusFen'] as const) {
    if ((numberIn(values, account) ?? 0) >= 0) continue;
    const remedy = account === 'points' ? '欠的积分' : '欠的钱';
    errors.push({
      line,
      column: headings[account],
      message: `是负数：${remedy}请先在旧系统里结清，这里填 0`,
    });
  }
  if (values['levelLastOn'] !== undefined && values['level'] === undefined)
    errors.push({ line, column: headings.levelLastOn, message: '只写了到哪天，没有写会员等级' });
  const written = textIn(values, 'tags');
  const { points, pointsLastOn, principalFen, bonusFen, levelLastOn, associate } = values;
  const movedIn = {
    // Days are said for points alone.
    ...given({ points, ...(points !== 0 && points !== undefined && { pointsLastOn }) }),
    ...given({ principalFen, bonusFen, levelLastOn, associate }),
    ...(written !== undefined && { tags: written.split(betweenTags) }),
  };
  return { movedIn: Object.keys(movedIn).length > 0 ? movedIn : null, errors };
}
