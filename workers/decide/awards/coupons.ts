/** 优惠券: a grant's coupons follow what is due; what is already used cannot come back and is flagged. */
import * as z from 'zod';
import { CouponId, TemplateId, type Awards, type Coupon } from '../../../schema/index.ts';
import { couponCostFen, couponWorthFen } from '../coupons/coupons.ts';
import { freeFriend } from '../coupons/freed.ts';
import { countTemplate, newCoupon } from '../coupons/issue-coupon.ts';
import { roomFor } from '../coupons/room.ts';
import type { Config } from '../config.ts';
import type { Effect } from '../effects.ts';
import { known } from '../world.ts';
import {
  defineAward,
  type Asked,
  type AwardChange,
  type Choosing,
  type Fitted,
  type Lack,
  type Settling,
} from './define.ts';

const kind = 'coupons';

const Due = z
  .array(z.strictObject({ templateId: TemplateId, count: z.int().min(1) }))
  .meta({ description: 'Each template once; no more than its stock and the member’s share allow.' });
type Due = readonly { readonly templateId: TemplateId; readonly count: number }[];

/**
 * Every coupon this grant ever issued, revoked ones included, with its template: the next code must not repeat one. By position, for
 * it is kept with every sale that gave one.
 */
const Held = z.array(z.tuple([CouponId, TemplateId]));
type Held = z.infer<typeof Held>;

/** What a grant holds of coupons. */
export const heldCoupons = (held: unknown): Held => (held === undefined ? [] : Held.parse(held));

type Change = AwardChange<Due, Held>;
type At = Pick<Settling, 'world' | 'context'>;

export const coupons = defineAward<Due, Held>({
  kind,
  due: Due,
  held: Held,
  empty: [],
  sum: (one, other) => [...one, ...other],
  costFen: (due, config) => sumOf(due, config, couponCostFen),
  worthFen: (due, config) => sumOf(due, config, couponWorthFen),
  words: (given) => `${given}张券`,
  fit,
  standing: (at, held) => dueOf(standingByTemplate(at, held)),
  settle: (settling, change) => {
    const effects: Effect[] = [];
    const held = [...change.held];
    const stands = new Map<TemplateId, number>();
    let given = 0;
    for (const [templateId, count] of wanted(change)) {
      const standing = standingOf(settling, change.held, templateId);
      const more = count - standing.length;
      if (more > 0) issue(settling, change, { templateId, more, held, effects });
      given += Math.max(0, more);
      const back = more < 0 ? takeBack(settling, change, { templateId, standing, less: -more, effects }) : 0;
      stands.set(templateId, standing.length + Math.max(0, more) - back);
    }
    return { effects, held, given, stands: dueOf(stands) };
  },
});

/** The templates from which these awards give at least one coupon. */
export const templatesOf = (awards: Awards): readonly TemplateId[] =>
  Due.parse(awards[kind] ?? []).map(({ templateId }) => templateId);

function sumOf(due: Due, { templates }: Config, fenOf: typeof couponCostFen): number {
  let sum = 0;
  for (const { templateId, count } of due) {
    const template = templates.get(templateId);
    if (template) sum += (fenOf(template) ?? 0) * count;
  }
  return sum;
}

function counted(due: Due): Map<TemplateId, number> {
  const counts = new Map<TemplateId, number>();
  for (const { templateId, count } of due) counts.set(templateId, (counts.get(templateId) ?? 0) + count);
  return counts;
}

function standingByTemplate(at: At, held: Held): Map<TemplateId, number> {
  const standing = held.filter((one) => isWith(at, one));
  return counted(standing.map(([, templateId]) => ({ templateId, count: 1 })));
}

const dueOf = (counts: ReadonlyMap<TemplateId, number>): Due =>
  [...counts].filter(([, count]) => count > 0).map(([templateId, count]) => ({ templateId, count }));

