/** 做了什么: every act that the audit knows, in words. */

export const actWords = {
  'people.first': '第一次登录，成为老板',
  'people.confirm': '在手机上确认登录',
  'people.bind': '绑定微信',
  'people.enter': '新增人员',
  'people.change': '修改人员',
  'people.dismiss': '停用人员',
  'people.link': '发了登录链接',
  'menu.draw': '改公众号菜单的草稿',
  'menu.publish': '发布公众号菜单',
  'menu.withdraw': '撤下公众号菜单',
  'list.export': '下载表格',
  'session.end': '退出一台设备',
  'settings.change': '修改设置',
  'event.replay': '重新处理一个事件',
  'campaign.create': '新建活动',
  'campaign.change': '修改活动',
  'campaign.take-back': '收回活动发出的',
  'template.create': '新建券',
  'batch.create': '新建领券批次',
  'batch.call-off': '作废领券批次里没领的',
  'coupon.redeem': '在柜台核销一张券',
  'coupon.undo': '撤销一次柜台核销',
  'plan.create': '新建提醒方案',
  'plan.change': '修改提醒方案',
  'store.put': '修改门店',
  'associate.put': '修改导购',
  'associate.invite': '邀请导购绑微信',
  'code.create': '新建渠道码',
  'product.put': '修改商品',
  'message.retry': '重新发送一条消息',
  'member.note': '给会员记了一笔',
  'member.write': '回复会员',
  'member.adjust': '手工调整积分',
  'member.forget': '注销会员',
  'member.associate': '更换导购',
  'source.create': '新建来源',
  'import.commit': '导入文件',
  'member.edit': '改会员资料',
  'member.children': '改会员的宝宝',
  'member.tags': '改会员标签',
  'member.rebind': '换绑手机或微信',
  'member.consent': '停掉营销短信',
  'voucher.sell': '卖预售券',
  'voucher.refund': '退预售券',
  'member.merge': '合并会员',
  'member.split': '拆开合并',
  'token.create': '新建令牌',
  'token.revoke': '停用令牌',
} as const;
export type Act = keyof typeof actWords;

/** Of a program, by its method and path. */
export const isCall = (act: string): boolean => /^(PUT|POST|PATCH|DELETE) /.test(act);

export const wordsOfAct = (act: string): string =>
  (actWords as Readonly<globalThis.Record<string, string>>)[act] ?? (isCall(act) ? `接口调用 ${act}` : act);
