/** 微信返回码: what each of WeChat's error codes means for a message (wechat.md §4, glossary of WxMpErrorMsgEnum). */
import type { Reply } from '../../wechat/client.ts';
import type { Verdict } from '../channels/define.ts';

/** `retry`: waiting helps. `unsuitable`: not by this channel, perhaps by another. `park`: a person has to look. */
export type Meaning =
  | { readonly verdict: 'sent' }
  | { readonly verdict: 'retry'; readonly afterSeconds: number; readonly why: string }
  | { readonly verdict: 'unsuitable'; readonly why: string }
  | { readonly verdict: 'park'; readonly why: string };

export type Verdicts = {
  /** The whitelist that our address must be on, by the name that the merchant finds in the console. */
  readonly list: string;
  /** The token is invalid: get another and call once more. */
  readonly tokenErrors: ReadonlySet<number>;
  /** Our address is not on the list. */
  readonly unlisted: ReadonlySet<number>;
  readonly meanings: ReadonlyMap<number, Meaning>;
  /** For an unknown code: retried up to the last attempt, then shown. */
  readonly unknown: string;
};

export const retry = (afterSeconds: number, why: string): Meaning => ({
  verdict: 'retry',
  afterSeconds,
  why,
});
export const unsuitable = (why: string): Meaning => ({ verdict: 'unsuitable', why });
export const park = (why: string): Meaning => ({ verdict: 'park', why });

const busy = '微信暂时不能处理';
const quarterDaySeconds = 6 * 3600;
/** A person has to act and may do so any minute, so it is retried. */
const listedSeconds = 600;

/** Codes of other calls are listed as well: if one ever comes back for a message, a person has to look. */
const elsewhere = '微信返回了与发消息无关的错误';

export const wechatVerdicts: Verdicts = {
  list: '公众号的IP白名单',
  tokenErrors: new Set([40001, 40014, 42001]),
  unlisted: new Set([40164, 61004]),
  unknown: busy,
  meanings: new Map([
    [0, { verdict: 'sent' }],
    // The same id was accepted before: the send that got no answer succeeded.
    [45065, { verdict: 'sent' }],

    [-1, retry(30, busy)],
    [40001, retry(60, '微信令牌失效')],
    [40014, retry(60, '微信令牌失效')],
    [42001, retry(60, '微信令牌失效')],
    [45011, retry(60, '微信接口调用太频繁')],
    [45066, retry(60, '重试太快')],
    [45009, retry(quarterDaySeconds, '微信接口当天的调用次数已用完')],
    [40164, retry(listedSeconds, '服务器地址不在公众号的IP白名单里')],
    [61004, retry(listedSeconds, '服务器地址不在公众号的IP白名单里')],
    [40243, retry(3600, 'AppSecret 已被冻结')],

    [40003, unsuitable('找不到这位微信用户（未关注或不属于本公众号）')],
    [43004, unsuitable('没有关注公众号')],
    [50005, unsuitable('没有关注公众号')],
    [43101, unsuitable('没有授权或已拒收')],
    [48002, unsuitable('关闭了消息接收')],
    [50002, unsuitable('微信账号受限')],
    [45015, unsuitable('48小时内没有互动，客服消息发不出去')],
    [45047, unsuitable('客服消息条数已用完，要等再次互动')],
    [40037, unsuitable('模板编号无效')],
    [43116, unsuitable('模板已被封禁')],
    [47003, unsuitable('模板字段不符合要求')],
    [47001, unsuitable('请求格式有误')],
    [45002, unsuitable('消息内容过长')],
    [45067, unsuitable('消息编号过长')],
    [40130, unsuitable('收件人不足两位')],
    [45028, unsuitable('群发次数已用完')],
    [48001, unsuitable('公众号没有这个接口的权限')],
    [48004, unsuitable('接口被封禁')],
    [48008, unsuitable('公众号没有这类消息的权限')],

    // The shop blocked this person; no other channel is tried.
    [43019, park('在公众号的黑名单里')],
    [40029, park(elsewhere)],
    [40163, park(elsewhere)],
    [42003, park(elsewhere)],
    [42007, park(elsewhere)],
    [40032, park(elsewhere)],
    [45059, park(elsewhere)],
    [45159, park(elsewhere)],
    [46003, park(elsewhere)],
    [48006, park(elsewhere)],
  ]),
};

export function judge(
  verdicts: Verdicts,
  { errcode, errmsg, rid, msgid }: Pick<Reply, 'errcode' | 'errmsg' | 'rid' | 'msgid'>,
): Verdict {
  const meaning = verdicts.meanings.get(errcode);
  if (meaning?.verdict === 'sent') return { verdict: 'sent', receipt: msgid ?? null };
  const why = `${meaning?.why ?? verdicts.unknown}（${errcode} ${said(errmsg, rid)}）`;
  if (meaning?.verdict === 'unsuitable') return { verdict: 'unsuitable', why, errcode };
  if (meaning?.verdict === 'park') return { verdict: 'park', why };
  const answer = { verdict: 'retry', afterSeconds: meaning?.afterSeconds ?? null, why } as const;
  return verdicts.unlisted.has(errcode)
    ? { ...answer, unlisted: { list: verdicts.list, ip: addressIn(errmsg) } }
    : answer;
}

const errmsgCharactersMax = 120;

/** The rid comes last and must not be cut off: WeChat's support needs it. */
function said(errmsg: string, rid: string | null): string {
  const words = (rid === null ? errmsg : errmsg.replace(/\s*\brid:.*$/s, '')).slice(0, errmsgCharactersMax);
  return rid === null ? words : `${words} rid: ${rid}`;
}

/** `invalid ip 203.0.113.9 ipv6 …`, `… requestIP: 203.0.113.9 rid: …`; WeCom: `…, from ip: 203.0.113.9, more info at …`. */
const addressIn = (errmsg: string): string | null =>
  /ip:?\s+((?:\d{1,3}\.){3}\d{1,3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})/i.exec(errmsg)?.[1] ?? null;
