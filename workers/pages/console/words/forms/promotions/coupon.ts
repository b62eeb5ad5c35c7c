/** 券表单的说法. */
import { couponKinds } from '../../../../../decide/coupons/kinds/index.ts';
import type { FormWords } from '../../../form/words.ts';
import { scopeWords } from './scopes.ts';

export const couponWords: FormWords = {
  kind: {
    label: '券的种类',
    values: Object.fromEntries(couponKinds.map(({ kind, label }) => [kind, label])),
  },
  valueFen: { label: '面值', help: '比如 10 元代金券，填 10；预售券填到时候能抵多少，比如 20。' },
  priceFen: { label: '卖多少钱', help: '顾客先付的钱，比如 10 元。' },
  saleFrom: { label: '从什么时候开始卖', help: '这之前不能卖。' },
  saleTo: {
    label: '卖到什么时候',
    help: '到这个时间就不再卖。用券的日子在下面“有效期”里填：只在 6 月 18 日用，就选固定的一段时间，6 月 18 日零点到 6 月 19 日零点。',
  },
  ifUnused: {
    label: '过了有效期还没用',
    help: '过期以前没用的，随时可以全额退；这里说的是过期以后。',
    values: { keep: '不退', refund: '还可以退' },
  },
  payBps: { label: '打几折', help: '比如 8.5 折，填 8.5。' },
  maxOffFen: {
    label: '最多减',
    help: '一次最多优惠多少；不填就不封顶，也不能参加“送最值的一个”和有预算的活动。',
  },
  faceCostFen: {
    label: '成本',
    help: '送出一张，店里大约花多少，别人出钱就填 0。代金券和预售券不填，就按面值算；别的券不填，就不能参加“送最值的一个”和有预算的活动。',
  },
  name: { label: '券名', help: '会员看到的名字，比如“满100减10”。' },
  minSpendFen: { label: '满多少可用', help: '填 0 就不限金额。' },
  ...scopeWords('scope'),
  validity: { label: '有效期' },
  'validity.~shape': {
    label: '有效期',
    values: {
      relative: '领到以后算几天',
      fixed: '固定的一段时间',
      superMember: '和超级会员一起到期（只发给超级会员）',
    },
  },
  'validity.relative': { label: '领到以后' },
  'validity.relative.afterDays': { label: '几天后开始可用', help: '填 0 就马上可用。', unit: '天' },
  'validity.relative.forDays': { label: '可用', unit: '天' },
  'validity.fixed': { label: '固定时间' },
  'validity.fixed.from': { label: '开始' },
  'validity.fixed.to': { label: '结束' },
  furtherFromFen: {
    label: '满多少再减',
    help: '金额更高时再多减一些，比如满 618 再减 61.8；不填就不再减。',
    isRare: true,
  },
  furtherOffFen: { label: '再减多少', help: '和上面一项一起填。', isRare: true },
  stores: {
    label: '在哪些门店用',
    help: '一个都不勾，就是全部门店；勾“只在领券的门店”，就只能在领到它的那家用。',
    values: { claiming: '只在领券的门店' },
    isRare: true,
  },
  stacksWith: {
    label: '叠加',
    help: '一张单上还能不能用别的券。',
    values: { none: '不叠加', 'other-templates': '可以叠加别的券', any: '可以叠加，同一种券也行' },
    isRare: true,
  },
  perSale: {
    label: '一单最多用',
    help: '不填就不限；不叠加的券一单本来只能用一张。',
    unit: '张',
    isRare: true,
  },
  stock: { label: '一共发多少张', help: '不填就不限。', unit: '张', isRare: true },
  perMember: { label: '每人最多', help: '不填就不限。', unit: '张', isRare: true },
  perMemberPerDay: { label: '每人每天最多', help: '不填就不限。', unit: '张', isRare: true },
  perDay: { label: '每天一共发', help: '所有会员加起来；不填就不限。', unit: '张', isRare: true },
  associateQuota: {
    label: '每位导购可以发',
    help: '导购在自己手机上发给会员；不填，导购就不能发这张券。没领的到期收回，可以再发。',
    unit: '张',
    isRare: true,
  },
  reclaimAfterDays: {
    label: '导购发的，多少天没领就收回',
    unit: '天',
    isRare: true,
  },
  transferable: {
    label: '会员可以转给朋友',
    help: '会员自己发一个 24 小时有效的链接，朋友打开就收下，券码随着换新；一张券只能转一次。',
    isRare: true,
  },
  giveBack: { label: '整单退货时退回券', isRare: true },
  onPartialReturn: {
    label: '退一部分、不再满足门槛时',
    values: { keep: '券算用掉', 'give-back': '退回券' },
    isRare: true,
  },
};

const reason = { label: '原因', help: '会记在操作记录里，也写在这张券上，比如“发错了人”。' };

export const grantWords: FormWords = {
  templateId: { label: '哪一张券' },
  count: { label: '几张', unit: '张' },
  reason: { label: '原因', help: '会记在操作记录里，也写在这张券上，比如“上周缺货，补偿”。' },
  tells: { label: '告诉会员', help: '券到了，在微信里说一声；联系不上的会员不发。' },
};

export const revokeWords: FormWords = { reason };

/** 积分商城: what is exchanged are coupons. */
export const exchangeItemWords: FormWords = {
  name: { label: '名称', help: '会员看到的，比如“68 元券”“30 元玩具”“60 阳光小镇币”。' },
  templateId: {
    label: '换到哪一张券',
    help: '换东西、换别家的币，就先建一张“礼品券”：会员凭它到店里拿，拿走时核销。',
  },
  points: { label: '要多少积分', unit: '分' },
  stock: { label: '一共能换', help: '换完就没有了，以前换走的也算在里面；不填就不限。', unit: '份' },
  perMember: { label: '每人限换', help: '不填就不限；券自己的限制另外算。', unit: '份' },
  from: { label: '什么时候开始换', help: '不填，现在就能换。' },
  to: { label: '换到什么时候为止', help: '不填，就一直能换，直到下架。' },
  enabled: { label: '上架' },
};

export const exchangeWords: FormWords = {
  itemId: { label: '换什么', help: '积分不够的、换完的，也列在这里，换的时候会说为什么不行。' },
  storeId: {
    label: '在哪家店',
    help: '“只在领券的门店用”的券，换到就只能在这家用；不选就是会员自己的门店。',
  },
};

export const exchangeUndoWords: FormWords = {
  exchangeId: { label: '撤销哪一笔', help: '只有一天以内、券还没用掉的才能撤销。' },
  reason: { label: '原因', help: '会记在操作记录里，比如“换错了，要的是玩具”。' },
};
