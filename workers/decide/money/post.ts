/** 记账: the next row of an account, and a new identity of a member. */
import type { IdentityKey, MemberId, Posting } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import { headOf, pairKey, type World } from '../world.ts';

export function attach(world: World, changes: Changes, key: IdentityKey, memberId: MemberId): void {
  world.identities.set(key, memberId);
  const keys = world.keysOf.get(memberId) ?? new Set();
  world.keysOf.set(memberId, keys.add(key));
  changes.identities.set(key, memberId);
  changes.members.add(memberId);
}

type Post = Pick<Posting, 'memberId' | 'account' | 'delta' | 'cause' | 'at' | 'overdraft'> & {
  readonly isReversal?: boolean;
};

export function postTo(
  world: World,
  changes: Changes,
  { memberId, account, delta, cause, at, overdraft, isReversal = false }: Post,
): void {
  const head = headOf(world, memberId, account);
  const posting: Posting = {
    memberId,
    account,
    seq: head.seq + 1,
    delta,
    balance: head.balance + delta,
    credited: head.credited + (isReversal ? 0 : Math.max(0, delta)),
    cause,
    at,
    overdraft,
  };
  world.heads.set(pairKey(memberId, account), posting);
  changes.postings.push(posting);
}
