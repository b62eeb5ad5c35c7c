/** 活动发放: moves what a member holds from each campaign to what is due, coupons, packets, tags and slots alike. */
import type {
  Coupon,
  Grant,
  GrantedCoupon,
  MemberId,
  SaleId,
  StoreId,
  TemplateId,
} from '../../schema/index.ts';
import { timezoneOf } from './config.ts';
import { validityWindow } from './coupons.ts';
import type { Effect } from './effects.ts';
import type { Due } from './entitlement.ts';
import { drawCode } from './random.ts';
import { post, type Difference } from './take-back.ts';
import { headOf, pairKey, seedOf, type World } from './world.ts';

/** What is being rewarded. */
export type GrantContext = {
  /** `sale:…` or `member:…`: with the campaign it is the key of the grant. */
  readonly cause: string;
  /** Whose seed chance follows: the sale's, or the registering event's. */
  readonly seedOf: string;
  readonly memberId: MemberId;
  readonly saleId: SaleId | null;
  readonly storeId: StoreId;
  readonly occurredAt: number;
  readonly on: string;
};

export type Change = {
  readonly campaignId: Grant['campaignId'];
  /** What stands, if anything does. */
  readonly prior: Grant | undefined;
  readonly due: Due | undefined;
};

export function changesOf(held: readonly Grant[], dues: readonly Due[]): Change[] {
  const changes: Change[] = dues.map((due) => ({
    campaignId: due.campaign.id,
    prior: held.find(({ campaignId }) => campaignId === due.campaign.id),
    due,
  }));
  for (const prior of held) {
    const isDue = dues.some(({ campaign }) => campaign.id === prior.campaignId);
    if (!isDue && prior.times > 0) changes.push({ campaignId: prior.campaignId, prior, due: undefined });
  }
  return changes;
}

/** Postings for the two accounts campaigns feed, `base` being what the cause earns there without campaigns. */
export type Postings = {
  /** Why, for the ledger: `sale:…`, `refund:…`, `void:…`. */
  readonly cause: string;
  readonly at: number;
  readonly basePoints: number;
  readonly pointsMark: number;
  readonly walletMark: number;
};

export type GrantsSettled = {
  readonly effects: readonly Effect[];
  readonly couponsIssued: number;
  readonly pointsMark: number;
  readonly walletMark: number;
  /** Points that should have come back of what the cause earned without campaigns, and did not. */
  readonly basePointsShort: number;
};

export function settleGrants(
  world: World,
  context: GrantContext,
  changes: readonly Change[],
  postings: Postings,
): GrantsSettled {
  const { cause, at, basePoints, pointsMark, walletMark } = postings;
  const { memberId } = context;
  const { takeBack } = world.config.settings;
  const gained = (key: 'points' | 'redPacketFen'): Difference[] =>
    changes.map(({ campaignId, prior, due }) => ({
      cause: `${cause}/campaign:${campaignId}`,
      delta: (due?.[key] ?? 0) - (prior?.[key] ?? 0),
    }));
  const points = post(
    { memberId, account: 'points', at },
    [{ cause, delta: basePoints }, ...gained('points')],
    headOf(world, memberId, 'points'),
    takeBack,
    pointsMark,
  );
  const wallet = post(
    { memberId, account: 'wallet', at },
    [{ cause, delta: 0 }, ...gained('redPacketFen')],
    headOf(world, memberId, 'wallet'),
    takeBack,
    walletMark,
  );
  const effects: Effect[] = [...points.effects, ...wallet.effects];
  const settling: Settling = { world, context, at, handedOut: new Map() };
  let couponsIssued = 0;
  let pointsShort = points.short;
  let walletShort = wallet.short;
  for (const change of changes) {
    const short = { points: Math.min(pointsShort, lossOf(change, 'points')), fen: Math.min(walletShort, lossOf(change, 'redPacketFen')) };
    pointsShort -= short.points;
    walletShort -= short.fen;
    const granted = settleGrant(settling, change, short);
    effects.push(...granted.effects);
    couponsIssued += granted.issued;
  }
  return {
    effects,
    couponsIssued,
    pointsMark: points.credited,
    walletMark: wallet.credited,
    basePointsShort: pointsShort,
  };
}

