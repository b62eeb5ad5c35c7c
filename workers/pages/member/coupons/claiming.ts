/** 领券: from an address to what is offered there, and from there to a member's coupon. */
import { BatchId, type MemberId } from '../../../../schema/index.ts';
import { claimCoupon, type Claimed } from '../../../commands/coupons/claim.ts';
import { openCode, type Opened, wrongCodesPerHour } from '../../../commands/coupons/open-code.ts';
import { type Offer, placeOf, readOffer } from '../../../db/coupons/batches.ts';
import type { Guesser } from '../../../db/coupons/batch-codes.ts';
import { networkOf } from '../../network.ts';
import type { Visit } from '../../page.ts';
import { claimPath, couponAt, homePath } from '../../paths.ts';
import { keyOf } from '../gate.ts';
import { giftPath } from '../../paths.ts';

/** What somebody came for. */
export type Wanted = {
  readonly offer: Offer;
  readonly number: number | null;
  readonly placement: number | null;
};
/** Why it is not known what they came for. */
export type Unread = Exclude<Opened, { batch: unknown }>;

const typedMax = 60;
const placesMax = 4;

/** `?at=2`; what is no number is no placement. */
function placementIn(asked: URLSearchParams): number | null {
  const text = asked.get('at') ?? '';
  return /^\d+$/.test(text) && text.length <= placesMax ? Number(text) : null;
}

export async function wantedByLink(visit: Visit, id: string, asked: URLSearchParams): Promise<Wanted | null> {
  const batchId = BatchId.safeParse(id);
  if (!batchId.success) return null;
  const offer = await readOffer(visit.deps.engine.db, batchId.data, keyOf(visit));
  // A printed batch has no address of its own.
  return offer?.batch.definition.kind === 'link'
    ? { offer, number: null, placement: placementIn(asked) }
    : null;
}

export async function wantedByCode(visit: Visit, typed: string): Promise<Wanted | Unread | null> {
  const { deps, now } = visit;
  const opened = await openCode(deps.engine, typed.slice(0, typedMax), await guessersOf(visit), now);
  if (!('batch' in opened)) return opened;
  const offer = await readOffer(deps.engine.db, opened.batch.id, keyOf(visit));
  return offer && { offer, number: opened.number, placement: null };
}

/** Whoever guesses does it with one account, or from one place. */
async function guessersOf({ deps: { keys }, context, session }: Visit): Promise<Guesser[]> {
  const address = networkOf(context.req.header('cf-connecting-ip') ?? 'unknown');
  const { member, address: perAddress } = wrongCodesPerHour;
  return [
    { key: `openid/${await keys.tag('openid', session.openid)}`, missesMax: member },
    { key: `address/${await keys.tag('address', address)}`, missesMax: perAddress },
  ];
}

export const claimWanted = (
  { deps, now }: Visit,
  { offer, number, placement }: Wanted,
  { memberId, once }: { readonly memberId: MemberId; readonly once: string | null },
): Promise<Claimed> =>
  claimCoupon(deps.engine, { once, memberId, batchId: offer.batch.id, number, placement }, now);

/** The page of the coupon. */
export async function pathOfClaimed(
  { deps }: Visit,
  { held }: Extract<Claimed, { held: unknown }>,
): Promise<string> {
  const place = await placeOf(deps.engine.db, held.coupon);
  return place ? couponAt(place) : homePath;
}

/** 注册后领到: what somebody came for is theirs as soon as they are a member; else the page says why not. */
export async function claimedOnJoining(visit: Visit, path: string | null): Promise<string> {
  if (path === null) return homePath;
  // A friend’s gift is shown, and taken by the friend’s own touch.
  if (path.startsWith(`${giftPath}/`)) return path;
  const { pathname, searchParams } = new URL(path, visit.context.req.url);
  const id = pathname.startsWith(`${claimPath}/`)
    ? decodeURIComponent(pathname.slice(claimPath.length + 1))
    : null;
  const wanted =
    id === null
      ? await wantedByCode(visit, searchParams.get('code') ?? '')
      : await wantedByLink(visit, id, searchParams);
  if (wanted === null || !('offer' in wanted) || wanted.offer.memberId === null) return path;
  const claimed = await claimWanted(visit, wanted, { memberId: wanted.offer.memberId, once: null });
  return 'held' in claimed ? pathOfClaimed(visit, claimed) : path;
}
