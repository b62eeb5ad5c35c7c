/** 积分抽奖表单的说法. */
import type { FormWords } from '../../../form/words.ts';

export const lotteryWords: FormWords = {
  name: { label: '名称', help: '会员看到的，比如“六一抽奖”。' },
  points: { label: '抽一次要多少积分', unit: '分' },
  firstOn: { label: '从哪天开始抽' },
  lastOn: { label: '抽到哪天', help: '这一天整天都能抽。' },
  collectFirstOn: { label: '从哪天开始到店领', help: '“到店领的东西”这一天起才能领；券和积分抽中就到账。' },
  collectLastOn: { label: '领到哪天', help: '这一天整天都能领；不填就一直能领。' },
  prizes: {
    label: '奖品',
    help: '从大奖写到小奖。份数是硬限制，多少人同时抽都不会多发。抽走过的奖品，位置、价值和送什么就不能再改了。',
  },
  'prizes.kind': {
    label: '送什么',
    values: { thing: '到店领的东西', coupon: '优惠券', points: '积分' },
  },
  'prizes.name': { label: '奖项', help: '比如“一等奖”。' },
  'prizes.valueFen': { label: '价值', help: '一份值多少，算成本用，也给会员看；法规不许超过 5 万元。' },
  'prizes.quota': { label: '一共几份', unit: '份' },
  'prizes.weight': {
    label: '签筒里放几支签',
    help: '不填就和份数一样。签放得多，就容易抽中，但不会超过份数。',
    unit: '支',
    isRare: true,
  },
  'prizes.words': { label: '是什么东西', help: '会员和收银员看到的，比如“爬行垫一张”。' },
  'prizes.templateId': { label: '哪张券' },
  'prizes.points': { label: '多少积分', unit: '分' },
  blanks: {
    label: '不中奖的签',
    help: '签筒里一共有：每个奖品的签，加上这里不中奖的。每次都从整个签筒里抽一支，机会始终不变；抽到已经送完的奖品、或者这位会员不能再领的券，算没抽中；奖品全部送完，就不能再抽，也不扣积分。比如奖品 285 支、不中奖 715 支，一千次里大约中 285 次。',
    unit: '支',
  },
  perMember: { label: '每人一共抽几次', help: '不填就不限。', unit: '次' },
  perMemberPerDay: { label: '每人每天抽几次', help: '不填就不限。', unit: '次' },
  keyword: {
    label: '公众号关键词',
    help: '会员给公众号发这个词就抽一次，比如“抽奖”；不填就只能在会员中心里抽。',
  },
  enabled: { label: '开着' },
};
