/** 余量: how many more coupons of a template one member may have at one moment, and what stands in the way of more. */
import { defaultTimezone, type TemplateId } from '../../../schema/index.ts';
import { usedOn } from '../members/day-counts.ts';
import { addDays, localDate } from '../plain/dates.ts';
import { pairKey, type World } from '../world.ts';
import type { Bar } from './bar.ts';
import { windowOf, type GrantContext } from './issue-coupon.ts';

/** `bar` is null where there is no end. */
export type Room = { readonly left: number; readonly bar: Bar | null };

const endless: Room = { left: Infinity, bar: null };

/** The one place that says whether a coupon may be given; every condition is one more line here. */
export function roomFor(world: World, context: GrantContext, templateId: TemplateId): Room {
  const template = world.config.templates.get(templateId);
  if (!template) return { left: 0, bar: { limit: 'gone' } };
  const { validFrom, validTo } = windowOf(world, context, template);
  if ('superMember' in template.validity && validTo <= Math.max(validFrom, world.now)) {
    const superUntil = world.members.get(context.memberId)?.superUntil ?? 0;
    return { left: 0, bar: { limit: 'notSuper', superUntil } };
  }
  if (validTo <= world.now) return { left: 0, bar: { limit: 'over', validTo } };
  const { stock, perDay } = template;
  let room = endless;
  if (stock !== null) {
    const used = world.templateCounters.get(templateId)?.issued ?? 0;
    room = narrower(room, { limit: 'stock', used, cap: stock });
  }
  room = ofMember(world, context, templateId, room);
  if (perDay !== null) {
    const used = givenOn(world, templateId, context.on) ?? perDay;
    room = narrower(room, { limit: 'perDay', used, cap: perDay });
  }
  return room;
}

type Whose = Pick<GrantContext, 'memberId' | 'on'>;

function ofMember(world: World, { memberId, on }: Whose, templateId: TemplateId, before: Room): Room {
  const { perMember = null, perMemberPerDay = null } = world.config.templates.get(templateId) ?? {};
  const own = world.memberCounters.get(pairKey(memberId, templateId));
  let room = before;
  if (perMember !== null) room = narrower(room, { limit: 'perMember', used: own?.used ?? 0, cap: perMember });
  if (perMemberPerDay !== null) {
    const used = own ? (usedOn(own, on) ?? perMemberPerDay) : 0;
    room = narrower(room, { limit: 'perMemberPerDay', used, cap: perMemberPerDay });
  }
  return room;
}

/** Why this member may not have one more that was given already; null where nothing is in the way. */
export function barOfMember(world: World, whose: Whose, templateId: TemplateId): Bar | null {
  const { left, bar } = ofMember(world, whose, templateId, endless);
  return left < 1 ? bar : null;
}

/** How far back the counts of days are read; what happened before that finds its day used up. */
export const couponDaysRead = 14;

function givenOn({ now, couponDays }: World, templateId: TemplateId, on: string): number | null {
  if (on < addDays(localDate(now, defaultTimezone), -couponDaysRead)) return null;
  return couponDays.get(pairKey(templateId, on))?.issued ?? 0;
}

function narrower(room: Room, bar: Extract<Bar, { used: number }>): Room {
  const left = Math.max(0, bar.cap - bar.used);
  return left < room.left ? { left, bar } : room;
}
