/** The world of a group: everything its events may look at, read in one batch and folded in memory. */
import type {
  Account,
  Associate,
  AssociateId,
  CampaignCounter,
  CampaignId,
  Coupon,
  CouponId,
  Fan,
  FanWindow,
  Grant,
  IdentityKey,
  Member,
  MemberCounter,
  MemberId,
  MemberTag,
  PayoutDay,
  Product,
  Recharge,
  RechargeId,
  Refund,
  Reminder,
  Sale,
  SaleId,
  SaleLine,
  Scene,
  Sku,
  Store,
  StoreId,
  TemplateId,
  Transfer,
  CouponTemplateCounter,
} from '../../schema/index.ts';
import type { CompiledCampaign } from './campaigns/campaigns.ts';
import type { Config } from './config.ts';
import type { Seed } from './plain/random.ts';

/** The last row of an account: the next posting builds on it. */
export type Head = { readonly seq: number; readonly balance: number; readonly credited: number };

export const emptyHead: Head = { seq: 0, balance: 0, credited: 0 };

export type World = {
  readonly config: Config;
  /** When the group is being decided; campaigns in force are those in force now. */
  readonly now: number;
  readonly members: Map<MemberId, Member>;
  readonly identities: Map<IdentityKey, MemberId>;
  /** The same, the other way round. */
  readonly keysOf: Map<MemberId, Set<IdentityKey>>;
  readonly heads: Map<string, Head>;
  readonly memberCounters: Map<string, MemberCounter>;
  readonly campaignCounters: Map<CampaignId, CampaignCounter>;
  readonly templateCounters: Map<TemplateId, CouponTemplateCounter>;
  readonly sales: Map<SaleId, Sale>;
  /** As sold: what came back is in refunds. */
  readonly lines: Map<SaleId, readonly SaleLine[]>;
  readonly refunds: Map<SaleId, readonly Refund[]>;
  readonly recharges: Map<RechargeId, Recharge>;
  readonly grants: Map<string, readonly Grant[]>;
  readonly coupons: Map<CouponId, Coupon>;
  readonly tags: Map<string, MemberTag>;
  /** By `reminderKey`. */
  readonly reminders: Map<string, Reminder>;
  readonly products: Map<Sku, Product>;
  readonly associates: Map<AssociateId, Associate>;
  readonly fans: Map<string, Fan>;
  /** By openid and act. */
  readonly windows: Map<string, FanWindow>;
  readonly scenes: Map<string, Scene>;
  /** By bill number: those an event speaks of, and those under way for sales that are looked at in depth. */
  readonly transfers: Map<string, Transfer>;
  readonly payoutDays: Map<string, PayoutDay>;
  /** Stores that a sale named and the configuration does not know yet. */
  readonly newStores: Map<StoreId, Store>;
  /** Campaign versions that were in force when a sale of this group was first decided, and no longer are. */
  readonly pastCampaigns: readonly CompiledCampaign[];
  /** One seed for each sale and event, so that chance is data like everything else. */
  readonly seeds: ReadonlyMap<string, Seed>;
};

/** Ids hold no line break, so a joined key cannot be read two ways. */
export const pairKey = (first: string, second: string): string => `${first}\n${second}`;

export const reminderKey = ({
  memberId,
  planId,
  subject,
}: Pick<Reminder, 'memberId' | 'planId' | 'subject'>): string => `${memberId}\n${planId}\n${subject}`;

export const headOf = (world: World, memberId: MemberId, account: Account): Head =>
  world.heads.get(pairKey(memberId, account)) ?? emptyHead;

export function seedOf(world: World, cause: string): Seed {
  const seed = world.seeds.get(cause);
  if (!seed) throw new Error(`no seed was loaded for ${cause}`);
  return seed;
}

export function openidOf(world: World, memberId: MemberId): string | null {
  for (const key of world.keysOf.get(memberId) ?? []) {
    if (key.startsWith('openid:')) return key.slice('openid:'.length);
  }
  return null;
}

/** A row that has to be there: load reads whatever an event can name. */
export function known<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw new Error(`${id} was not loaded`);
  return row;
}
