/** 顾客: whom a document names, as far as we know them, before anybody is made or joined for it. */
import type { DomainEvent, MemberId, MemberRef } from '../../../schema/index.ts';
import type { World } from '../world.ts';
import { contradict, isSomebodyElse } from './who/identities.ts';
import { keysThatCount } from './who/identity-keys.ts';

export type Buyer =
  | { readonly kind: 'nobody' }
  /** Somebody we have not met. */
  | { readonly kind: 'stranger' }
  /** All of them are one member, or would be joined. */
  | { readonly kind: 'known'; readonly ids: readonly MemberId[] };

export function buyerNamed(world: World, event: DomainEvent, ref: MemberRef | null | undefined): Buyer {
  const keys = keysThatCount(world, ref, event.namespace);
  if (keys.length === 0) return { kind: 'nobody' };
  const owners = new Set(keys.flatMap((key) => world.identities.get(key) ?? []));
  const [strongest, ...others] = owners;
  if (strongest === undefined || isSomebodyElse(world, keys, strongest)) return { kind: 'stranger' };
  // Of more than two, joining the first pair may rule out the third.
  const same = others.length === 1 ? others.filter((other) => !contradict(world, strongest, other)) : [];
  return { kind: 'known', ids: [strongest, ...same] };
}

export const isBuyer = (buyer: Buyer, id: MemberId): boolean =>
  buyer.kind === 'known' && buyer.ids.includes(id);
