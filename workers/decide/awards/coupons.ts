/** 优惠券: a grant's coupons follow what is due; what is already used cannot come back and is flagged. */
import * as z from 'zod';
import { CouponId, TemplateId, type Awards } from '../../../schema/index.ts';
import { couponCostFen } from '../coupons/coupons.ts';
import { countTemplate, newCoupon, roomFor } from '../coupons/issue-coupon.ts';
import type { Config } from '../config.ts';
import type { Effect } from '../effects.ts';
import { defineAward, type AwardChange, type Settling } from './define.ts';

const kind = 'coupons';

const Due = z
  .array(z.strictObject({ templateId: TemplateId, count: z.int().min(1) }))
  .meta({ description: 'Before a coupon’s own stock and share per member.' });
type Due = readonly { readonly templateId: TemplateId; readonly count: number }[];

/** Every coupon this grant ever issued, revoked ones included: the next code must not repeat one. */
const Held = z.array(z.strictObject({ id: CouponId, templateId: TemplateId }));
type Held = z.infer<typeof Held>;

type Change = AwardChange<Due, Held>;

export const coupons = defineAward<Due, Held>({
  kind,
  due: Due,
  held: Held,
  empty: [],
  sum: (one, other) => [...one, ...other],
  costFen: (due, config) => due.reduce((sum, one) => sum + costOf(one, config), 0),
  words: (given) => `${given}张券`,
  settle: (settling, change) => {
    const effects: Effect[] = [];
    const held = [...change.held];
    let given = 0;
    let isShort = false;
    for (const [templateId, count] of wanted(settling, change)) {
      const standing = standingOf(settling, change.held, templateId);
      const more = count - standing.length;
      if (more > 0 && change.mayGive) given += issue(settling, change, { templateId, more, held, effects });
      if (more < 0) isShort = !takeBack(settling, { templateId, standing, less: -more, effects }) || isShort;
    }
    return { effects, held, given, isShort };
  },
});

/** The templates from which these awards give at least one coupon. */
export const templatesOf = (awards: Awards): readonly TemplateId[] =>
  Due.parse(awards[kind] ?? []).map(({ templateId }) => templateId);

function costOf({ templateId, count }: Due[number], { templates }: Config): number {
  const template = templates.get(templateId);
  return template ? couponCostFen(template) * count : 0;
}

/** How many coupons of each template the member should have. A template that was given and is no longer due has 0. */
function wanted({ world }: Settling, { due, held }: Change): ReadonlyMap<TemplateId, number> {
  const counts = new Map<TemplateId, number>();
  for (const { templateId, count } of due) {
    // A template that no longer exists is due nothing.
    if (world.config.templates.has(templateId)) counts.set(templateId, (counts.get(templateId) ?? 0) + count);
  }
  for (const { templateId } of held) if (!counts.has(templateId)) counts.set(templateId, 0);
  return counts;
}

const standingOf = ({ world, context }: Settling, held: Held, templateId: TemplateId): Held =>
  held.filter((granted) => {
    const coupon = world.coupons.get(granted.id);
    // The sale may have belonged to another member: coupons that member used do not count for this one.
    const isOwn = coupon?.memberId === context.memberId && coupon.state !== 'revoked';
    return isOwn && granted.templateId === templateId;
  });

function issue(
  settling: Settling,
  { campaignId }: Change,
  {
    templateId,
    more,
    held,
    effects,
  }: { templateId: TemplateId; more: number; held: Held; effects: Effect[] },
): number {
  const { world, context, handedOut } = settling;
  const room = roomFor(settling, templateId, more);
  for (let index = 0; index < room; index += 1) {
    const coupon = newCoupon(world, context, campaignId, templateId, held.length);
    held.push({ id: coupon.id, templateId });
    effects.push({ type: 'coupon.issue', coupon });
  }
  handedOut.set(templateId, (handedOut.get(templateId) ?? 0) + room);
  if (room > 0) effects.push(...countTemplate(world, context, templateId, room));
  return room;
}

/** Revokes the latest coupons first. False when a coupon that should come back was already used. */
function takeBack(
  { world, context, at }: Settling,
  {
    templateId,
    standing,
    less,
    effects,
  }: { templateId: TemplateId; standing: Held; less: number; effects: Effect[] },
): boolean {
  const latest = standing.toReversed();
  const unused = latest.filter(({ id }) => world.coupons.get(id)?.state === 'issued').slice(0, less);
  for (const { id } of unused) effects.push({ type: 'coupon.revoke', couponId: id, at });
  if (unused.length > 0) effects.push(...countTemplate(world, context, templateId, -unused.length));
  if (unused.length === less) return true;
  for (const { id } of latest.slice(0, less)) {
    const coupon = world.coupons.get(id);
    if (coupon?.state === 'used' && coupon.flag === null) effects.push({ type: 'coupon.flag', couponId: id });
  }
  return false;
}
