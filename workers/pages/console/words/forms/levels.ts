/** 会员等级和会员价的表单的说法. */
import type { FormWords } from '../../form/words.ts';
import { scopeWords } from './promotions/scopes.ts';

export const levelWords: FormWords = {
  levels: {
    label: '会员等级',
    help: '改了规则，会员下一次消费后才按新规则算；已经到手的等级不会因为门槛变高就没了。退了货，也在下一次消费后重算。',
  },
  'levels.list': {
    label: '等级',
    help: '从低到高排。一个条件都不填的等级，第一次消费就有。条件填了几个，满足一个就够。',
    one: '等级',
  },
  'levels.list.name': { label: '名称', help: '比如“普通会员”“高级会员”。' },
  'levels.list.amountFen': { label: '累计消费满' },
  'levels.list.orders': { label: '或累计买满', unit: '次' },
  'levels.list.withinDays': { label: '累计只看最近', unit: '天', help: '不填就从头算。' },
  'levels.list.singleFen': { label: '或一次买满' },
  'levels.list.growth': { label: '或成长值满', isRare: true },
  'levels.list.payPercent': {
    label: '会员折扣',
    unit: '%',
    help: '90 就是 9 折，100 是不打折。收银机试算时会告诉它打几折。',
  },
  'levels.list.pointsPercent': {
    label: '积分倍数',
    unit: '%',
    help: '150 就是 1.5 倍，100 是不加倍。按买东西时的等级算，这一单退货、改单也照它；一单只舍一次零头。',
  },
  'levels.list.walletMonthFen': {
    label: '返现上限：每月最多',
    help: '活动送到余额里的红包，一个会员一个月最多这么多，到了就不再送；0 是不送，不填就不封顶。还没买过、没有等级的会员，照没有门槛的那一级。',
  },
  'levels.list.withdrawDayFen': {
    label: '每天最多提现',
    help: '不填，就照“提现”那一页对所有人的限额。',
    isRare: true,
  },
  'levels.decidedBy': {
    label: '等级谁说了算',
    values: { rules: '这里的规则（收银机报来的等级不算）', till: '收银机报什么就是什么' },
  },
  'levels.keeping': { label: '等级的有效期' },
  'levels.keeping.mode': { label: '等级有效多久', values: { always: '一直有效', months: '满几个月看一次' } },
  'levels.keeping.months': {
    label: '几个月',
    unit: '个月',
    help: '只算这几个月里买的：够得上就再有效这么久，不够就降。',
  },
  'levels.keeping.afterwards': {
    label: '不够怎么办',
    values: { down: '降一级', earned: '够到哪级就是哪级' },
  },
  'levels.journey': { label: '忠实客户和老会员', isRare: true },
  'levels.journey.loyalOrders': {
    label: '买满几次算忠实客户',
    unit: '次',
    help: '退光了的不算。买过一次是新客，两次起是回头客。',
  },
  'levels.journey.oldMonths': {
    label: '入会满几个月算老会员',
    unit: '个月',
    help: '只是资料上怎么写；活动里按入会时间送，在活动的条件里另填。',
  },
  memberPrices: {
    label: '会员价',
    help: '收银机试算时告诉它。和会员折扣不叠加，哪个便宜算哪个；然后再用券。',
    one: '会员价',
  },
  'memberPrices.name': { label: '名称', help: '比如“周末奶粉会员价”。' },
  'memberPrices.levels': { label: '只给这些等级', help: '一行一个等级的名称；不填，会员都有。' },
  'memberPrices.superOnly': { label: '只给超级会员', help: '付费的超级会员，到期的那一刻起就没有。' },
  ...scopeWords('memberPrices.scope'),
  'memberPrices.priceFen': { label: '一件多少钱', help: '和“打几折”填一个。' },
  'memberPrices.payPercent': { label: '或打几折', unit: '%', help: '80 就是 8 折。' },
  'memberPrices.fromOn': { label: '从哪天', help: '不填就从现在起。' },
  'memberPrices.toOn': { label: '到哪天', help: '这一天还算。不填就一直有。' },
  'memberPrices.fromHour': { label: '每天从几点', unit: '点', isRare: true },
  'memberPrices.toHour': { label: '到几点', unit: '点', isRare: true },
};
