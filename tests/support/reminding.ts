/** What reminders follow from, without a shop: a member, and a sale of theirs as it is settled. */
import type { Member, MemberId, Sale, SaleId, StoreId } from '../../schema/index.ts';
import { indexCampaigns } from '../../workers/decide/campaigns/campaign-index.ts';
import type { Change } from '../../workers/decide/reminders/define.ts';
import { saleLines } from '../../workers/decide/sales/sale-lines.ts';
import { nothing, positionOf } from '../../workers/decide/sales/settle.ts';
import { generic } from '../decide/as-domain.ts';
import { at, product, sale, type SaleGiven } from './builders.ts';

/** 段位 as one brand has them. */
export const milkStages = [
  { name: '1段', fromDays: 0 },
  { name: '2段', fromDays: 180 },
  { name: '3段', fromDays: 365 },
  { name: '4段', fromDays: 1_095 },
];
export const nappySizes = [
  { name: 'NB', fromDays: 0 },
  { name: 'S', fromDays: 30 },
  { name: 'M', fromDays: 120 },
  { name: 'L', fromDays: 270 },
  { name: 'XL', fromDays: 540 },
];
export const useStages = { milk: milkStages, nappy: nappySizes };

/** A mother with one child, known since the first of November. */
export const mother = (given: Partial<Member> = {}): Member => ({
  id: 'm1' as MemberId,
  name: '李',
  phone: null,
  level: null,
  superUntil: null,
  associateId: null,
  sellerId: null,
  storeId: '8005' as StoreId,
  orders: 0,
  spentFen: 0,
  firstAt: null,
  lastAt: null,
  salesInHour: 0,
  createdAt: at('2026-11-01 10:00'),
  joinedAt: at('2026-11-01 10:00'),
  source: null,
  children: [{ born: '2024-02-29', isExpected: false }],
  birthdayOn: '1990-05-20',
  mergedInto: null,
  deletedAt: null,
  version: 1,
  ...given,
});

export function settled(given: SaleGiven, member = mother()): Change {
  const { saleId: id, data, occurredAt } = generic(sale(given));
  const milk = product();
  const occurredOn = (given.at ?? '2026-11-01').slice(0, 10);
  const sold: Sale = {
    id: id satisfies SaleId,
    memberId: member.id,
    orderNo: data.orderNo,
    version: data.version,
    // Ids of the test till are plain words.
    storeId: data.store.id as StoreId,
    terminal: null,
    associateId: null,
    channel: 'pos',
    occurredAt,
    occurredOn,
    paidFen: data.amounts.paidFen,
    keptFen: data.amounts.paidFen,
    voidedAt: null,
    evaluatedAt: occurredAt,
    isHistory: false,
    points: 0,
    growth: 0,
    marks: {},
    rev: 1,
    pointsLot: null,
    businessOn: null,
    ordersBefore: 0,
    pointsPercent: 100,
  };
  return {
    type: 'sale.settled',
    member,
    at: occurredAt,
    on: occurredOn,
    useStages,
    settlement: {
      sale: sold,
      member,
      before: nothing,
      after: positionOf(sold, saleLines(id, data, new Map([[milk.sku, milk]]))),
      campaigns: indexCampaigns([]),
      cause: `sale:${id}`,
      at: occurredAt,
      occasion: 'sale',
    },
  };
}
