/** 搬家用语: what the owner who brings balances from an old system reads of them: what is wrong, and how it is reckoned. */
import type { MerchantSettings, OpenedAccount, PointsFrom } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

const accountWords = { points: '积分', principal: '储值本金', bonus: '储值赠送' } as const;

/** 积分 120, 储值本金 300元 */
const openedWords = (account: OpenedAccount, amount: number): string =>
  `${accountWords[account]} ${account === 'points' ? amount : yuanText(amount)}`;

type Differs = { readonly account: OpenedAccount; readonly told: number; readonly known: number };

/** Of a row that was taken in before anybody could see it. */
export const openingDiffers = ({ account, told, known }: Differs): string =>
  `这位会员转入过期初${openedWords(account, known)}，这个文件写的是${openedWords(account, told)}，没有再记。确实记错了，请到会员页调整，写上原因。`;

export const openedBefore = ({ account, told, known }: Differs): string => {
  const way = account === 'points' ? '调整积分' : '更正储值';
  return `这位会员已经转入过${openedWords(account, known)}，这里写的是${openedWords(account, told)}，没有改动；确实记错了，请到会员页“${way}”，写上原因`;
};

export const sameMember = (line: number): string =>
  `和第 ${line} 行是同一位会员：请把两行合成一行，积分和储值加起来`;
export const unknownLevel = (name: string, known: readonly string[]): string =>
  `没有“${name.slice(0, 20)}”这个等级，店里有：${known.join('、')}；请改成其中一个，或先在“设置 · 会员等级”里加上`;
export const pointsOver = (on: string): string =>
  `${on} 已经过了：积分还能用就改成以后的日期，不能用了就把积分填 0`;
export const pointsOverByRule = (on: string): string =>
  `从注册那天算，积分到 ${on} 已经过期：请填“积分到期”，或选“从导入那天算”`;
export const noAssociate = (written: string, found: number): string =>
  found === 0
    ? `没有“${written.slice(0, 20)}”这位导购：请先在“导购”里加上，或把这一格空着`
    : `有 ${found} 位导购叫“${written.slice(0, 20)}”：请改写导购编号`;
export const balanceUnclear = (heading: string): string =>
  `“${heading}”这一列没有导入：分不清本金和赠送；是本金就把表头改成“储值本金”，是赠送就改成“储值赠送”，两样都有请分成两列`;

type Counts = {
  readonly undated: number;
  readonly levelsOver: number;
  readonly levelsHigher: number;
  readonly endsUnused: number;
};

export function notesOf(
  { undated, levelsOver, levelsHigher, endsUnused }: Counts,
  { points: { expiry } }: MerchantSettings,
  from: PointsFrom,
): string[] {
  const notes: string[] = [];
  if (undated > 0) notes.push(`没有写到期日的积分：${ruleWords(expiry, from)}`);
  if (levelsOver > 0) notes.push('等级到期已经过了的行，等级没有带过来');
  if (levelsHigher > 0) notes.push('有的会员现在的等级比文件里的高，等级不改');
  if (endsUnused > 0) notes.push('等级由收银系统说了算，或还没有设等级规则，“等级到期”这一列没有用上');
  return notes;
}

/** No numbers of rows: on every page of a file it is the same sentence, and is said once. */
function ruleWords(expiry: MerchantSettings['points']['expiry'], from: PointsFrom): string {
  const start = from === 'registered' ? '从注册那天（没有写就从导入那天）' : '从导入那天';
  switch (expiry.mode) {
    case 'never':
      return '按店里的规则，长期有效';
    case 'months':
      return `按店里的规则，${start}起 ${expiry.months} 个月有效`;
    case 'next-year-end':
      return `按店里的规则，${start}算，到第二年年底有效`;
    default:
      return expiry satisfies never;
  }
}
