/** 导航: the rooms of the console in their order. A page that a role may not see is not in its navigation. */
import type { Role } from '../../../../schema/index.ts';

export type Place = { readonly path: string; readonly label: string; readonly who: readonly Role[] };
type Section = { readonly label: string; readonly places: readonly Place[] };

export const homeOfConsole = '/console/';

export const owner = ['owner'] as const;
export const office = ['owner', 'manager'] as const;
/** Whoever stands in a shop and looks members up. */
export const counter = ['owner', 'manager', 'cashier'] as const;
export const technical = ['owner', 'integrator'] as const;
/** Whoever answers for what the tills told. */
export const reckoning = ['owner', 'manager', 'integrator'] as const;
export const everybody = ['owner', 'manager', 'cashier', 'integrator'] as const;

export const sections: readonly Section[] = [
  { label: '今天', places: [{ path: homeOfConsole, label: '今天', who: everybody }] },
  {
    label: '会员',
    places: [
      { path: '/console/members', label: '会员', who: counter },
      { path: '/console/tag-dictionaries', label: '标签库', who: office },
      { path: '/console/member-groups', label: '会员分组', who: office },
      { path: '/console/redeem', label: '核销', who: counter },
      { path: '/console/receipts', label: '查一笔单', who: counter },
      { path: '/console/owed', label: '欠会员的账', who: office },
      { path: '/console/payouts', label: '红包和提现', who: owner },
    ],
  },
  {
    label: '营销',
    places: [
      { path: '/console/campaigns', label: '活动', who: office },
      { path: '/console/coupons', label: '券', who: office },
      { path: '/console/batches', label: '领券批次', who: office },
      { path: '/console/packages', label: '套餐', who: office },
      { path: '/console/exchange-items', label: '积分商城', who: office },
      { path: '/console/lotteries', label: '积分抽奖', who: office },
      { path: '/console/referrals', label: '邀请好友', who: office },
      { path: '/console/grant-jobs', label: '给一群会员发券', who: office },
      { path: '/console/redemptions', label: '核销记录', who: office },
      { path: '/console/find-coupon', label: '查券', who: counter },
      { path: '/console/pushes', label: '导购发券', who: office },
      { path: '/console/plans', label: '提醒方案', who: office },
      { path: '/console/coming', label: '这周该提醒谁', who: office },
    ],
  },
  {
    label: '消息',
    places: [
      { path: '/console/talks', label: '聊天', who: office },
      { path: '/console/messages', label: '发出的消息', who: office },
      { path: '/console/mass-messages', label: '群发', who: office },
      { path: '/console/menu', label: '公众号菜单', who: owner },
    ],
  },
  {
    label: '门店与导购',
    places: [
      { path: '/console/stores', label: '门店', who: office },
      { path: '/console/associates', label: '导购', who: office },
      { path: '/console/codes', label: '渠道码', who: office },
    ],
  },
  {
    label: '接入',
    places: [
      { path: '/console/sources', label: '来源', who: technical },
      { path: '/console/events', label: '事件', who: technical },
      { path: '/console/imports', label: '导入', who: technical },
      { path: '/console/wechat', label: '公众号', who: technical },
      { path: '/console/channels', label: '短信与支付', who: technical },
      { path: '/console/reconciliation', label: '对账', who: reckoning },
      { path: '/console/tokens', label: '令牌', who: technical },
    ],
  },
  {
    label: '设置',
    places: [
      { path: '/console/settings', label: '店铺', who: owner },
      { path: '/console/people', label: '人员', who: owner },
      { path: '/console/audit', label: '操作记录', who: owner },
      { path: '/console/health', label: '系统', who: owner },
    ],
  },
];

/** Of a role: its sections, and in them its places. */
export const navFor = (role: Role): Section[] =>
  sections.flatMap(({ label, places }) => {
    const own = places.filter(({ who }) => who.includes(role));
    return own.length > 0 ? [{ label, places: own }] : [];
  });
