/** 发券: one coupon from its template, within the template's stock and the member's share. */
import type {
  CampaignId,
  Coupon,
  CouponId,
  MemberId,
  SaleId,
  StoreId,
  TemplateId,
} from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import { validityWindow } from './coupons.ts';
import type { Effect } from '../effects.ts';
import { codeOf, drawCode } from '../plain/random.ts';
import { pairKey, seedOf, type World } from '../world.ts';

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
};

type Issuing = {
  readonly world: World;
  readonly context: GrantContext;
  /** Coupons issued in this very decision: the world does not count them yet. */
  readonly handedOut: ReadonlyMap<string, number>;
};

const minuteMs = 60_000;
/**
 * A coupon's id is its code. It begins with the minute it was earned in, which comes round every three weeks, so that coupons that
 * come together are stored together and not all over the table; the rest is 55 bits from a secret seed, which nobody can guess.
 */
const minuteLength = 3;
const secretLength = 11;

/** How many of `count` the template's stock and the member's share still allow. */
export function roomFor(
  { world, context, handedOut }: Issuing,
  templateId: TemplateId,
  count: number,
): number {
  const template = world.config.templates.get(templateId);
  if (!template) return 0;
  const here = handedOut.get(templateId) ?? 0;
  const issued = (world.templateCounters.get(templateId)?.issued ?? 0) + here;
  const used = (world.memberCounters.get(pairKey(context.memberId, templateId))?.used ?? 0) + here;
  const inStock = template.stock === null ? count : template.stock - issued;
  const forMember = template.perMember === null ? count : template.perMember - used;
  return Math.max(0, Math.min(count, inStock, forMember));
}

export function countTemplate(
  world: World,
  { memberId, on }: GrantContext,
  templateId: TemplateId,
  count: number,
): Effect[] {
  const template = world.config.templates.get(templateId);
  const effects: Effect[] = [];
  // Without a limit nobody reads the count, and every row written costs money.
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

/** `campaignId` is null when no campaign gave it. */
export function newCoupon(
  world: World,
  context: GrantContext,
  campaignId: CampaignId | null,
  templateId: TemplateId,
  place: number,
): Coupon {
  const { memberId, saleId, storeId, occurredAt } = context;
  const template = world.config.templates.get(templateId);
  if (!template) throw new Error(`coupon template ${templateId} is gone`);
  const secret = drawCode(
    seedOf(world, context.seedOf),
    `${context.cause}/${campaignId ?? ''}/coupon/${place}`,
    secretLength,
  );
  const window = validityWindow(template.validity, occurredAt, timezoneOf(world.config, storeId));
  return {
    id: `${codeOf(Math.floor(occurredAt / minuteMs), minuteLength)}${secret}` as CouponId,
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
