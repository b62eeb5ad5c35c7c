/** 群发的说法: whom it is for, how it stands, and what WeChat has said of it. */
import type { MassAudience, MassMessage, MassPage } from '../../../../../schema/index.ts';
import { count } from '../../kit/format.ts';
import type { Tone } from '../../kit/parts.tsx';
import type { FormWords } from '../../form/words.ts';

export const massStateWords: Readonly<Record<MassMessage['state'], { label: string; tone: Tone }>> = {
  waiting: { label: '等着发', tone: 'wait' },
  sending: { label: '正在发', tone: 'good' },
  done: { label: '发完了', tone: 'plain' },
  stopped: { label: '停了', tone: 'stop' },
};

export const massPageWords: Readonly<Record<MassPage['state'], string>> = {
  pending: '等着交给微信',
  sent: '微信收下了',
  refused: '没有发',
  unsure: '不确定微信收到没有',
};

export const massSaid = {
  lead: '一段话或一篇图文，一次发给很多粉丝。微信规定每个人一个月最多收到四条群发，晚上 9 点到早上 9 点不发。',
  empty: '还没有群发过。比如：会员日前一天，给全部粉丝发一句“明天满188抽红包”。',
  managers: '只有老板能群发。',
  formLead: '这一步还不会发。下一页写着有多少人收得到、手机上什么样，确认以后才发。',
  noAccount: '店里还没有接公众号，群发发不出去。',
  noDrafts: '没有问到公众号的草稿箱，现在只能发一段话。过一会儿再打开这一页试试。',
  nobody: '没有人收得到：这样的粉丝一个也没有，或者这个月都已经收满四条。换一群人再看。',
  loneText:
    '只有一个人收得到。微信群发至少要两个人，会改用客服消息发给她：她 48 小时内和公众号说过话才收得到。',
  loneArticle: '只有一个人收得到，微信群发图文至少要两个人，发不出去。',
  counted: '人数是店里记得的粉丝。早就关注、从来没有和公众号来往过的人，微信没有告诉过我们，不在里面。',
  atNight: '您选的时间在晚上 9 点到早上 9 点之间，不打扰顾客，等到早上再发。',
  paging: '在后台一批一批地发，关掉这一页也会发完。人多的时候晚上 9 点没发完的，第二天早上接着发。',
  unreported: '微信报告得慢，一般几分钟，人多时要更久。',
};

export const massWords: FormWords = {
  text: { label: '写一段话', help: '最多 600 个字。要发图文就空着，在下面选。' },
  mediaId: {
    label: '或者发一篇图文',
    help: '先在公众号后台的“草稿箱”里写好，这里选。最新的 20 篇都在。',
  },
  to: { label: '发给谁' },
  'to.~shape': {
    label: '发给谁',
    values: {
      all: '全部粉丝',
      tag: '有某个标签的会员',
      group: '一个会员分组',
      storeId: '一家门店的会员',
      openids: '按微信编号',
      memberIds: '按会员编号',
    },
  },
  'to.tag': { label: '标签', help: '照会员资料里的写，比如“双胞胎”。' },
  'to.group': { label: '哪个分组' },
  'to.storeId': { label: '哪家门店' },
  'to.openids': { label: '微信编号' },
  'to.memberIds': { label: '会员编号' },
  at: { label: '什么时候发', help: '不填就是马上。最多提前 30 天；晚上 9 点到早上 9 点不发，等到早上。' },
};

/** Names of what it names, where they are known. */
export function massAudienceWords(audience: MassAudience, nameOf: (id: string) => string): string {
  if ('all' in audience) return '全部粉丝';
  if ('tag' in audience) return `有标签“${audience.tag}”的会员`;
  if ('group' in audience) return `分组“${nameOf(audience.group)}”`;
  if ('storeId' in audience) return `${nameOf(audience.storeId)}的会员`;
  const listed = 'openids' in audience ? audience.openids : audience.memberIds;
  return listed.length > 0 ? `名单上的 ${count(listed.length)} 人` : '名单上的人';
}
