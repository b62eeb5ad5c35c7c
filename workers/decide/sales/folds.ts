/** Folds the effects that concern a sale: the sale with its lines, its refunds and its grants. */
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { pairKey, type World } from '../world.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const saleFolds = {
  'sale.put': (world: World, changes: Changes, { sale, lines }: Of<'sale.put'>): void => {
    world.sales.set(sale.id, sale);
    changes.sales.add(sale.id);
    if (!lines) return;
    world.lines.set(sale.id, lines);
    changes.soldLines.add(sale.id);
  },
  'points.differ': (): void => {},
  'refund.put': (world: World, changes: Changes, { refund }: Of<'refund.put'>): void => {
    const known = world.refunds.get(refund.saleId) ?? [];
    const others = known.filter(({ refundNo }) => refundNo !== refund.refundNo);
    world.refunds.set(refund.saleId, [...others, refund]);
    changes.refunds.set(pairKey(refund.saleId, refund.refundNo), refund);
  },
  'grant.put': (world: World, changes: Changes, { grant }: Of<'grant.put'>): void => {
    const known = world.grants.get(grant.cause) ?? [];
    const others = known.filter(({ campaignId }) => campaignId !== grant.campaignId);
    world.grants.set(grant.cause, [...others, grant]);
    changes.grants.add(pairKey(grant.cause, grant.campaignId));
  },
};
