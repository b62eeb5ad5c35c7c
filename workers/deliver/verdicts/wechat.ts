/** 微信返回码: what each of WeChat's error codes means for a message (wechat.md §4, glossary of WxMpErrorMsgEnum). */
import type { Reply } from '../../wechat/client.ts';
import type { Again, Verdict } from '../channels/define.ts';

/**
 * `retry`: waiting helps, and nothing else does. `unsuitable`: not by this channel, perhaps by another; with `again`, waiting
 * helps where no other is open. `park`: a person has to look.
 */
export type Meaning =
  | { readonly verdict: 'sent' }
  | { readonly verdict: 'retry'; readonly afterSeconds: number; readonly why: string }
  | { readonly verdict: 'unsuitable'; readonly why: string; readonly again?: Again }
  | { readonly verdict: 'park'; readonly why: string };

export type Verdicts = {
  /** The whitelist that our address must be on, by the name that the merchant finds in the console. */
  readonly list: string;
  /** The token is invalid: get another and call once more. */
  readonly tokenErrors: ReadonlySet<number>;
  /** Our address is not on the list. */
  readonly unlisted: ReadonlySet<number>;
  readonly meanings: ReadonlyMap<number, Meaning>;
  /** For an unknown code: another way if one is open, otherwise retried up to the last attempt, then shown. */
  readonly unknown: string;
  /** No message has a second way by this provider, so a provider that gives no token leaves the other providers. */
  readonly isOneWay: boolean;
};

export const retry = (afterSeconds: number, why: string): Meaning => ({
  verdict: 'retry',
  afterSeconds,
  why,
});
export const unsuitable = (why: string): Meaning => ({ verdict: 'unsuitable', why });
/** Not by this way now: another that is open is taken at once, and where none is, this one is tried again. */
export const elsewhere = (afterSeconds: number, why: string): Meaning => ({
  verdict: 'unsuitable',
  why,
  again: { afterSeconds },
});
/** The same for what WeChat was seen to refuse for some minutes and then to take: a few times, then a person has to look. */
const forAWhile = (why: string): Meaning => ({
  verdict: 'unsuitable',
  why,
  again: { afterSeconds: 300, attemptsMax: 4 },
});
export const park = (why: string): Meaning => ({ verdict: 'park', why });

const busy = '微信暂时不能处理';
const quarterDaySeconds = 6 * 3600;
/** A person has to act and may do so any minute, so it is retried. */
const listedSeconds = 600;

/** Codes of other calls are listed as well: none is a reason to wait. */
const ofOtherCalls = '微信返回了与发消息无关的错误';

export const wechatVerdicts: Verdicts = {
  list: '公众号的IP白名单',
  tokenErrors: new Set([40001, 40014, 42001]),
  unlisted: new Set([40164, 61004]),
  unknown: '微信没有接受',
  isOneWay: false,
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
    [40164, retry(listedSeconds, '服务器地址不在公众号的IP白名单里')],
    [61004, retry(listedSeconds, '服务器地址不在公众号的IP白名单里')],
    [40243, retry(3600, 'AppSecret 已被冻结')],

    // The quota is of one interface: the others are open.
    [45009, elsewhere(quarterDaySeconds, '微信接口当天的调用次数已用完')],
    [40038, elsewhere(quarterDaySeconds, '这个模板当天的条数已用完')],
    [40037, forAWhile('模板编号无效')],
    [48001, forAWhile('公众号没有这个接口的权限')],
    [43108, elsewhere(60, '同时给这位客户发得太多')],
    [40241, retry(90, '60秒内已给这位客户发过同样的消息')],

    [-41000, unsuitable('找不到这位微信用户（微信编号不正确）')],
    [40003, unsuitable('找不到这位微信用户（未关注或不属于本公众号）')],
    [43004, unsuitable('没有关注公众号')],
    [50005, unsuitable('没有关注公众号')],
    [43101, unsuitable('没有授权或已拒收')],
    [48002, unsuitable('关闭了消息接收')],
    [50002, unsuitable('微信账号受限')],
    [45015, unsuitable('48小时内没有互动，客服消息发不出去')],
    [45047, unsuitable('客服消息条数已用完，要等再次互动')],
    [43116, unsuitable('模板已被封禁')],
    [43107, unsuitable('公众号或这个模板的发送能力被封禁')],
    [43117, unsuitable('给这位客户发得太频繁')],
    [45168, unsuitable('内容含有敏感词')],
    [40249, unsuitable('内容被微信判为违规')],
    [40165, unsuitable('卡片要打开的页面不正确')],
    [41030, unsuitable('卡片要打开的页面不正确')],
    [45103, unsuitable('微信已停用这个接口')],
    [45109, unsuitable('微信已停用这个接口')],
    [47003, unsuitable('模板字段不符合要求')],
    [47001, unsuitable('请求格式有误')],
    [45002, unsuitable('消息内容过长')],
    [45067, unsuitable('消息编号过长')],
    [40130, unsuitable('收件人不足两位')],
    [45028, unsuitable('群发次数已用完')],
    [48004, unsuitable('接口被封禁')],
    [48008, unsuitable('公众号没有这类消息的权限')],

    // The shop blocked this person; no other channel is tried.
    [43019, park('在公众号的黑名单里')],
    // Another way would tell it twice: WeChat delivers what it lets through.
    [40252, park('微信正在审核这条消息，通过后由微信自己送达')],
    [40029, unsuitable(ofOtherCalls)],
    [40163, unsuitable(ofOtherCalls)],
    [42003, unsuitable(ofOtherCalls)],
    [42007, unsuitable(ofOtherCalls)],
    [40032, unsuitable(ofOtherCalls)],
    [45059, unsuitable(ofOtherCalls)],
    [45159, unsuitable(ofOtherCalls)],
    [46003, unsuitable(ofOtherCalls)],
    [48006, unsuitable(ofOtherCalls)],
  ]),
};

export function judge(
  verdicts: Verdicts,
  { errcode, errmsg, rid, msgid }: Pick<Reply, 'errcode' | 'errmsg' | 'rid' | 'msgid'>,
): Verdict {
  const meaning = verdicts.meanings.get(errcode);
  if (meaning?.verdict === 'sent') return { verdict: 'sent', receipt: msgid ?? null };
  const why = `${meaning?.why ?? verdicts.unknown}（${errcode} ${said(errmsg, rid)}）`;
  const address = verdicts.unlisted.has(errcode)
    ? { unlisted: { list: verdicts.list, ip: addressIn(errmsg) } }
    : {};
  switch (meaning?.verdict) {
    case 'park':
      return { verdict: 'park', why };
    case 'retry':
      return { verdict: 'retry', afterSeconds: meaning.afterSeconds, why, isRefused: true, ...address };
    case 'unsuitable':
      return { ...meaning, why, errcode, ...address };
    case undefined:
      return { verdict: 'unsuitable', why, errcode, again: { afterSeconds: null } };
    default:
      return meaning satisfies never;
  }
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
