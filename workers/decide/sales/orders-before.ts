/** 第几单: how many purchases a member had made when a sale was first told as theirs. What happens later does not change it. */
import type { Member, Sale } from '../../../schema/index.ts';

export const ordersBefore = (known: Sale | undefined, member: Member): number =>
  known?.memberId === member.id ? known.ordersBefore : member.orders;
