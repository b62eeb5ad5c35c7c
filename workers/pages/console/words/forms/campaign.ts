/** 活动表单的说法. */
import type { FormWords } from '../../form/words.ts';
import { excludeWords } from './scopes.ts';

export const campaignWords: FormWords = {
  name: { label: '活动名称', help: '会员和店员看得懂的名字，比如“满188送10元券”。' },
  trigger: {
    label: '什么时候送',
    values: {
      'sale.completed': '买了东西（一笔销售）',
      'member.created': '收银机或文件里新建会员',
      'member.joined': '会员用手机号注册（一生一次）',
      'member.bound': '会员绑定导购：扫她的码，或店里指定（换导购不再送）',
    },
  },
  status: {
    label: '状态',
    values: { draft: '草稿（先不生效）', active: '生效', paused: '暂停', ended: '结束' },
  },
  stores: { label: '只在这些门店', help: '一个都不勾，就是全部门店。', isRare: true },
  levels: { label: '只给这些等级', help: '照收银机里的等级名写，用顿号隔开；不填就不限。', isRare: true },
  superMember: {
    label: '超级会员',
    help: '不选就不限。',
    values: { yes: '只给超级会员', no: '不给超级会员' },
    isRare: true,
  },
  from: { label: '开始时间', help: '不填，就从保存的时候开始。' },
  to: { label: '结束时间', help: '不填，就一直有效，直到您停掉。' },
  conditions: { label: '条件', help: '几个条件要同时满足；一个都没有，就人人都送。', one: '条件' },
  'conditions.kind': {
    label: '条件是',
    values: {
      store: '在这些门店买',
      level: '是这些等级',
      'super-member': '是不是超级会员',
      stage: '宝宝阶段',
      'first-purchase': '第一次消费',
      spend: '一笔买满多少',
    },
  },
  'conditions.ids': { label: '哪些', help: '打勾的都算。' },
  'conditions.levels': { label: '等级', help: '照收银机里的等级名写，用顿号隔开。' },
  'conditions.is': { label: '是超级会员' },
  'conditions.stages': {
    label: '宝宝阶段',
    values: {
      pregnant: '孕期',
      'months-0-12': '0–12 个月',
      'months-13-36': '13–36 个月',
      'months-over-36': '36 个月以上',
      none: '没有宝宝',
    },
  },
  'conditions.scope': {
    label: '按什么算',
    values: { order: '整单', category: '品类', brand: '品牌', sku: '商品' },
  },
  'conditions.measure': { label: '算金额还是件数', values: { amount: '金额', quantity: '件数' } },
  'conditions.atLeast': { label: '至少', help: '比如满 188 元，就填 188。' },
  ...excludeWords('exclude'),
  repeat: {
    label: '满多次怎么送',
    values: { once: '一笔只送一次', multiple: '每满一次送一次（满 376 送两次）' },
    isRare: true,
  },
  limits: { label: '限制', help: '不填就不限。', isRare: true },
  'limits.total': { label: '一共参加', unit: '次' },
  'limits.perMember': { label: '每人一共', unit: '次' },
  'limits.perMemberPerDay': { label: '每人每天', unit: '次' },
  'limits.budgetFen': { label: '预算', help: '送出的券按面值算、红包按实际金额算，送满就停。' },
  group: { label: '互斥组', help: '同一个组名的活动，一笔销售只按下面的规则送，比如“满减”。', isRare: true },
  pick: {
    label: '同组都满足时',
    values: { best: '送最值的一个', first: '送优先级最高的一个', all: '都送' },
    isRare: true,
  },
  priority: { label: '优先级', help: '数字大的先算。', isRare: true },
  rewards: { label: '送什么', one: '礼品' },
  'rewards.kind': {
    label: '送',
    values: {
      points: '积分',
      coupon: '优惠券',
      'red-packet': '随机红包',
      tag: '会员标签',
      message: '一条消息',
      growth: '成长值',
    },
  },
  'rewards.points': { label: '多少积分', unit: '分' },
  'rewards.templateId': { label: '哪一张券' },
  'rewards.count': { label: '几张', unit: '张' },
  'rewards.minFen': { label: '最少' },
  'rewards.maxFen': { label: '最多', help: '在最少和最多之间随机；两个填一样，就是固定金额。' },
  'rewards.tag': { label: '标签名' },
  'rewards.text': { label: '消息内容' },
  'rewards.growth': { label: '多少成长值' },
};
