/** 收回: what campaigns gave for a cause that is no sale is taken back as a return takes it. */
import type { Grant, Marks, Member, StoreId } from '../../../schema/index.ts';
import { settleGrants, type SettledGrants } from '../campaigns/settle-grants.ts';
import { headOf, type World } from '../world.ts';

type Withdrawing = {
  readonly member: Member;
  /** What takes it back, for the ledger. */
  readonly why: string;
  readonly seedOf: string;
  readonly at: number;
  /** Where, as the books tell it; null in no store. */
  readonly storeId: StoreId | null;
  /** Where it is known: all that the member had received by then. */
  readonly marks: Marks;
};

/** All of one cause. */
export function withdraw(
  world: World,
  held: readonly Grant[],
  { member: { id: memberId }, why, seedOf, at, storeId, marks }: Withdrawing,
): SettledGrants {
  const [first] = held;
  const context = {
    cause: first?.cause ?? '',
    seedOf,
    memberId,
    saleId: null,
    storeId: '' as StoreId,
    occurredAt: first?.at ?? at,
    on: first?.grantedOn ?? '',
  };
  const changes = held.map((prior) => ({ campaignId: prior.campaignId, prior, due: undefined }));
  // Where nobody can say any more what came after it, all that is there may be what was given.
  const creditedOf = (account: 'points' | 'wallet'): number =>
    marks[account] ?? headOf(world, memberId, account).credited;
  const postings = {
    cause: why,
    at,
    storeId,
    base: {},
    isMoved: false,
    marks: { points: creditedOf('points'), wallet: creditedOf('wallet') },
  };
  return settleGrants(world, context, changes, postings);
}
