/** 结算单: a sale before and after one event; every consequence of the sale follows from it. */
import type { Member, Sale, SaleLine, StoreId } from '../../../schema/index.ts';
import type { CampaignIndex } from '../campaigns/campaign-index.ts';

/** What the sale stands for before or after an event: its kept lines and what they earn without campaigns. */
export type Position = {
  readonly lines: readonly SaleLine[];
  readonly keptFen: number;
  readonly isKept: boolean;
  readonly points: number;
  readonly growth: number;
};

export type Settlement = {
  readonly sale: Sale;
  readonly member: Member;
  readonly before: Position;
  readonly after: Position;
  readonly campaigns: CampaignIndex;
  /** Why, for the ledger: `sale:…`, `refund:…`, `void:…`. */
  readonly cause: string;
  readonly at: number;
  /** Where it happened, if that is not the sale's own store. */
  readonly storeId?: StoreId | undefined;
  /** The member is told what was earned only for the first event of a sale; a refund never gives anything new. */
  readonly occasion: 'sale' | 'correction' | 'moved' | 'return';
};
