/** 余量: how many more coupons of a template one member may have at one moment, and what stands in the way of more. */
import type { TemplateId } from '../../../schema/index.ts';
import { pairKey, type World } from '../world.ts';
import { windowOf, type GrantContext } from './issue-coupon.ts';

/** What allows no more. */
export type Bar =
  | { readonly limit: 'stock' | 'perMember'; readonly used: number; readonly cap: number }
  /** It would be over already when it is given. */
  | { readonly limit: 'over'; readonly validTo: number }
  /** The template is no more. */
  | { readonly limit: 'gone' };

/** `bar` is null where there is no end. */
export type Room = { readonly left: number; readonly bar: Bar | null };

const endless: Room = { left: Infinity, bar: null };

/** The one place that says whether a coupon may be given; every condition is one more line here. */
export function roomFor(world: World, context: GrantContext, templateId: TemplateId): Room {
  const template = world.config.templates.get(templateId);
  if (!template) return { left: 0, bar: { limit: 'gone' } };
  const { validTo } = windowOf(world, context, template);
  if (validTo <= world.now) return { left: 0, bar: { limit: 'over', validTo } };
  const { stock, perMember } = template;
  let room = endless;
  if (stock !== null) {
    const used = world.templateCounters.get(templateId)?.issued ?? 0;
    room = narrower(room, { limit: 'stock', used, cap: stock });
  }
  if (perMember !== null) {
    const used = world.memberCounters.get(pairKey(context.memberId, templateId))?.used ?? 0;
    room = narrower(room, { limit: 'perMember', used, cap: perMember });
  }
  return room;
}

function narrower(room: Room, bar: Extract<Bar, { used: number }>): Room {
  const left = Math.max(0, bar.cap - bar.used);
  return left < room.left ? { left, bar } : room;
}
