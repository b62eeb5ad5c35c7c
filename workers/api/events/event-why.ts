/** 为什么: what became of an event, in words for whoever runs the shop; the note behind it is for whoever runs the till. */
import type { InboxEvent } from '../../../schema/index.ts';
import { maskText } from '../call/mask.ts';

/** Notes are written where the decision is made; here the first that fits is put into the shop's words. */
const ignored: readonly (readonly [RegExp, string])[] = [
  [/^ping$/, '这是一次连通测试，接口是通的。'],
  [/^a test event/, '发送方把它标为测试数据：只存档，不处理。'],
  [/^type (\S+) is not one we act on/, '“$1”这类数据与会员营销无关：只存档，不处理。'],
  [/^order (.+) version (.+) is already known/, '订单 $1（版本 $2）之前已经处理过，内容相同，不会重复计算。'],
  [/^version (.+) is older than (.+)/, '这是旧版本（$1），之前已处理过更新的版本（$2）。'],
  [/^refund (.+) is already known/, '退货单 $1 之前已经处理过，不会重复扣减。'],
  [
    /^refund (.+) version (.+) is older than (.+)/,
    '这是退货单 $1 的旧版本（$2），之前已处理过更新的版本（$3）。',
  ],
  [/^recharge (.+) is already known/, '充值单 $1 之前已经入账，不会重复入账。'],
  [/^told in full as (\S+)/, '这条通知只带单号；已向对方系统取回完整内容，见事件 $1。'],
  [/^order (.+) is already void/, '订单 $1 之前已经作废。'],
  [/^nothing new about this/, '内容与已有资料相同，没有变化。'],
  [/^no member has this identity|^data\.from names no member/, '会员系统里没有这位会员，不需要处理。'],
  [/^both are already one member/, '这两个会员号本来就是同一个人。'],
  [/^product (.+) is (not known|already removed)/, '商品 $1 不在资料里，不需要下架。'],
  [/^kept for the record/, '只存档备查，没有需要做的事。'],
];

const parked: readonly (readonly [RegExp, string])[] = [
  [/^source (\S+) is no longer set up/, '数据来源 $1 没有登记；重新登记后点“重放”。'],
  [
    /^order (.+) came again with version (.+) but other content/,
    '订单 $1 的版本 $2 收到了两份不同的内容，无法判断以哪份为准；请让收银系统把版本号加一后重发。',
  ],
  [
    /^refund (.+) came again with version (.+) but other content/,
    '退货单 $1 的版本 $2 收到了两份不同的内容，没有改动已处理的那份；请让收银系统把版本号加一后重发，或核对后手工调整积分。',
  ],
  [
    /^refund (.+) was taken back before, without order/,
    '退货单 $1 之前按“无原单”处理过，这次不会重复扣减；请核对后手工调整积分。',
  ],
  [
    /^refund (.+) names no order and came again/,
    '无原单退货 $1 又收到一份不同的内容，无法判断该补扣多少；请核对后手工调整积分。',
  ],
  [
    /^recharge (.+) came again for another member/,
    '充值单 $1 之前记在另一位会员名下，没有改动；请在收银系统里用新的单号更正。',
  ],
  [
    /^recharge (.+) came again with/,
    '充值单 $1 之前入账的金额与这次不同，没有改动；请在收银系统里用新的单号更正。',
  ],
  [
    /^source (\S+) signs weakly, and (\d+) of its events of (\S+) were decided/,
    '数据来源 $1 的签名较弱，$3 已处理到每日上限 $2 条；请核对这条是否属实，属实就调高 effectsPerDayMax 后点“重放”。',
  ],
  [/^read-back-needed: \S+ (\S+)/, '这条通知只带单号 $1；要向对方系统取回完整内容后才能处理。'],
  [/^read-back failed/, '向对方系统取回完整内容失败了几次，已停止；请检查来源的拉取设置，改好后点“重放”。'],
  [
    /names? no usable identity/,
    '没有可用的会员标识：至少要有会员号、卡号、unionid、openid 或完整手机号之一。',
  ],
  [/lineNo (\S+) stands twice/, '商品行号 $1 重复：请让收银系统给每行不同的行号。'],
  [/^gave up after (\d+) attempts/, '处理了 $1 次都中断了，已停止重试；请把这条发给技术支持。'],
  [/settings of source (\S+) cannot be used/, '数据来源 $1 的设置有误；改好后点“重放”。'],
  [/^the mapping|^no rule/, '字段映射还没有覆盖这种数据；补好映射后点“重放”。'],
  [/stands twice with different values/, '同一个字段出现了两次且值不同，无法判断以哪个为准。'],
  [/cannot be (read|decoded)|could not be read/, '内容无法读取：编码或格式不对。'],
  [/^lost the race/, '同一时间改动太多，没有写成；请点“重放”。'],
  [/^([\w.[\]]+: .+)$/s, '内容有缺失或格式不对（$1）。请让发送方改正，或补好映射后点“重放”。'],
];

export function whyOf({ state, note, body, waitsFor }: InboxEvent): string {
  const told = note === null ? '' : maskText(note);
  switch (state) {
    case 'received':
      return '已收到，正在排队处理。';
    case 'done':
      return body === '' ? '已处理。原始内容已按保留期限清空，不能再次处理。' : '已处理完成。';
    case 'ignored':
      return worded(ignored, told) ?? `系统判断不需要处理：${told}`;
    case 'parked':
      return worded(parked, told) ?? `处理时出错，已暂停：${told}`;
    case 'waiting':
      return told.startsWith('overdue:')
        ? `等销售单 ${waitsFor ?? ''} 已超过 72 小时；请让收银系统补传这张销售单，补到后会自动处理。`
        : `它对应的销售单 ${waitsFor ?? ''} 还没有到；销售单一到就会自动处理。`;
    default:
      return state satisfies never;
  }
}

function worded(words: typeof ignored, note: string): string | null {
  for (const [shape, sentence] of words) {
    const found = shape.exec(note);
    if (found) return sentence.replaceAll(/\$(\d)/g, (_, place: string) => found[Number(place)] ?? '');
  }
  return null;
}
