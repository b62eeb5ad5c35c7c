/** 发券: one coupon from its template, and the counts of the template's stock and the member's share. */
import type {
  BatchId,
  CampaignId,
  Coupon,
  CouponId,
  CouponTemplateDefinition,
  MemberId,
  SaleId,
  StoreId,
  TemplateId,
} from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import { validityWindow, type Window } from './coupons.ts';
import type { Effect } from '../effects.ts';
import { codeOf, drawCode, type Seed } from '../plain/random.ts';
import { seedOf, type World } from '../world.ts';

/** The cause that is rewarded. */
export type GrantContext = {
  /** `sale:…`, `member:…`, `joined:…` or `claim:…`: with the campaign it is the key of the grant. */
  readonly cause: string;
  /** The id whose seed decides draws: the sale's, or the registering event's. */
  readonly seedOf: string;
  readonly memberId: MemberId;
  readonly saleId: SaleId | null;
  readonly storeId: StoreId;
  readonly occurredAt: number;
  readonly on: string;
  /** Where a member came for it: the batch, and which of its placements. */
  readonly batch?: { readonly id: BatchId; readonly placement: number | null };
};

const momentMs = 2_000;
/**
 * A coupon's id is its code. It begins with the two seconds it was earned in, which come round every three weeks, so that coupons
 * that come together are stored together and not all over the table, however many come in a minute; the rest is 50 bits from a
 * secret seed, which nobody can guess.
 */
export const momentLength = 4;
const secretLength = 10;

/** What of a code nobody can guess, and whoever has the seed finds again. */
export const secretOf = (seed: Seed, cause: string, campaignId: CampaignId | null, place: number): string =>
  drawCode(seed, `${cause}/${campaignId ?? ''}/coupon/${place}`, secretLength);

export function countTemplate(
  world: Pick<World, 'config'>,
  { memberId, on }: Pick<GrantContext, 'memberId' | 'on'>,
  templateId: TemplateId,
  count: number,
): Effect[] {
  const template = world.config.templates.get(templateId);
  const effects: Effect[] = [];
  // Without a limit nobody reads the count, and every row written costs money.
  if (template?.stock != null) effects.push({ type: 'template.count', templateId, count });
  if (template?.perDay != null)
    effects.push({ type: 'coupon-day.count', templateId, on, count, limitCount: template.perDay });
  if (template?.perMember != null || template?.perMemberPerDay != null) {
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

/** From when and until when a coupon of this cause can be used. */
export const windowOf = (
  world: World,
  { occurredAt, storeId, memberId }: GrantContext,
  { validity }: CouponTemplateDefinition,
): Window =>
  validityWindow(
    validity,
    occurredAt,
    timezoneOf(world.config, storeId),
    world.members.get(memberId)?.superUntil ?? null,
  );

/** Another code for a coupon that there is already. */
export const codeFor = (
  world: World,
  seedCause: string,
  { cause, at }: { readonly cause: string; readonly at: number },
): CouponId =>
  `${codeOf(Math.floor(at / momentMs), momentLength)}${secretOf(seedOf(world, seedCause), cause, null, 0)}` as CouponId;

/** `campaignId` is null when no campaign gave it. */
export function newCoupon(
  world: World,
  context: GrantContext,
  campaignId: CampaignId | null,
  templateId: TemplateId,
  place: number,
): Coupon {
  const { memberId, saleId, occurredAt } = context;
  const template = world.config.templates.get(templateId);
  if (!template) throw new Error(`coupon template ${templateId} is gone`);
  const secret = secretOf(seedOf(world, context.seedOf), context.cause, campaignId, place);
  return {
    id: `${codeOf(Math.floor(occurredAt / momentMs), momentLength)}${secret}` as CouponId,
    memberId,
    templateId,
    campaignId,
    saleId,
    state: 'issued',
    ...windowOf(world, context, template),
    issuedAt: occurredAt,
    endedAt: null,
    flag: null,
    storeId: template.stores === 'claiming' && context.storeId !== '' ? context.storeId : null,
    batchId: context.batch?.id ?? null,
    placement: context.batch?.placement ?? null,
    lockedFor: null,
    lockedUntil: null,
    usedFor: null,
    offFen: null,
    onFen: null,
    code: null,
    passId: null,
    passUntil: null,
    passedBy: null,
    passedAt: null,
    paidFen: null,
  };
}
