/** 积分商城的说法. */
import type { FormWords } from '../../form/words.ts';

export const exchangeItemWords: FormWords = {
  name: { label: '名称', help: '会员看到的，比如“68 元券”“30 元玩具”“60 阳光小镇币”。' },
  templateId: {
    label: '换到哪一张券',
    help: '换东西、换别家的币，就先建一张“礼品券”：会员凭它到店里拿，拿走时核销。',
  },
  points: { label: '要多少积分', unit: '分' },
  stock: { label: '一共能换', help: '换完就没有了，以前换走的也算在里面；不填就不限。', unit: '份' },
  perMember: { label: '每人限换', help: '不填就不限；券自己的限制另外算。', unit: '份' },
  from: { label: '什么时候开始换', help: '不填，现在就能换。' },
  to: { label: '换到什么时候为止', help: '不填，就一直能换，直到下架。' },
  enabled: { label: '上架' },
};

export const exchangeWords: FormWords = {
  itemId: { label: '换什么', help: '积分不够的、换完的，也列在这里，换的时候会说为什么不行。' },
  storeId: {
    label: '在哪家店',
    help: '“只在领券的门店用”的券，换到就只能在这家用；不选就是会员自己的门店。',
  },
};

export const exchangeUndoWords: FormWords = {
  exchangeId: { label: '撤销哪一笔', help: '只有一天以内、券还没用掉的才能撤销。' },
  reason: { label: '原因', help: '会记在操作记录里，比如“换错了，要的是玩具”。' },
};
