/** 抽奖的话: what came of a draw and why there was none, the same by message, on the page and for whoever stands before her. */
import { defaultTimezone, type Draw, type LotteryInput } from '../../../schema/index.ts';
import { localDate } from '../plain/dates.ts';
import type { DrawNot, PrizeMiss } from './lottery.ts';

export const bindFirst = '您还没有绑定会员。先在这里绑定，再发一次这个词就能抽：{注册链接}';

/** 6月18日 */
export function dayWords(day: string): string {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return `${String(month)}月${String(date)}日`;
}
const dayOf = (at: number): string => dayWords(localDate(at, defaultTimezone));
/** Of the first moment after it. */
const lastDayOf = (at: number): string => dayOf(at - 1);

export function drawNotWords(miss: DrawNot): string {
  if ('code' in miss) return `积分不够：抽一次要 ${miss.need} 分，现在能用 ${miss.have} 分。`;
  switch (miss.reason) {
    case 'UNKNOWN_LOTTERY':
      return '没有这个抽奖了。';
    case 'LOTTERY_OFF':
      return '这个抽奖已停止。';
    case 'NOT_YET':
      return `还没开始：${dayOf(miss.from)}起可以抽。`;
    case 'CLOSED':
      return `已结束：${lastDayOf(miss.to)}是最后一天。`;
    case 'PRICE_CHANGED':
      return `现在抽一次要 ${miss.points} 分，请看清楚再抽。`;
    case 'SOLD_OUT':
      return `奖品抽完了：一共 ${miss.total} 份，都被抽走了。这次没有扣积分。`;
    case 'MEMBER_LIMIT':
      return `已经抽过 ${miss.used} 次，每人最多 ${miss.cap} 次。`;
    case 'MEMBER_DAY_LIMIT':
      return `今天已经抽过 ${miss.used} 次，每人每天最多 ${miss.cap} 次，明天再来。`;
    default:
      return miss satisfies never;
  }
}

export function prizeMissWords(miss: PrizeMiss): string {
  switch (miss.reason) {
    case 'UNKNOWN_PRIZE':
      return '没有这个领奖码：请核对，或者让顾客打开“我的奖品”。';
    case 'PRIZE_NOT_YET':
      return `还没到领奖的日子：${dayOf(miss.from)}起可以领。`;
    case 'PRIZE_OVER':
      return `领奖时间已过：${lastDayOf(miss.to)}是最后一天。`;
    case 'ALREADY_COLLECTED':
      return `已经领过了：${dayOf(miss.at)}领走的。`;
    default:
      return miss satisfies never;
  }
}

type Won = Pick<Draw, 'prize' | 'code'>;
type Days = Pick<LotteryInput, 'collectFirstOn' | 'collectLastOn'>;

/** When a thing is to be fetched. */
export const collectWords = ({ collectFirstOn, collectLastOn }: Days): string =>
  collectLastOn === null
    ? `${dayWords(collectFirstOn)}起到店领`
    : `${dayWords(collectFirstOn)}到${dayWords(collectLastOn)}到店领`;

/** ABCD EFGH JKMN, as it is read out. */
export const codeWords = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ');

export function drawnWords({ prize, code }: Won, lottery: Days): string {
  if (prize === null) return '这次没有抽中，谢谢参与。';
  const name = withoutGaps(prize.name);
  switch (prize.kind) {
    case 'thing':
      return `恭喜抽中${name}：${withoutGaps(prize.words)}。${collectWords(lottery)}，领奖码 ${codeWords(code ?? '')}。`;
    case 'coupon':
      return `恭喜抽中${name}！券已经放进您的会员中心。`;
    case 'points':
      return `恭喜抽中${name}：${String(prize.points)} 积分已到账。`;
    default:
      return prize satisfies never;
  }
}

/** What stands in braces is filled in where an answer is sent. */
const withoutGaps = (text: string): string => text.replaceAll('{', '｛').replaceAll('}', '｝');
