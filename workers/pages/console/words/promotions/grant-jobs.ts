/** 给一群会员发券的说法: whom it is for, how it stands, and what became of each member. */
import type {
  GrantAudience,
  GrantCounts,
  GrantJobState,
  GrantOutcomeKind,
} from '../../../../../schema/index.ts';
import { count } from '../../kit/format.ts';
import type { Tone } from '../../kit/parts.tsx';
import type { FormWords } from '../../form/words.ts';

export const jobStates: Readonly<Record<GrantJobState, { label: string; tone: Tone }>> = {
  draft: { label: '还没确认', tone: 'wait' },
  running: { label: '正在发', tone: 'good' },
  done: { label: '发完了', tone: 'plain' },
  stopped: { label: '停了', tone: 'stop' },
};

export const outcomeNames: Readonly<Record<GrantOutcomeKind, string>> = {
  given: '发到了',
  stock: '没发：这种券发完了',
  perMember: '没发：每人的上限到了',
  perMemberPerDay: '没发：今天每人的上限到了',
  perDay: '没发：今天的数量发完了',
  over: '没发：券已经过期',
  notSuper: '没发：不是超级会员',
  gone: '没发：这种券不在了',
  nobody: '没发：会员注销了或并走了',
  failed: '没发成：请把这一页拍给装系统的人',
};

export const dealtWith = (counts: GrantCounts): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

/** Names of what it names, where they are known. */
export function audienceWords(audience: GrantAudience, nameOf: (id: string) => string): string {
  if ('level' in audience) return `等级是“${audience.level}”的会员`;
  if ('tag' in audience) return `有标签“${audience.tag}”的会员`;
  if ('storeId' in audience) return `${nameOf(audience.storeId)}的会员`;
  if ('associateId' in audience) return `导购${nameOf(audience.associateId)}的会员`;
  if ('memberIds' in audience)
    return audience.memberIds.length > 0
      ? `名单上的 ${count(audience.memberIds.length)} 位会员`
      : '名单上的会员';
  const { id, days } = audience.bought;
  return `最近 ${days} 天买过“${nameOf(id)}”的会员`;
}

const days = { label: '最近多少天', help: '从今天往回算，比如 90。', unit: '天' };

export const grantJobWords: FormWords = {
  to: { label: '发给谁' },
  'to.by': {
    label: '按什么选',
    values: {
      category: '买过某一类商品',
      product: '买过某一个商品',
      level: '会员等级',
      tag: '会员标签',
      store: '门店',
      associate: '专属导购',
      list: '粘贴一份名单',
    },
  },
  'to.category': { label: '哪一类', help: '整单退了的不算买过。' },
  'to.sku': { label: '哪个商品', help: '整单退了的不算买过。' },
  'to.days': days,
  'to.level': { label: '哪个等级' },
  'to.tag': { label: '标签', help: '照会员资料里的写，比如“双胞胎”。' },
  'to.storeId': { label: '哪家门店' },
  'to.associateId': { label: '哪位导购' },
  'to.numbers': { label: '手机号或卡号', help: '一行一个，最多 2000 个；从表格里整列粘贴也可以。' },
  templateId: { label: '发哪一张券', help: '没有合适的，先到“券”里新建一张。' },
  count: { label: '每人几张', unit: '张' },
  reason: { label: '原因', help: '会记在操作记录里，也写在每一张券上，比如“奶粉会员回馈”。' },
  tells: {
    label: '告诉会员',
    help: '券到了，在微信里说一声；晚上 9 点到早上 9 点不打扰，第二天早上再说。联系不上的会员不发。',
  },
};
