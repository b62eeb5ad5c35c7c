/** 设置表单的说法. */
import type { FormWords } from '../../form/words.ts';
import { levelWords } from './levels.ts';
import { fileSettingsWords } from './file.ts';
import { superWords } from './super.ts';
import { referralWords } from './referral.ts';
import { tradeNames } from '../trades.ts';

const notice = (name: string, label: string, help: string): FormWords => ({
  [name]: { label, help, one: '通知' },
  [`${name}.~name`]: { label: '哪一种通知' },
  [`${name}.id`]: { label: '模板编号', help: '公众号后台“我的模板”里的“模板ID”，是一长串字母和数字。' },
  [`${name}.fields`]: { label: '模板里的栏', help: '模板有几栏，这里就加几栏，一栏都不能少。', one: '栏' },
  [`${name}.fields.~name`]: {
    label: '栏名',
    help: '照模板详情里的写：那里是 {{thing1.DATA}}，这里就填 thing1。',
  },
  [`${name}.fields.~value`]: { label: '这一栏放什么' },
});

const slots = '可以用 {店名}、{会员}、{积分}、{导购}、{注册链接}。';

export const settingsWords: FormWords = {
  shopName: { label: '店名', help: '会员在微信里看到的店名。' },
  trade: { label: '行业', help: '只有母婴店的会员注册时会被问到宝宝。', values: tradeNames },
  publicUrl: {
    label: '公网地址',
    help: '会员打开页面用的网址，比如 https://huike.example.cn。没有它，注册链接发不出去。',
  },
  tellSale: { label: '每次消费后告诉会员得了什么' },
  tellSaleWithinHours: { label: '多久以前的消费就不再通知', unit: '小时', isRare: true },
  takeBack: {
    label: '退货时积分不够扣怎么办',
    values: {
      within_balance: '扣到零为止',
      unlimited: '可以扣成负数',
      only_unspent: '只扣这一单还没花掉的',
    },
  },
  points: { label: '积分规则' },
  'points.expiry': {
    label: '积分有效期',
    help: '改了以后，新得的积分按新的算；以前得的，到期日不变。',
  },
  'points.expiry.mode': {
    label: '多久到期',
    values: { never: '不过期', months: '得到以后满几个月', 'next-year-end': '第二年的年底' },
  },
  'points.expiry.months': { label: '几个月', unit: '个月' },
  'points.pendingDays': {
    label: '消费得的积分，几天以后才能用',
    unit: '天',
    help: '退货期内先记为“待到账”，看得到、不能用。填 0 就是马上能用。',
  },
  'points.worthFen': {
    label: '每 100 积分值多少',
    help: '只用来在“欠会员的账”里把积分折成钱，不影响会员怎么用。不填按 1 元算；结过的日子不变。',
    isRare: true,
  },
  'points.noticeDays': {
    label: '到期前几天提醒会员',
    unit: '天',
    help: '在微信里提醒，每个到期日只提醒一次。填 0 就不提醒。',
  },
  'points.backDays': {
    label: '退回来的积分如果已经过期，再给几天',
    unit: '天',
    isRare: true,
  },
  pointsAsMoney: { label: '积分抵钱' },
  'pointsAsMoney.on': { label: '收银时积分可以抵钱', help: '打开以后，收银台和会员的页面上都看得到怎么抵。' },
  'pointsAsMoney.pointsPerYuan': {
    label: '多少积分抵 1 元',
    unit: '分',
    help: '比如填 100，就是 100 积分抵 1 元。',
  },
  'pointsAsMoney.leastPoints': { label: '每次最少用', unit: '分' },
  'pointsAsMoney.stepPoints': {
    label: '按多少分一份来用',
    unit: '分',
    help: '比如填 100，就只能用 100、200、300。一份要正好抵到分：100 积分抵 1 元时，填几都可以；1000 积分抵 1 元时，填 10、20、100。',
  },
  'pointsAsMoney.ceilingBps': {
    label: '每单最多抵百分之几',
    help: '按减掉优惠券以后的金额算，不到一分的舍去。填 100 就是不限。',
  },
  'pointsAsMoney.ceilingFen': { label: '每单最多抵多少', help: '不填就不限。和上面一项比，抵得少的算。' },
  'pointsAsMoney.earns': {
    label: '用积分抵的那部分，也算消费积分',
    help: '不勾，抵掉的钱不再得积分。收银系统要把它报成“积分”这种付款方式。',
  },
  checkIn: { label: '签到送积分' },
  'checkIn.on': { label: '开放签到', help: '打开以后，会员中心里有“签到”，每人每天一次。' },
  'checkIn.firstDay': { label: '第一天给', unit: '分', help: '断了一天，也从这里重新开始。' },
  'checkIn.moreEachDay': { label: '连续签到，每天多给', unit: '分' },
  'checkIn.cap': { label: '一天最多给', unit: '分' },
  ...superWords,
  storedValue: { label: '储值规则' },
  'storedValue.plans': { label: '充值方案', help: '比如“充100得300”。店员充值时选一个。', one: '方案' },
  'storedValue.plans.name': { label: '名称', help: '比如“充100得300”。收银系统按这个名称报充值。' },
  'storedValue.plans.paidFen': { label: '收多少' },
  'storedValue.plans.principalFen': {
    label: '其中到账本金',
    help: '本金可以退给顾客。“充100得300”要是 300 都不能退，这里填 0，下面填 300。',
  },
  'storedValue.plans.bonusFen': { label: '到账赠送', help: '赠送只能花，不能退。' },
  'storedValue.spendFirst': {
    label: '先花哪一部分',
    values: { principal: '先花本金', bonus: '先花赠送', 'in-proportion': '按比例一起花' },
  },
  'storedValue.ceilingPercent': {
    label: '每次最多用这单的百分之几',
    unit: '%',
    help: '按减掉优惠券以后的金额算，不到一分的舍去。填 100 就是不限。',
  },
  ...fileSettingsWords,
  ...levelWords,
  ...referralWords,
  firstSellerOwns: {
    label: '没有导购的会员，归第一个接待的导购',
    help: '不勾就等会员自己扫导购码。',
  },
  nobody: {
    label: '散客号',
    help: '收银机给没有会员卡的顾客统一填的卡号或手机号，一行一个。填了这些号的小票不记到任何会员名下。',
    isRare: true,
  },
  historyAfterDays: {
    label: '导入的文件里，多久以前的算历史单据',
    unit: '天',
    help: '历史单据只进统计和购买记录，不发奖、不通知。',
    isRare: true,
  },
  wechat: { label: '公众号自动回复', help: slots },
  'wechat.welcome': { label: '关注后的欢迎语' },
  'wechat.welcomeByAssociate': { label: '扫导购码关注的欢迎语' },
  'wechat.welcomeBack': { label: '会员再次关注' },
  'wechat.alreadyBound': { label: '已经有导购的人又扫导购码' },
  'wechat.bound': { label: '扫码绑上导购时' },
  'wechat.keywords': { label: '关键词回复', one: '关键词' },
  'wechat.keywords.match': {
    label: '怎么算对上',
    help: '“话里有这个词”：写“几点关门”，问“你们几点关门”也会回。“整句就是这个词”：多一个字也不回。',
    values: { contains: '话里有这个词', exact: '整句就是这个词' },
  },
  'wechat.keywords.words': { label: '词', help: '一行一个。' },
  'wechat.keywords.reply': { label: '回复' },
  'wechat.fallback': { label: '别的话怎么回', help: '不填就不回。' },
  'wechat.wecomWelcome': { label: '企业微信好友欢迎语', isRare: true },
  'wechat.clicks': { label: '菜单按钮的回复', one: '回复', isRare: true },
  'wechat.clicks.~name': { label: '按钮的 key', help: '和“公众号菜单”里“回哪一段”填的一样。' },
  'wechat.clicks.~value': { label: '回复' },
  ...notice(
    'wechatTemplates',
    '模板消息',
    '要发哪种通知，就在公众号后台选一个模板，把编号和每一栏填在这里。没填的通知不用模板发。',
  ),
  ...notice('wechatSubscriptions', '订阅通知', '和模板消息一样填，编号是订阅通知的。'),
  sms: { label: '短信' },
  'sms.on': { label: '发短信' },
  'sms.signName': { label: '签名', help: '短信服务商审过的签名，不带【】。' },
  'sms.templates': {
    label: '短信模板',
    help: '活动消息填了也还不会发：要会员同意才能发，让会员同意的页面还没有。',
    one: '模板',
  },
  'sms.templates.~name': { label: '哪一种短信' },
  'sms.templates.id': { label: '模板编号', help: '短信服务商给的，比如 SMS_465000000。' },
  'sms.templates.params': { label: '变量', help: '模板里有几个变量，这里就加几个。', one: '变量' },
  'sms.templates.params.~name': { label: '变量名', help: '照模板里的写，比如 code。' },
  'sms.templates.params.~value': { label: '放什么' },
  payout: { label: '提现' },
  'payout.mode': { label: '会员的余额', values: { wallet: '只在店里用', transfer: '可以提到微信零钱' } },
  'payout.minFen': { label: '一次最少' },
  'payout.maxFen': { label: '一次最多' },
  'payout.perMemberDayFen': { label: '每人每天最多' },
  'payout.perDayFen': { label: '全店每天最多' },
  'payout.sceneId': {
    label: '转账场景编号',
    help: '微信支付商户平台里的编号，现金营销是 1000。',
    isRare: true,
  },
  'payout.reports': { label: '场景报备信息', help: '和商户平台登记的一样。', one: '报备项', isRare: true },
  'payout.reports.infoType': { label: '名称' },
  'payout.reports.infoContent': { label: '内容' },
  'payout.remark': { label: '转账备注', help: '会员在微信里看到的。', isRare: true },
  'payout.perception': { label: '收款感知', isRare: true },
  domainFiles: {
    label: '域名验证文件',
    help: '微信或企业微信让您放在网站根目录的文件。',
    one: '文件',
  },
  'domainFiles.~name': { label: '文件名', help: '比如 MP_verify_aBc123.txt。' },
  'domainFiles.~value': { label: '文件里的那一行字' },
};
