/** What an event may look at: load reads exactly this, for a whole group at once. */
import type {
  AssociateId,
  DomainEvent,
  IdentityKey,
  MemberId,
  RechargeId,
  SaleId,
  Sku,
} from '../../schema/index.ts';
import { orphanSaleId, seedCause } from './plain/causes.ts';
import { identityKeys } from './members/identities.ts';
import { byKind } from './plain/registry.ts';
import { reminderKinds } from './reminders/index.ts';
import { associateNamed } from './fans/scenes.ts';

export type Needs = {
  readonly identities: ReadonlySet<IdentityKey>;
  readonly members: ReadonlySet<MemberId>;
  readonly sales: ReadonlySet<SaleId>;
  /** Sales told in this group: whatever waits for them comes along. */
  readonly awaited: ReadonlySet<SaleId>;
  readonly recharges: ReadonlySet<RechargeId>;
  /** True when a sale's past matters: its lines, refunds, grants and coupons. */
  readonly isDeep: boolean;
  readonly skus: ReadonlySet<Sku>;
  readonly associates: ReadonlySet<AssociateId>;
  readonly seeds: ReadonlySet<string>;
  /** Followers of the account, with their windows. */
  readonly openids: ReadonlySet<string>;
  readonly scenes: ReadonlySet<string>;
  /** Bill numbers. */
  readonly transfers: ReadonlySet<string>;
  /** Associates by their WeCom accounts. */
  readonly wecomUserIds: ReadonlySet<string>;
};

export function needsOf(events: readonly DomainEvent[]): Needs {
  const identities = new Set<IdentityKey>();
  const members = new Set<MemberId>();
  const sales = new Set<SaleId>();
  const awaited = new Set<SaleId>();
  const recharges = new Set<RechargeId>();
  const skus = new Set<Sku>();
  const associates = new Set<AssociateId>();
  const seeds = new Set<string>();
  const openids = new Set<string>();
  const scenes = new Set<string>();
  const transfers = new Set<string>();
  const wecomUserIds = new Set<string>();
  const meet = (event: DomainEvent, openid: string): void => {
    openids.add(openid);
    identify(event, { openid });
  };
  const scan = (scene: string | null): void => {
    if (scene === null) return;
    scenes.add(scene);
    const named = associateNamed(scene);
    if (named !== null) associates.add(named);
  };
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
        // Also where the sale is named: it may have been told before without it.
        sales.add(orphanSaleId(event));
        if (event.saleId !== null) sales.add(event.saleId);
        for (const { sku } of event.data.lines) skus.add(sku as Sku);
        isDeep = true;
        break;
      case 'sale.voided':
        sales.add(event.saleId);
        isDeep = true;
        break;
      case 'stored_value.recharged':
        identify(event, event.data.member);
        recharges.add(event.rechargeId);
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
        for (const sku of byKind(reminderKinds, event.kind).skusOf(event.subject)) skus.add(sku);
        break;
      case 'fan.followed':
      case 'fan.scanned':
        meet(event, event.openid);
        scan(event.scene);
        break;
      case 'fan.said':
      case 'fan.clicked':
      case 'fan.unfollowed':
      case 'fan.revoked':
        meet(event, event.openid);
        break;
      case 'member.joined':
        identify(event, event);
        if (event.openid !== null) openids.add(event.openid);
        if (event.associateId !== null) associates.add(event.associateId as AssociateId);
        break;
      case 'associate.wrote':
        if (event.openid !== null) meet(event, event.openid);
        if (event.memberId !== null) members.add(event.memberId);
        if (event.associateId !== null) associates.add(event.associateId);
        break;
      case 'customer.added':
        wecomUserIds.add(event.wecomUserId);
        break;
      case 'withdrawal.asked':
        members.add(event.memberId);
        break;
      case 'transfer.changed':
        transfers.add(event.outBillNo);
        break;
      case 'fan.permitted':
      case 'message.arrived':
      case 'ping':
        break;
      default:
        event satisfies never;
    }
  }
  return {
    identities,
    members,
    sales,
    awaited,
    recharges,
    isDeep,
    skus,
    associates,
    seeds,
    openids,
    scenes,
    transfers,
    wecomUserIds,
  };
}
