/** 为什么领不到: one sentence for each reason, with its numbers, as whoever comes for the coupon reads it. */
import type { ClaimMiss } from '../../decide/coupons/batches.ts';
import type { Typo } from '../../decide/coupons/batch-codes.ts';
import { codeLength } from '../../decide/coupons/batch-codes.ts';
import type { Bar } from '../../decide/coupons/bar.ts';
import { instantWords } from '../instants.ts';

export function claimMissWords(miss: ClaimMiss): string {
  switch (miss.reason) {
    case 'UNKNOWN_BATCH':
      return '没有这个领券活动：请核对链接，或问问店员。';
    case 'NOT_YET':
      return `还没开始：${instantWords(miss.from)} 起可以领。`;
    case 'CLOSED':
      return `已结束：${instantWords(miss.to)} 以后不能再领。`;
    case 'CALLED_OFF':
      return `已结束：本店在 ${instantWords(miss.at)} 停止了发放。`;
    case 'ALL_CLAIMED':
      return `领完了：一共 ${miss.total} 张，都被领走了。`;
    case 'CLAIMED_BEFORE':
      return `您已经领过 ${miss.used} 张，每人最多 ${miss.cap} 张。`;
    case 'CODE_TAKEN':
      return `这个码在 ${instantWords(miss.at)} 已经被领过，一个码只能领一次。`;
    case 'NO_COUPON':
      return barToMember(miss.bar);
    default:
      return miss satisfies never;
  }
}

function barToMember(bar: Bar): string {
  switch (bar.limit) {
    case 'gone':
      return '已结束：这种券已经没有了。';
    case 'over':
      return `已结束：这种券到 ${instantWords(bar.validTo)} 为止，现在领到也用不了。`;
    case 'notSuper':
      return '这种券只给超级会员：开通以后再来领。';
    case 'stock':
      return `领完了：这种券一共 ${bar.cap} 张，都发完了。`;
    case 'perMember':
      return `您已经领过 ${bar.used} 张，这种券每人最多 ${bar.cap} 张。`;
    case 'perMemberPerDay':
      return `您今天已经领过 ${bar.used} 张，每人每天最多 ${bar.cap} 张，请明天再来。`;
    case 'perDay':
      return `今天领完了：每天一共 ${bar.cap} 张，请明天再来。`;
    default:
      return bar satisfies never;
  }
}

export function typoWords({ typo, length }: Typo): string {
  switch (typo) {
    case 'length':
      return `券码是 ${codeLength} 位，这里有 ${length} 位：请对照印的码看看是不是漏了或多了。`;
    case 'character':
      return '券码里只有数字和英文字母（没有 U）：请对照印的码再输一遍。';
    case 'check':
      return '有一位输错了：请对照印的码再输一遍。';
    default:
      return typo satisfies never;
  }
}

export const codeUnknownWords = '没有这个券码：请看看是不是别家店的码，或请店员帮您核对。';

export const guessedOftenWords = (perHour: number): string =>
  `这一小时里输错的券码太多了（最多 ${perHour} 次），请过一小时再试，或请店员帮您。`;
