/** 发送故障的提醒: what the shop has to do before messages can be sent again. */
import { defaultTimezone, type Alert } from '../../../schema/index.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Unlisted } from '../channels/define.ts';

/** Once a day for each address, however many messages it stops. */
export function unlistedAddress({ list, ip }: Unlisted, now: number): Alert {
  const address = ip ?? '（微信没有说明是哪个）';
  return {
    id: `unlisted/${list}/${ip ?? 'unknown'}/${localDate(now, defaultTimezone)}`,
    kind: 'address.unlisted',
    sourceId: 'deliver',
    text: `消息发不出去：服务器地址 ${address} 不在${list}里。请到后台把它加进去，几分钟后会自动重发。`,
    at: now,
  };
}
