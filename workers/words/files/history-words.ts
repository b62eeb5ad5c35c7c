/** 历史单据用语: what the person who imports a file reads of what is history in it, and what the rest will give. */
import { defaultTimezone, type Foreseen, type ImportKind, type HistoryMode } from '../../../schema/index.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

export type Told = {
  readonly kind: ImportKind;
  readonly asked: HistoryMode;
  /** Receipts from before are history; null unless the file is judged row by row. */
  readonly before: number | null;
  readonly history: number;
  readonly others: number;
  /** Null where nothing was reckoned. */
  readonly gives: Foreseen | null;
};

export function historyWords({ kind, asked, before, history, others, gives }: Told): string[] {
  if (kind === 'products') return [];
  if (kind === 'members') return ['文件里的会员都当作老会员：只建立资料，不送注册礼，不发消息。'];
  const chosen = asked === 'auto' ? '' : `（history=${asked}）`;
  const which = before === null ? '全部' : `早于 ${localDate(before, defaultTimezone)}，`;
  const says: string[] = [];
  if (history > 0)
    says.push(
      `${history} 张单据${which}按历史导入${chosen}：计入消费次数、金额、商品标签和购买记录；不给积分、成长值、券和红包，不发消息，不设提醒，也不占活动名额、预算和库存。`,
    );
  if (others > 0) says.push(`${others} 张单据照常计算${chosen}${givesWords(gives, others)}。`);
  return says;
}

function givesWords(gives: Foreseen | null, others: number): string {
  if (gives === null) return '';
  const { reckoned, points, growth, walletFen, coupons, messages, reminders } = gives;
  const parts = [
    `${points} 积分`,
    ...(growth === 0 ? [] : [`${growth} 成长值`]),
    ...(walletFen === 0 ? [] : [`红包 ${yuanText(walletFen)}`]),
    ...(coupons === 0 ? [] : [`${coupons} 张券`]),
    ...(messages === 0 ? [] : [`${messages} 条消息`]),
    ...(reminders === 0 ? [] : [`${reminders} 条提醒`]),
  ];
  return `，预计带来：${parts.join('、')}${reckoned < others ? `（按前 ${reckoned} 张算）` : ''}`;
}
