/** What an event may look at: load reads exactly this, for a whole group at once. */
import type { AssociateId, DomainEvent, IdentityKey, MemberId, SaleId, Sku } from '../../schema/index.ts';
import { orphanSaleId, seedCause } from './causes.ts';
import { identityKeys } from './identities.ts';

export type Needs = {
  readonly identities: ReadonlySet<IdentityKey>;
  readonly members: ReadonlySet<MemberId>;
  readonly sales: ReadonlySet<SaleId>;
  /** Sales told in this group: whatever waits for them comes along. */
  readonly awaited: ReadonlySet<SaleId>;
  /** True when a sale's past matters: its lines, refunds, grants and coupons. */
  readonly isDeep: boolean;
  readonly skus: ReadonlySet<Sku>;
  readonly associates: ReadonlySet<AssociateId>;
  readonly seeds: ReadonlySet<string>;
};

export function needsOf(events: readonly DomainEvent[]): Needs {
  const identities = new Set<IdentityKey>();
  const members = new Set<MemberId>();
  const sales = new Set<SaleId>();
  const awaited = new Set<SaleId>();
  const skus = new Set<Sku>();
  const associates = new Set<AssociateId>();
  const seeds = new Set<string>();
  let isDeep = false;
  const identify = (event: DomainEvent, ref: Parameters<typeof identityKeys>[0]): void => {
    for (const key of identityKeys(ref, event.namespace)) identities.add(key);
  };
  for (const event of events) {
    seeds.add(seedCause(event));
    switch (event.type) {
      case 'sale.completed':
        identify(event, event.data.member);
        sales.add(event.saleId);
        awaited.add(event.saleId);
        // The edge has checked these forms; a set of ids is all that is made of them here.
        for (const { sku } of event.data.lines) skus.add(sku as Sku);
        if (event.data.associate) associates.add(event.data.associate.id as AssociateId);
        break;
      case 'refund.completed':
        identify(event, event.data.member);
        sales.add(event.saleId ?? orphanSaleId(event));
        if (event.data.scope === 'no_original') sales.add(orphanSaleId(event));
        for (const { sku } of event.data.lines) skus.add(sku as Sku);
        isDeep = true;
        break;
      case 'sale.voided':
        sales.add(event.saleId);
        isDeep = true;
        break;
      case 'member.created':
      case 'member.updated':
      case 'member.deleted':
        identify(event, event.data);
        break;
      case 'member.merged':
        identify(event, event.from);
        identify(event, event.into);
        break;
      case 'member.registered':
        members.add(event.memberId);
        break;
      case 'product.upserted':
        skus.add(event.data.sku as Sku);
        break;
      case 'product.removed':
        skus.add(event.sku);
        break;
      case 'reminder.due':
        members.add(event.memberId);
        skus.add(event.sku);
        break;
      case 'ping':
        break;
      default:
        event satisfies never;
    }
  }
  return { identities, members, sales, awaited, isDeep, skus, associates, seeds };
}
