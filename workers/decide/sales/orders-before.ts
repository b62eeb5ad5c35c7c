/** 第几单: how many purchases the member had made when the sale first became theirs. Later events do not change it. */
import type { Member, Sale } from '../../../schema/index.ts';

export const ordersBefore = (known: Sale | undefined, member: Member): number =>
  known?.memberId === member.id ? known.ordersBefore : member.orders;
