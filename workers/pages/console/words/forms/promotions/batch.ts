/** 领券批次的说法. */
import type { CodeState } from '../../../../../commands/coupons/list-codes.ts';
import type { FormWords } from '../../../form/words.ts';

export const batchKinds = { link: '链接', codes: '券码' } as const;

export const batchWords: FormWords = {
  kind: {
    label: '怎么领',
    values: {
      link: '链接（一个地址，谁打开都能领，可以印成二维码）',
      codes: '券码（一张纸一个码，每个码只能领一次）',
    },
  },
  name: { label: '名称', help: '只有店里看得到，比如“开业传单”。' },
  templateId: { label: '领哪一张券' },
  total: { label: '一共', help: '领完就没有了；不填就不限。', unit: '张' },
  count: { label: '印多少个码', help: '最多 10000 个；用多少张纸就印多少个。', unit: '个' },
  perMember: { label: '每人限领', help: '不填就是 1 张；券自己的限制另外算。', unit: '张' },
  from: { label: '什么时候开始领', help: '不填，现在就能领。' },
  to: { label: '领到什么时候为止', help: '不填，就一直能领，直到您作废。' },
  storeId: { label: '哪家门店的', help: '“只在领券的门店用”的券，领到就只能在这家用；不选就不限。' },
  placements: {
    label: '投放点',
    help: '传单、海报、货架各放一个，就知道哪里领得多；一个都没有，就只有一个地址。',
    one: '投放点',
  },
  'placements.name': { label: '放在哪里', help: '比如“小区传单”。' },
  'placements.storeId': { label: '哪家门店的', help: '不选就和上面一样。' },
};

export const codeStateWords: Readonly<Record<CodeState, string>> = {
  printed: '没有领',
  'called-off': '已作废',
  closed: '过了领取时间',
  held: '已领，没有用',
  used: '已用',
  revoked: '已收回',
  over: '已领，过期没有用',
  gone: '已领（会员已注销）',
};
