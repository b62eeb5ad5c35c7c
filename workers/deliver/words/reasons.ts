/** 为什么没有走这条路: what the merchant reads when a channel, or every channel, could not carry a message. */
import type { PassedOver } from '../../../schema/index.ts';
import type { Lines } from '../channels/define.ts';

export const reasons = {
  unknownKind: (kind: string): string => `没有 ${kind} 这种消息`,
  missing: (names: readonly unknown[]): string => `话术里的变量没有值：${names.join('、')}`,
  tooLate: '回执说没有送达，但已经过去太久，不再换别的方式发送',
  staleAtLast: '一直没能发出去，现在已经过时，不再发送',
  bug: (name: string): string => `程序出错（${name}），请联系技术人员`,
  uncounted: '暂时无法核对发送条数',
  noDatabase: '数据库暂时没有回答，过一会儿再发',

  notNeeded: '没有用到',
  notConnected: {
    wechat: '没有接入公众号',
    wecom: '没有接入企业微信',
    sms: '没有接入短信服务',
  } satisfies Record<keyof Lines, string>,

  noOpenid: '没有绑定微信',
  noWindow: '48小时内没有互动，客服消息发不出去',
  emptyText: '消息内容为空',
  textTooLong: (bytes: number, bytesMax: number): string => `消息有 ${bytes} 字节，最多 ${bytesMax} 字节`,
  noTemplate: '没有为这种消息设置模板',
  badField: (field: string, slot: string, why: string): string => `模板字段 ${field}（${slot}）：${why}`,
  noMarketing: '模板消息不能发营销内容',
  noPermission: '会员没有授权这种订阅通知，或授权已用完',
  noWecomUser: '没有绑定企业微信账号',
  noWelcomeCode: '企业微信没有给欢迎语的口令',
  welcomeTooLate: '欢迎语要在20秒内发出，已经过了',
  smsOff: '没有开启短信',
  noSmsSign: '没有设置短信签名',
  noPhone: '没有可用的手机号',
  noSmsConsent: '会员没有同意接收营销短信',
  smsCapReached: (days: number, max: number): string => `${days}天内已发过${max}条营销短信`,
  quietHours: '晚上9点到早上9点不发营销短信',
  quotaTaken: '可发条数刚刚用完',
} as const;

/** `模板消息、订阅通知：没有绑定微信；短信：没有开启短信`: each reason once. */
export function listed(passedOver: readonly PassedOver[], labelOf: (channel: string) => string): string {
  const byReason = Map.groupBy(passedOver, ({ why }) => why);
  return [...byReason]
    .map(([why, same]) => `${same.map(({ channel }) => labelOf(channel)).join('、')}：${why}`)
    .join('；');
}
