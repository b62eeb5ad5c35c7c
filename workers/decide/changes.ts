/** What a fold has touched: apply writes exactly that. */
import type { IdentityKey, MemberId, Posting, Refund, SaleId } from '../../schema/index.ts';
import { noSums, type Sums } from './counters/index.ts';
import { noNotes, type Notes } from './notes/index.ts';
import { noKeys, type Keys } from './slices/index.ts';

/** Keys name rows of the world as it stands at the end; lists are appended in order. */
export type Changes = {
  /** Rows of nouns that a loop writes. */
  readonly rows: Keys;
  readonly counts: Sums;
  readonly notes: Notes;
  readonly members: Set<MemberId>;
  readonly merges: { readonly from: MemberId; readonly into: MemberId }[];
  readonly identities: Map<IdentityKey, MemberId | null>;
  readonly sales: Set<SaleId>;
  readonly soldLines: Set<SaleId>;
  /** By sale and number. */
  readonly refunds: Map<string, Refund>;
  readonly postings: Posting[];
  readonly grants: Set<string>;
  /** Followers who left, each with the member they were. */
  readonly fansErased: Map<string, MemberId | null>;
  /** Openids whose raw copies go. */
  readonly copiesErased: Set<string>;
};

export const noChanges = (): Changes => ({
  rows: noKeys(),
  counts: noSums(),
  notes: noNotes(),
  members: new Set(),
  merges: [],
  identities: new Map(),
  sales: new Set(),
  soldLines: new Set(),
  refunds: new Map(),
  postings: [],
  grants: new Set(),
  fansErased: new Map(),
  copiesErased: new Set(),
});
