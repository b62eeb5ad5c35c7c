/** 会员累计: orders, money spent, first and last visit, and who served them. */
import { standIn } from '../../members/stand-in.ts';
import { salesInHour } from '../../members/everybody.ts';
import type { Settler } from './define.ts';

export const memberTotals: Settler = (world, { sale, member, before, after, occasion }) => {
  const { firstSellerOwns } = world.config.settings;
  const sellerId = standIn(world, sale.associateId);
  const orders = member.orders + (after.isKept ? 1 : 0) - (before.isKept ? 1 : 0);
  const settled = {
    ...member,
    orders: Math.max(0, orders),
    spentFen: Math.max(0, member.spentFen + after.keptFen - before.keptFen),
    firstAt: member.firstAt === null ? sale.occurredAt : Math.min(member.firstAt, sale.occurredAt),
    lastAt: member.lastAt === null ? sale.occurredAt : Math.max(member.lastAt, sale.occurredAt),
    salesInHour: occasion === 'sale' ? salesInHour(member, sale) : member.salesInHour,
    // 无主会员: whoever serves them is a suggestion; a scan, a link or the office decides.
    associateId: member.associateId ?? (firstSellerOwns ? sellerId : null),
    sellerId: member.sellerId ?? sellerId,
    storeId: member.storeId ?? sale.storeId,
  };
  return [{ type: 'member.put', member: settled }];
};
