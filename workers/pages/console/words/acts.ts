/** 做了什么: every act that the audit knows, in words. */

export const actWords = {
  'people.first': '第一次登录，成为老板',
  'people.confirm': '在手机上确认登录',
  'people.bind': '绑定微信',
  'people.enter': '新增人员',
  'people.change': '修改人员',
  'people.dismiss': '停用人员',
  'people.link': '发了登录链接',
  'session.end': '退出一台设备',
  'settings.change': '修改设置',
} as const;
export type Act = keyof typeof actWords;

export const wordsOfAct = (act: string): string =>
  (actWords as Readonly<globalThis.Record<string, string>>)[act] ?? act;
