/** 当事人: whom an event is about: the member it names, else the one whose sale or payment it speaks of. Its body goes with them. */
import type { DomainEvent, IdentityKey, MemberId, SaleId } from '../../../../schema/index.ts';
import type { Ask } from '../../needs.ts';
import { couponCoded } from '../../coupons/codes.ts';
import { kindOf } from '../../on/index.ts';
import type { World } from '../../world.ts';
import { keysThatCount } from './identity-keys.ts';

/** What an event looks up is what it speaks of. */
type Spoken = {
  /** Strongest first. */
  readonly keys: readonly IdentityKey[];
  readonly members: readonly MemberId[];
  readonly sales: readonly SaleId[];
  readonly bills: readonly string[];
  readonly codes: readonly string[];
};

const unheard = (): void => {};

function spokenOf(world: World, event: DomainEvent): Spoken {
  const keys: IdentityKey[] = [];
  const members: MemberId[] = [];
  const sales: SaleId[] = [];
  const bills: string[] = [];
  const codes: string[] = [];
  const ask: Ask = {
    identify: (told, ref) => void keys.push(...keysThatCount(world, ref, told.namespace)),
    fan: (told, openid) => void keys.push(...keysThatCount(world, { openid }, told.namespace)),
    member: (id) => void members.push(id),
    history: (id) => void members.push(id),
    sale: (id) => void sales.push(id),
    transfer: (outBillNo) => void bills.push(outBillNo),
    coupon: (code) => void codes.push(code),
    couponsFor: unheard,
    granted: unheard,
    waiters: unheard,
    deep: unheard,
    product: unheard,
    associate: unheard,
    scene: unheard,
    batch: unheard,
    exchangeItem: unheard,
    lottery: unheard,
    wecomUser: unheard,
    speaker: unheard,
    rows: unheard,
  };
  const kind = kindOf(event);
  kind.needs(kind.asKept?.(world, event) ?? event, ask);
  return { keys, members, sales, bills, codes };
}

function ownerOf(world: World, { keys, members, sales, bills, codes }: Spoken): MemberId | null {
  for (const key of keys) {
    const owner = world.identities.get(key);
    if (owner !== undefined) return owner;
  }
  for (const id of members) if (world.members.has(id)) return id;
  for (const id of sales) {
    const memberId = world.sales.get(id)?.memberId ?? null;
    if (memberId !== null) return memberId;
  }
  for (const bill of bills) {
    const transfer = world.transfers.get(bill);
    if (transfer) return transfer.memberId;
  }
  for (const code of codes) {
    const coupon = couponCoded(world, code);
    if (coupon) return coupon.memberId;
  }
  return null;
}

/** Asked once the event is decided, which may have made the member; a member who was deleted by it is known from before. */
export function whoseIs(world: World, event: DomainEvent): () => MemberId | null {
  const spoken = spokenOf(world, event);
  const before = ownerOf(world, spoken);
  return () => ownerOf(world, spoken) ?? before;
}

/** Whether they, or who they turned out to be, asked to be forgotten. */
export function isForgotten(world: World, memberId: MemberId): boolean {
  const member = world.members.get(memberId);
  if (!member) return false;
  return member.deletedAt !== null || (member.mergedInto !== null && isForgotten(world, member.mergedInto));
}
