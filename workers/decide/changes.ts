/** What a fold has touched: apply writes exactly that. */
import type {
  AssociateId,
  CampaignId,
  CouponId,
  IdentityKey,
  MemberId,
  Posting,
  Refund,
  SaleId,
  Sku,
  StoreId,
  TemplateId,
} from '../../schema/index.ts';
import type { QueuedMessage } from './effects.ts';

/** What a fold has changed. Keys name rows of the world as it stands at the end; lists are appended in order. */
export type Changes = {
  readonly members: Set<MemberId>;
  readonly merges: { readonly from: MemberId; readonly into: MemberId }[];
  readonly identities: Map<IdentityKey, MemberId | null>;
  readonly sales: Set<SaleId>;
  readonly soldLines: Set<SaleId>;
  readonly refunds: Refund[];
  readonly postings: Posting[];
  readonly campaignCounts: Map<CampaignId, { times: number; spentFen: number }>;
  readonly templateCounts: Map<TemplateId, number>;
  readonly memberCounters: Set<string>;
  readonly grants: Set<string>;
  readonly coupons: Set<CouponId>;
  readonly tags: Set<string>;
  readonly reminders: Set<string>;
  readonly messages: QueuedMessage[];
  readonly stores: Set<StoreId>;
  readonly associates: Set<AssociateId>;
  readonly products: Set<Sku>;
};

export const noChanges = (): Changes => ({
  members: new Set(),
  merges: [],
  identities: new Map(),
  sales: new Set(),
  soldLines: new Set(),
  refunds: [],
  postings: [],
  campaignCounts: new Map(),
  templateCounts: new Map(),
  memberCounters: new Set(),
  grants: new Set(),
  coupons: new Set(),
  tags: new Set(),
  reminders: new Set(),
  messages: [],
  stores: new Set(),
  associates: new Set(),
  products: new Set(),
});