const lossOf = ({ prior, due }: Change, key: 'points' | 'redPacketFen'): number =>
  Math.max(0, (prior?.[key] ?? 0) - (due?.[key] ?? 0));

type Settling = {
  readonly world: World;
  readonly context: GrantContext;
  readonly at: number;
  /** Coupons issued in this very decision: the world does not count them yet, and two campaigns may share a template. */
  readonly handedOut: Map<TemplateId, number>;
};

function settleGrant(
  settling: Settling,
  change: Change,
  short: { readonly points: number; readonly fen: number },
): { effects: readonly Effect[]; issued: number } {
  const { context, at } = settling;
  const { campaignId, prior, due } = change;
  const { memberId, on } = context;
  const times = due?.times ?? 0;
  const hadTimes = prior?.times ?? 0;
  const coupons = settleCoupons(settling, change);
  const effects: Effect[] = [...coupons.effects];

  const isTaken = hadTimes === 0 && times > 0;
  // A slot goes back only when everything it gave came back.
  const isReturned = hadTimes > 0 && times === 0 && short.points === 0 && short.fen === 0 && !coupons.isShort;
  const slots = isTaken ? 1 : isReturned ? -1 : 0;
  const priorCostFen = prior?.costFen ?? 0;
  const costFen = due?.costFen ?? 0;
  const spentFen = times > 0 || isReturned ? costFen - priorCostFen : 0;
  if (slots !== 0 || spentFen !== 0) {
    effects.push({ type: 'campaign.count', campaignId, times: slots, spentFen });
  }
  const grantedOn = isTaken ? on : (prior?.grantedOn ?? on);
  if (slots !== 0) {
    effects.push({ type: 'member.count', memberId, subject: campaignId, times: slots, on: grantedOn });
  }

  const tags = due?.tags ?? [];
  const hadTags = prior?.tags ?? [];
  for (const tag of tags) {
    if (!hadTags.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: 1 });
  }
  for (const tag of hadTags) {
    if (!tags.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: -1 });
  }

  const grant: Grant = {
    cause: context.cause,
    campaignId,
    memberId,
    times,
    // What could not be taken back stands, so that nothing is paid for it again if the promise is met once more.
    points: (due?.points ?? 0) + short.points,
    redPacketFen: (due?.redPacketFen ?? 0) + short.fen,
    costFen,
    coupons: coupons.all,
    tags,
    grantedOn,
    at: prior?.at ?? at,
  };
  const isSame = prior !== undefined && JSON.stringify(prior) === JSON.stringify(grant);
  if (!isSame) effects.push({ type: 'grant.put', grant });
  return { effects, issued: coupons.issued };
}

type CouponsSettled = {
  readonly effects: readonly Effect[];
  /** Every coupon this grant ever issued, revoked ones included: the next code must not repeat one. */
  readonly all: readonly GrantedCoupon[];
  readonly issued: number;
  /** True when a coupon that should come back was already used. */
  readonly isShort: boolean;
};

const couponCodeLength = 14;

