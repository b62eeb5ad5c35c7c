/** 事件的说法: states, kinds and what followed, as a shop owner reads them. */
import type { EventState } from '../../../../schema/index.ts';
import type { Tone } from '../kit/parts.tsx';

export const stateNames: Readonly<Record<EventState, { label: string; tone: Tone }>> = {
  received: { label: '排队中', tone: 'wait' },
  done: { label: '已处理', tone: 'good' },
  parked: { label: '要人看', tone: 'stop' },
  ignored: { label: '不用处理', tone: 'plain' },
  waiting: { label: '等销售单', tone: 'wait' },
};

const typeNames: Readonly<Record<string, string>> = {
  'mapping.unmapped': '还没有说明的单据',
  'mapping.undecoded': '拆不开的单据',
  'mapping.unknown': '没有规则的单据',
  'mapping.ignore': '只存档的单据',
  'sale.completed': '销售',
  'sale.voided': '作废',
  'sale.paid': '付款',
  'refund.completed': '退货',
  'member.created': '新会员',
  'member.updated': '会员资料',
  'member.merged': '会员合并',
  'member.united': '后台合并会员',
  'member.split': '撤销合并',
  'coupon.presented': '收银用券',
  'coupon.claimed': '会员领券',
  'coupon.granted': '后台发券',
  'coupon.revoked': '后台收回券',
  'coupon.passed': '转赠券',
  'member.edited': '后台改资料',
  'member.tagged': '贴标签',
  'member.recounted': '按标签规则重算',
  'member.deleted': '会员注销',
  'member.rebound': '换绑微信',
  'trigger.met': '活动触发',
  'member.joined': '会员注册',
  'product.upserted': '商品资料',
  'product.removed': '商品下架',
  'stored_value.recharged': '储值充值',
  'stored_value.spent': '花储值',
  'stored_value.refunded': '退回储值',
  'stored_value.reversed': '充值冲正',
  'stored_value.cashed_out': '储值退款',
  'stored_value.corrected': '更正储值',
  'super_membership.bought': '开通或续超级会员',
  'super_membership.ended': '撤销或退超级会员',
  'voucher.sold': '卖出预售券',
  'voucher.refunded': '退预售券',
  'voucher.lapsed': '预售券过期不退',
  'package.sold': '卖出套餐',
  'package.redeemed': '核销套餐',
  'package_use.undone': '撤销核销套餐',
  'package.refunded': '退套餐',
  'points.corrected': '调整积分',
  'grant.withdrawn': '收回活动发出的',
  'points.spent': '花积分',
  'points.due': '积分到期',
  'referral.due': '邀请奖励到点',
  'referral.reviewed': '邀请复核',
  'member.checked_in': '签到',
  'points.exchanged': '积分兑换',
  'exchange.undone': '撤销积分兑换',
  'lottery.drawn': '积分抽奖',
  'prize.collected': '领奖',
  'points.paid': '积分抵钱',
  'point_spend.undone': '撤销积分抵钱',
  'withdrawal.asked': '申请提现',
  'transfer.changed': '提现进度',
  'reminder.due': '提醒到期',
  'fan.followed': '关注公众号',
  'fan.scanned': '扫码',
  'fan.said': '顾客的话',
  'fan.clicked': '点菜单',
  'fan.unfollowed': '取消关注',
  'fan.revoked': '撤回授权',
  'fan.permitted': '订阅授权',
  'message.arrived': '送达回执',
  'customer.added': '加企业微信',
  'associate.wrote': '店里回话',
  'staff.said': '导购回话',
  ping: '连通测试',
};

/** What WeChat pushes, after `wechat.`. */
const wechatNames: Readonly<Record<string, string>> = {
  text: '微信里的话',
  image: '微信图片',
  voice: '微信语音',
  video: '微信视频',
  link: '微信链接',
  location: '微信位置',
  subscribe: '关注公众号',
  unsubscribe: '取消关注',
  scan: '扫码',
  click: '点菜单',
  view: '点菜单里的链接',
  'template-sent': '模板消息回执',
  'mass-sent': '群发回执',
  'subscription-answers': '订阅授权',
  'subscription-sent': '订阅通知回执',
};

/** A type that a vendor made up is shown as it came. */
export const typeName = (type: string): string =>
  typeNames[type] ?? wechatNames[type.replace(/^wechat\./, '')] ?? type;

export const sourceName = (id: string, known: ReadonlyMap<string, string>): string =>
  known.get(id) ?? (id === 'wechat' ? '微信' : id === 'import' ? '文件导入' : id);

/** What an event brought about, one line each. */
const effectWords: Readonly<Record<string, (value: unknown) => string>> = {
  points: (value) => `积分 ${signed(value)}`,
  growth: (value) => `成长值 ${signed(value)}`,
  walletFen: (value) => `余额 ${signedYuan(value)}`,
  principalFen: (value) => `储值本金 ${signedYuan(value)}`,
  bonusFen: (value) => `储值赠送 ${signedYuan(value)}`,
  couponsIssued: (value) => `发券 ${listed(value)}`,
  couponsRevoked: (value) => `收回券 ${listed(value)}`,
  tags: (value) => `标签 ${listed(value)}`,
  messages: (value) => `消息 ${String(value)} 条`,
  reminders: (value) => `提醒 ${Array.isArray(value) ? value.length : 0} 条`,
  transfers: (value) => `转账单 ${listed(value)}`,
};

const listed = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join('、') : String(value);
const signed = (value: unknown): string => (Number(value) > 0 ? `+${String(value)}` : String(value));
const signedYuan = (value: unknown): string =>
  `${Number(value) > 0 ? '+' : ''}${(Number(value) / 100).toFixed(2)} 元`;

/** What is not in words is left to the raw view below. */
export const effectLines = (outcome: Readonly<Record<string, unknown>> | null): string[] =>
  Object.entries(outcome ?? {}).flatMap(([name, value]) => effectWords[name]?.(value) ?? []);
