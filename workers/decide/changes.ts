/** What a fold has touched: apply writes exactly that. */
import type {
  IdentityKey,
  MemberId,
  Parted,
  Posting,
  Refund,
  SaleId,
  TemplateId,
} from '../../schema/index.ts';
import { noSums, type Sums } from './counters/index.ts';
import { noNotes, type Notes } from './notes/index.ts';
import { noKeys, type Keys } from './slices/index.ts';

/** Keys name rows of the world after the fold; lists are appended in order. */
export type Changes = {
  /** Keys of changed rows, by noun; a loop writes them. */
  readonly rows: Keys;
  readonly counts: Sums;
  readonly notes: Notes;
  readonly members: Set<MemberId>;
  readonly merges: {
    readonly from: MemberId;
    readonly into: MemberId;
    /** What undoes it; null where this group had already changed something of the one who goes. */
    readonly parted: Parted | null;
  }[];
  readonly splits: { readonly from: MemberId; readonly into: MemberId }[];
  /** By member: until when coupons of some templates are good at most. */
  readonly couponEnds: Map<MemberId, { readonly until: number; readonly templateIds: readonly TemplateId[] }>;
  readonly identities: Map<IdentityKey, MemberId | null>;
  readonly sales: Set<SaleId>;
  readonly soldLines: Set<SaleId>;
  /** Key: sale id and refund number. */
  readonly refunds: Map<string, Refund>;
  readonly postings: Posting[];
  readonly grants: Set<string>;
  /** Fans who left, each with the member id they had. */
  readonly fansErased: Map<string, MemberId | null>;
  /** Openids whose raw bodies in the inbox are emptied. */
  readonly copiesErased: Set<string>;
};

export const noChanges = (): Changes => ({
  rows: noKeys(),
  counts: noSums(),
  notes: noNotes(),
  members: new Set(),
  merges: [],
  splits: [],
  couponEnds: new Map(),
  identities: new Map(),
  sales: new Set(),
  soldLines: new Set(),
  refunds: new Map(),
  postings: [],
  grants: new Set(),
  fansErased: new Map(),
  copiesErased: new Set(),
});
