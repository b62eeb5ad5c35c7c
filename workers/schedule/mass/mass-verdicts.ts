/** 群发返回码: what WeChat's answer to a page of a mass message means (wechat.md §4.7, glossary of WxMpErrorMsgEnum). */
import type { MassReply } from '../../wechat/client.ts';
import type { Answer } from '../../engine/wechat-account.ts';

export type MassVerdict =
  | { readonly verdict: 'sent'; readonly msgId: string | null }
  /** `isHeard`: WeChat may have accepted it; repeating the same id shows whether it did. */
  | { readonly verdict: 'wait'; readonly seconds: number; readonly why: string; readonly isHeard: boolean }
  | { readonly verdict: 'stop'; readonly why: string };

/** The same `clientmsgid` was accepted before; the answer holds its msg_id. */
const alreadyTaken = 45065;
const retriedTooFast = 45066;
const minuteSeconds = 60;

const waits: ReadonlyMap<number, number> = new Map([
  [-1, minuteSeconds],
  [45011, minuteSeconds],
  [45009, 3600],
  // Our address is not on the account's whitelist, or the secret is frozen: a person has to act and may do so any minute.
  [40164, 600],
  [61004, 600],
  [40243, 3600],
]);

/** Retrying changes nothing; a person has to act. */
const stops: ReadonlyMap<number, string> = new Map([
  [40003, '名单里有不属于本公众号的微信用户'],
  [40007, '素材编号无效，请重新选择图文'],
  [40008, '公众号不能群发这种消息'],
  [40032, '名单人数不符合要求'],
  [40130, '群发至少要两个人'],
  [44004, '内容是空的'],
  [45002, '内容过长'],
  [45008, '图文超过限制'],
  [45028, '本月的群发次数已用完'],
  [45067, '消息编号过长'],
  [47001, '请求格式有误'],
  [45103, '微信已停用这个接口'],
  [45109, '微信已停用这个接口'],
  [45168, '内容含有敏感词'],
  [48001, '公众号没有群发权限'],
  [48004, '群发接口被封禁'],
  [48008, '公众号没有这种消息的群发权限'],
]);

/** How often an unknown answer is retried, a few minutes apart, before it is shown. */
const attemptsMax = 10;
const unknownSeconds = 300;

export function judgeMass(answer: Answer<MassReply>, attempts: number): MassVerdict {
  if (!answer.ok) {
    const why = `${answer.outage}: ${answer.detail}`;
    return { verdict: 'wait', seconds: minuteSeconds, why, isHeard: answer.outage !== 'token' };
  }
  const { errcode, errmsg, msgId } = answer.reply;
  if (errcode === 0 || errcode === alreadyTaken) return { verdict: 'sent', msgId };
  const why = (words: string): string => `${words}（${errcode} ${errmsg.slice(0, 120)}）`;
  if (errcode === retriedTooFast) {
    return { verdict: 'wait', seconds: minuteSeconds, why: why('微信刚刚收到过同一页'), isHeard: true };
  }
  const stop = stops.get(errcode);
  if (stop !== undefined) return { verdict: 'stop', why: why(stop) };
  const seconds = waits.get(errcode);
  if (seconds === undefined && attempts >= attemptsMax) return { verdict: 'stop', why: why('微信不接受') };
  return {
    verdict: 'wait',
    seconds: seconds ?? unknownSeconds,
    why: why('微信暂时不能处理'),
    isHeard: false,
  };
}
