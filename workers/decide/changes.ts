/** What a fold has touched: apply writes exactly that. */
import type {
  Alert,
  Arrival,
  AssociateId,
  CampaignId,
  Contact,
  CouponId,
  Erasure,
  IdentityKey,
  MassCounts,
  MemberId,
  Posting,
  RechargeId,
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
  /** By sale and number. */
  readonly refunds: Map<string, Refund>;
  readonly recharges: Set<RechargeId>;
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
  readonly fans: Set<string>;
  /** Keys of `world.windows`. */
  readonly windows: Set<string>;
  readonly permissions: PermissionChange[];
  readonly sceneCounts: Map<string, { scans: number; claims: number }>;
  readonly contacts: Omit<Contact, 'seq'>[];
  readonly arrivals: {
    readonly receipt: string;
    readonly arrival: Arrival;
    readonly why: string | null;
    readonly mass?: MassCounts;
  }[];
  /** Followers who left, each with the member they were. */
  readonly fansErased: Map<string, MemberId | null>;
  /** Openids whose raw copies go. */
  readonly copiesErased: Set<string>;
  readonly erasures: Erasure[];
  /** Bill numbers: keys of `world.transfers`. */
  readonly transfers: Set<string>;
  /** By day: what was added, under which limit, and what was given back. */
  readonly payoutCounts: Map<string, { taken: number; limitFen: number | null; returned: number }>;
  readonly alerts: Alert[];
};

export type PermissionChange = {
  readonly openid: string;
  readonly templateId: string;
  readonly by: number | 'none';
  readonly refusedAt: number | null;
};

export const noChanges = (): Changes => ({
  members: new Set(),
  merges: [],
  identities: new Map(),
  sales: new Set(),
  soldLines: new Set(),
  refunds: new Map(),
  recharges: new Set(),
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
  fans: new Set(),
  windows: new Set(),
  permissions: [],
  sceneCounts: new Map(),
  contacts: [],
  arrivals: [],
  fansErased: new Map(),
  copiesErased: new Set(),
  erasures: [],
  transfers: new Set(),
  payoutCounts: new Map(),
  alerts: [],
});
