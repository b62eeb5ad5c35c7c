/** 聊天的说法. */
import type { Spoken } from '../../../db/conversations/thread-messages.ts';
import type { FormWords } from '../form/words.ts';

export const answerWords: FormWords = {
  text: { label: '回复', help: '会以公众号的身份发给对方，最多 600 字。' },
};

export const tryWords: FormWords = {
  text: { label: '顾客说', help: '比如“积分”“几点关门”。按还不是会员的粉丝来试。' },
};

export const tryLead = '只是试，不会真的发出去。自动回复由老板在“设置 · 店铺 · 公众号自动回复”里改。';

export const answeredByWords = {
  keyword: '关键词自动回复',
  fallback: '没对上关键词，用默认的话回',
  associate: '转给她的导购',
  nobody: '没有人，也没有自动回复',
} as const;

export const takeOverSaid = {
  lead: '店里开始用回客以后，公众号后台自己的菜单和自动回复就停了。原来写的在这里，要哪一部分就点哪一部分；存下来还能改。',
  left: '图文、图片、语音、视频要在公众号后台另存，这里只带文字、网页和小程序。',
  replaces: '已经有一份菜单草稿，接过来会换掉它。粉丝看到的菜单不变，发布以后才变。',
  welcome: '原来的欢迎语里没有注册链接：用它的话，在后面加上“点这里注册会员：{注册链接}”。',
  exact: '整句就是这个词',
  contains: '话里有这个词',
} as const;

export const channelNames: Readonly<Record<string, string>> = {
  wechat: '微信',
  phone: '电话',
  store: '到店',
  office: '办公室',
  sms: '短信',
};

export function deliveryWords({ state, arrival, lastError }: NonNullable<Spoken['delivery']>): string {
  if (arrival === 'delivered') return '已送达';
  if (arrival === 'blocked') return '被对方拒收';
  if (arrival === 'failed') return '没有送到';
  if (state === 'sent') return '已发出';
  return state === 'pending' ? '正在发' : `没发成：${lastError ?? '原因不明'}`;
}
