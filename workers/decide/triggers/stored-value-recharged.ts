/** 充值: money was put on the card; called off, what it brought is taken back. */
import { defineTrigger, ofMember } from './define.ts';

export const storedValueRecharged = defineTrigger({
  kind: 'stored_value.recharged',
  label: '会员充值（充多少才送，在条件里选；冲正就收回）',
  gift: '充值礼',
  brings: [...ofMember, 'paidFen'],
  word: 'top-up',
  isNamed: true,
  reversedBy: 'stored_value.reversed',
});
