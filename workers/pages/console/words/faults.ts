/** 填错了的说法, by what the schemas and commands say in English. A test finds those that are missing. */

/** Keys are the messages of our own checks. */
export const customFaults: Readonly<Record<string, string>> = {
  'must be later than from': '结束时间要晚于开始时间。',
  'only a manager or a cashier is bound to stores': '只有店长和收银员需要选门店。',
  'is not an IANA timezone, such as Asia/Shanghai': '时区不认识，请填 Asia/Shanghai 这样的名字。',
  'must not contain control characters': '里面有看不见的字符，请重新输入。',
  'has nothing that can be seen': '里面没有看得见的字，请重新输入。',
  'a code that binds an associate must expire': '绑定导购的码不能是永久的。',
};

/** Keys are the codes of refusals. */
export const problemWords: Readonly<Record<string, (numbers: Readonly<Record<string, number>>) => string>> = {
  changed_meanwhile: () => '别人刚刚也改了它，请刷新后再改一次。',
  limit_below_used: ({ limit = 0, used = 0 }) => `不能改成 ${limit}：已经用掉 ${used} 了。`,
  unknown_campaign: () => '这个活动不在了。',
  unknown_template: () => '这张券不在了。',
  unknown_plan: () => '这个提醒方案不在了。',
  POINTS_SHORT: ({ have = 0, need = 0 }) => `不够减：现在只有 ${have} 分，要减 ${need} 分。`,
  NO_MEMBER: () => '这位会员已经注销，或者并到了另一位名下。',
  not_decided: () => '刚才没有办成，请再点一次，不会重复。',
  last_owner: () => '至少要留一位老板。先让另一位同事当老板，再改这一位。',
  unknown_person: () => '这个人不在了。',
};
