/** 微信返回码: what each answer of WeChat means for a message (wechat.md §4.2 to §4.7, glossary of WxMpErrorMsgEnum). */
import type { Reply } from '../wechat/client.ts';
import type { Verdict } from './channels/define.ts';

/** The token is no good: fetch another and ask once more. */
export const tokenErrors: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** Waiting helps. */
const retryAfterSeconds: ReadonlyMap<number, number> = new Map([
  [-1, 30],
  [45011, 60],
  [45009, 6 * 3600],
  // Both say that our address is not on the account's list: a person has to act, and may do so any minute.
  [40164, 600],
  [61004, 600],
  [40243, 3600],
]);

/** This channel cannot carry this message; another one may. */
const unsuitable: ReadonlyMap<number, string> = new Map([
  [40037, '模板编号无效'],
  [43116, '模板已被封禁'],
  [45015, '会员48小时内没有互动，客服消息发不出去'],
  [45047, '客服消息条数已用完，要等会员再次互动'],
  [47003, '模板字段不符合要求'],
  [48001, '公众号没有这个接口的权限'],
  [48004, '接口被封禁'],
]);

/** Nobody can be reached this way, now or later. */
const parked: ReadonlyMap<number, string> = new Map([
  [40003, '找不到这位微信用户（未关注或不属于本公众号）'],
  [43004, '会员没有关注公众号'],
  [43019, '会员在黑名单里'],
  [43101, '会员拒收'],
  [45002, '消息内容过长'],
  [47001, '请求格式有误'],
  [48002, '会员关闭了接收'],
  [50002, '会员账号受限'],
  [50005, '会员没有关注公众号'],
]);

export function judge({ errcode, errmsg, msgid }: Reply): Verdict {
  if (errcode === 0) return { verdict: 'sent', receipt: msgid ?? null };
  const why = (words: string): string => `${words}（${errcode} ${errmsg.slice(0, 120)}）`;
  const park = parked.get(errcode);
  if (park !== undefined) return { verdict: 'park', why: why(park) };
  const next = unsuitable.get(errcode);
  if (next !== undefined) return { verdict: 'unsuitable', why: why(next) };
  // An answer nobody has met yet is tried again, to the last attempt, and then shown.
  return {
    verdict: 'retry',
    afterSeconds: retryAfterSeconds.get(errcode) ?? null,
    why: why('微信暂时不能处理'),
  };
}
