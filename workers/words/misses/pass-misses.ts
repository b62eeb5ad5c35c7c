/** 为什么转不了: one sentence for each reason, as whoever passes a coupon on, or opens the link to one, reads it. */
import { passHours, type PassMiss } from '../../decide/coupons/passing.ts';
import { instantWords } from '../instants.ts';

export function passMissWords(miss: PassMiss): string {
  switch (miss.reason) {
    case 'UNKNOWN':
      return `这个转赠链接已经失效：过了 ${passHours} 小时，或者朋友收回了。`;
    case 'NOT_TRANSFERABLE':
      return '这种券不能转给别人。';
    case 'PASSED_BEFORE':
      return '这张券是朋友转给您的，不能再转给别人。';
    case 'USED':
      return `这张券已经在 ${instantWords(miss.at)} 用掉了。`;
    case 'REVOKED':
      return '这张券已经被店里收回，不能转了。';
    case 'EXPIRED':
      return `这张券已经过期：${instantWords(miss.to)} 为止。`;
    case 'LOCKED':
      return `收银台正在使用这张券，${instantWords(miss.until)} 以后可以再试。`;
    case 'OWN_LINK':
      return '这是您自己的券：把链接发给朋友，由朋友打开收下。';
    case 'TAKEN':
      return '来晚了：这张券已经被别的朋友收下了。';
    case 'NO_ROOM':
      return 'used' in miss.bar
        ? `您已经有过 ${miss.bar.used} 张，这种券每人${miss.bar.limit === 'perMemberPerDay' ? '每天' : ''}最多 ${miss.bar.cap} 张，收不下了。`
        : '这种券已经没有了。';
    default:
      return miss satisfies never;
  }
}
