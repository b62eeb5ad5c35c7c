/** 接得怎么样的说法: how far a step, a template and a connection have come. */

/** 今天: where a connection needs a hand. */
export const connectionSteps = {
  wechat: {
    title: '公众号还没接好',
    text: '有几项没填，或者填错了。打开看哪几项，怎么办。',
    href: '/console/wechat',
    label: '去看',
  },
  channels: {
    title: '短信或微信支付没接好',
    text: '有几项没填，或者填错了。打开看哪几项，怎么办。',
    href: '/console/channels',
    label: '去看',
  },
  wechatAlert: {
    title: '公众号这一天出过问题',
    text: '原因在下面“这几天的提醒”里。打开再查一次，看现在好了没有。',
    href: '/console/wechat',
    label: '再查一次',
  },
  payAlert: {
    title: '微信支付这一天转不出去',
    text: '原因在下面“这几天的提醒”里。打开再查一次，看现在好了没有。',
    href: '/console/channels',
    label: '再查一次',
  },
} as const;

/** How far a step has come, by its tone. */
export const stepMarks = {
  stop: '要先处理',
  wait: '请看一下',
  good: '正常',
  plain: '现在查不到',
  phone: '请用手机试',
} as const;

export const templateMarks = {
  none: '没有填',
  good: '填好了',
  unsure: '填了，还没查到',
} as const;

/** When a message goes out, by its kind. */
export const noticeTimes: Readonly<Record<string, string>> = {
  'sale-earned': '消费以后，告诉会员付了多少、得了什么',
  joined: '注册成功',
  'transfer-waiting': '提现等会员确认收款',
  'run-out-member': '买的东西快用完了，提醒会员',
  'birthday-member': '生日，祝福会员',
  'points-ending': '积分到期前几天，在“设置 · 积分”里打开',
  'taken-back': '活动发错了，已收回',
  'associate-changed': '导购离职，店里勾了通知会员',
  'chat-associate': '会员说了话，提醒导购',
  'run-out-associate': '快用完了，提醒导购',
  'birthday-associate': '会员生日，提醒导购',
  'stage-up-member': '宝宝该换段了，提醒会员',
  'stage-up-associate': '宝宝该换段了，提醒导购',
  code: '会员注册时的验证码',
  text: '活动送的一句话（营销）',
};