function settleCoupons(settling: Settling, change: Change): CouponsSettled {
  const { world, context, at, handedOut } = settling;
  const { prior, due } = change;
  const effects: Effect[] = [];
  const all = [...(prior?.coupons ?? [])];
  let issued = 0;
  let isShort = false;

  const wanted = new Map<TemplateId, number>();
  for (const { templateId, count } of due?.coupons ?? []) {
    wanted.set(templateId, (wanted.get(templateId) ?? 0) + count);
  }
  for (const { templateId } of all) if (!wanted.has(templateId)) wanted.set(templateId, 0);

  for (const [templateId, count] of wanted) {
    const standing = all.filter((granted) => {
      const coupon = world.coupons.get(granted.id);
      // A sale may have been told of another member before: what that one used up is not this one's.
      const isOwn = coupon?.memberId === context.memberId && coupon.state !== 'revoked';
      return isOwn && granted.templateId === templateId;
    });
    // Only a campaign that is met anew, or more often, gives coupons: a return never makes up for an empty stock.
    const mayIssue = (due?.times ?? 0) > (prior?.times ?? 0);
    if (mayIssue && count > standing.length) {
      const room = roomFor(settling, templateId, count - standing.length);
      for (let index = 0; index < room; index += 1) {
        const coupon = newCoupon(world, context, change.campaignId, templateId, all.length);
        all.push({ id: coupon.id, templateId });
        effects.push({ type: 'coupon.issue', coupon });
      }
      issued += room;
      handedOut.set(templateId, (handedOut.get(templateId) ?? 0) + room);
      if (room > 0) effects.push(...countTemplate(world, context, templateId, room));
    }

    let surplus = standing.length - count;
    let revoked = 0;
    for (const { id } of standing.toReversed()) {
      if (surplus <= 0) break;
      if (world.coupons.get(id)?.state !== 'issued') continue;
      effects.push({ type: 'coupon.revoke', couponId: id, at });
      revoked += 1;
      surplus -= 1;
    }
    if (revoked > 0) effects.push(...countTemplate(world, context, templateId, -revoked));
    if (surplus <= 0) continue;
    isShort = true;
    for (const { id } of standing.toReversed().slice(0, standing.length - count)) {
      const coupon = world.coupons.get(id);
      if (coupon?.state === 'used' && coupon.flag === null)
        effects.push({ type: 'coupon.flag', couponId: id });
    }
  }
  return { effects, all, issued, isShort };
}

/** How many of `count` the template's stock and the member's share still allow. */
function roomFor({ world, context, handedOut }: Settling, templateId: TemplateId, count: number): number {
  const template = world.config.templates.get(templateId);
  if (!template) return 0;
  const here = handedOut.get(templateId) ?? 0;
  const issued = (world.templateCounters.get(templateId)?.issued ?? 0) + here;
  const used = (world.memberCounters.get(pairKey(context.memberId, templateId))?.used ?? 0) + here;
  const inStock = template.stock === null ? count : template.stock - issued;
  const forMember = template.perMember === null ? count : template.perMember - used;
  return Math.max(0, Math.min(count, inStock, forMember));
}

function countTemplate(
  world: World,
  { memberId, on }: GrantContext,
  templateId: TemplateId,
  count: number,
): Effect[] {
  const template = world.config.templates.get(templateId);
  const effects: Effect[] = [];
  // Without a limit there is nothing to keep count for, and every row is money.
  if (template?.stock != null) effects.push({ type: 'template.count', templateId, count });
  if (template?.perMember != null) {
    effects.push({
      type: 'member.count',
      memberId,
      subject: templateId,
      times: count,
      on,
    });
  }
  return effects;
}

function newCoupon(
  world: World,
  context: GrantContext,
  campaignId: Grant['campaignId'],
  templateId: TemplateId,
  place: number,
): Coupon {
  const { memberId, saleId, storeId, occurredAt } = context;
  const template = world.config.templates.get(templateId);
  if (!template) throw new Error(`coupon template ${templateId} is gone`);
  const code = drawCode(seedOf(world, context.seedOf), `${context.cause}/${campaignId}/coupon/${place}`, couponCodeLength);
  const window = validityWindow(template.validity, occurredAt, timezoneOf(world.config, storeId));
  return {
    // Fourteen characters from a secret seed: a coupon id is a coupon code.
    id: code as GrantedCoupon['id'],
    memberId,
    templateId,
    campaignId,
    saleId,
    state: 'issued',
    ...window,
    issuedAt: occurredAt,
    endedAt: null,
    flag: null,
  };
}
