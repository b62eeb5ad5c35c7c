/** 扫码领券: one coupon for each member and scene; the scene counts it. */
import type { DomainEvent, Member, Scene, StoreId, TemplateId } from '../../../schema/index.ts';
import { seedCause } from '../plain/causes.ts';
import { timezoneOf } from '../config.ts';
import { localDate } from '../plain/dates.ts';
import type { Effect } from '../effects.ts';
import { countTemplate, newCoupon, type GrantContext } from './issue-coupon.ts';
import { roomFor } from './room.ts';
import { pairKey, type World } from '../world.ts';

export type Claimed = {
  readonly effects: readonly Effect[];
  readonly came: 'claimed' | 'claimed-before' | 'sold-out';
};

/** `scans` is what this act adds to the scene's count besides the claim. */
export function claim(
  world: World,
  event: DomainEvent,
  scene: Scene,
  member: Member,
  scans: number,
): Claimed {
  const subject = `scene:${scene.id}`;
  if ((world.memberCounters.get(pairKey(member.id, subject))?.used ?? 0) > 0)
    return { effects: [], came: 'claimed-before' };
  const templateId = scene.targetId as TemplateId;
  const storeId = (member.storeId ?? '') as StoreId;
  const on = localDate(event.occurredAt, timezoneOf(world.config, storeId));
  const context: GrantContext = {
    cause: `claim:${scene.id}/${member.id}`,
    seedOf: seedCause(event),
    memberId: member.id,
    saleId: null,
    storeId,
    occurredAt: event.occurredAt,
    on,
  };
  // A printed code outlives its offer.
  if (roomFor(world, context, templateId).left < 1) return { effects: [], came: 'sold-out' };
  const coupon = newCoupon(world, context, null, templateId, 0);
  return {
    effects: [
      // Raises the member's version: of two scans at the same moment only one finds the coupon unclaimed.
      { type: 'member.put', member },
      { type: 'coupon.issue', coupon },
      ...countTemplate(world, context, templateId, 1),
      { type: 'member.count', memberId: member.id, subject, times: 1, on },
      { type: 'scene.count', sceneId: scene.id, scans, claims: 1 },
    ],
    came: 'claimed',
  };
}
