/** 会员累计: orders, money spent, first and last visit, and whose member it is. */
import type { Settler } from './define.ts';

export const memberTotals: Settler = (_, { sale, member, before, after }) => {
  const orders = member.orders + (after.isKept ? 1 : 0) - (before.isKept ? 1 : 0);
  const settled = {
    ...member,
    orders: Math.max(0, orders),
    spentFen: Math.max(0, member.spentFen + after.keptFen - before.keptFen),
    firstAt: member.firstAt === null ? sale.occurredAt : Math.min(member.firstAt, sale.occurredAt),
    lastAt: member.lastAt === null ? sale.occurredAt : Math.max(member.lastAt, sale.occurredAt),
    // 无主会员: the first associate who serves the member becomes theirs.
    associateId: member.associateId ?? sale.associateId,
    storeId: member.storeId ?? sale.storeId,
  };
  return [{ type: 'member.put', member: settled }];
};
