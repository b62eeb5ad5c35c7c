/** 会员累计: orders, money spent, first and last visit, and who served them. */
import { salesInHour } from '../../members/everybody.ts';
import type { Settler } from './define.ts';

export const memberTotals: Settler = ({ config }, { sale, member, before, after, occasion }) => {
  const { firstSellerOwns } = config.settings;
  const orders = member.orders + (after.isKept ? 1 : 0) - (before.isKept ? 1 : 0);
  const settled = {
    ...member,
    orders: Math.max(0, orders),
    spentFen: Math.max(0, member.spentFen + after.keptFen - before.keptFen),
    firstAt: member.firstAt === null ? sale.occurredAt : Math.min(member.firstAt, sale.occurredAt),
    lastAt: member.lastAt === null ? sale.occurredAt : Math.max(member.lastAt, sale.occurredAt),
    salesInHour: occasion === 'sale' ? salesInHour(member, sale) : member.salesInHour,
    // 无主会员: whoever serves them is a suggestion; a scan, a link or the office decides.
    associateId: member.associateId ?? (firstSellerOwns ? sale.associateId : null),
    sellerId: member.sellerId ?? sale.associateId,
    storeId: member.storeId ?? sale.storeId,
  };
  return [{ type: 'member.put', member: settled }];
};