/** What was given stays possible; more only as far as there is room. */
function fit(choosing: Choosing, { due, held, mayGive }: Asked<Due, Held>): Fitted<Due> {
  const fits = new Map<TemplateId, number>();
  const takes: [string, number][] = [];
  let lack: Lack | null = null;
  for (const [templateId, count] of counted(due)) {
    const standing = standingOf(choosing, held, templateId);
    const used = standing.filter(([id]) => choosing.world.coupons.get(id)?.state === 'used').length;
    const left = leftOf(choosing, templateId);
    const fitting = Math.min(count, mayGive ? used + left : standing.length);
    fits.set(templateId, fitting);
    takes.push([templateId, Math.max(0, fitting - used)]);
    if (fitting < count) lack ??= lackOf(choosing, templateId);
  }
  return { amount: dueOf(fits), takes, lack };
}

function lackOf({ world, context }: At, templateId: TemplateId): Lack | null {
  const { bar } = roomFor(world, context, templateId);
  return bar && { reason: 'out-of-stock', templateId, ...bar };
}

/** With what the cause holds and has not used: it gives that back where another campaign is chosen. */
function leftOf(choosing: Choosing, templateId: TemplateId): number {
  const { world, context, held, waiting, taken } = choosing;
  let { left } = roomFor(world, context, templateId);
  for (const { campaignId, awards } of held) {
    if (waiting.has(campaignId)) continue;
    const standing = standingOf(choosing, heldCoupons(awards[kind]), templateId);
    left += standing.filter(([id]) => world.coupons.get(id)?.state === 'issued').length;
  }
  return left - (taken.get(templateId) ?? 0);
}

/** How many coupons of each template the member should have. A template that was given and is no longer due has 0. */
function wanted({ due, held }: Change): ReadonlyMap<TemplateId, number> {
  const counts = counted(due);
  for (const [, templateId] of held) if (!counts.has(templateId)) counts.set(templateId, 0);
  return counts;
}

/** The sale may have belonged to another member: coupons that member used do not count for this one. */
function isWith({ world, context }: At, [id]: Held[number]): boolean {
  const coupon: Coupon | undefined = world.coupons.get(id);
  // Passed on to a friend, it is still what this member was given.
  return (
    coupon !== undefined &&
    (coupon.passedBy ?? coupon.memberId) === context.memberId &&
    coupon.state !== 'revoked'
  );
}

const standingOf = (at: At, held: Held, templateId: TemplateId): Held =>
  held.filter((granted) => granted[1] === templateId && isWith(at, granted));

function issue(
  { world, context }: Settling,
  { campaignId }: Change,
  {
    templateId,
    more,
    held,
    effects,
  }: { templateId: TemplateId; more: number; held: Held; effects: Effect[] },
): void {
  for (let index = 0; index < more; index += 1) {
    const coupon = newCoupon(world, context, campaignId, templateId, held.length);
    held.push([coupon.id, templateId]);
    effects.push({ type: 'coupon.issue', coupon });
  }
  effects.push(...countTemplate(world, context, templateId, more));
}

/** Revokes the latest coupons first, and says how many came back; those that were used already are flagged. */
function takeBack(
  { world, context, at, why }: Settling,
  { campaignId }: Change,
  {
    templateId,
    standing,
    less,
    effects,
  }: { templateId: TemplateId; standing: Held; less: number; effects: Effect[] },
): number {
  const latest = standing.toReversed();
  const isWithdrawn = world.config.withdrawn.has(campaignId);
  const unused = latest.filter(([id]) => world.coupons.get(id)?.state === 'issued').slice(0, less);
  for (const [id] of unused) {
    effects.push({ type: 'coupon.step', couponId: id, step: { act: 'revoked' }, cause: why, at });
    effects.push(...freeFriend(world, known(world.coupons.get(id), id)));
    if (isWithdrawn) effects.push({ type: 'coupon.flag', couponId: id, flag: 'campaign-withdrawn' });
  }
  if (unused.length > 0) effects.push(...countTemplate(world, context, templateId, -unused.length));
  if (unused.length === less) return less;
  for (const [id] of latest.slice(0, less)) {
    const coupon = world.coupons.get(id);
    if (coupon?.state === 'used' && coupon.flag === null)
      effects.push({
        type: 'coupon.flag',
        couponId: id,
        flag: isWithdrawn ? 'campaign-withdrawn' : 'earned-by-returned-sale',
      });
  }
  return unused.length;
}
