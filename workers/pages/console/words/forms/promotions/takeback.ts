/** 收回活动的表单的说法. */
import type { FormWords } from '../../../form/words.ts';

export const takebackWords: FormWords = {
  reason: {
    label: '为什么收回',
    help: '会记在操作记录里，比如“条件写错了，满 1 元就送”。会员看不到这一句。',
  },
  tells: { label: '告诉会员', help: '收回以后，每位会员收到一条：活动发错了，收回了什么。' },
};
