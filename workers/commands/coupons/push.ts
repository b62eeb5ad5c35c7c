/** 导购发券: an associate offers her members a coupon, or gives it to them; and a member takes what was offered. */
import {
  EventId,
  type Associate,
  type IdentityKey,
  type MemberId,
  type Push,
  type PushMode,
} from '../../../schema/index.ts';
import { insertAudit } from '../../db/people/audit.ts';
import { insertPush, openOfPush, readPush, tellOfPush, templatesToPush } from '../../db/coupons/pushes.ts';
import { ownOffers } from '../../db/coupons/own-offers.ts';
import { DbError } from '../../db/db.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Engine } from '../../engine/engine.ts';
import { grantCoupons, type Granted } from './grant.ts';

/** Told at once; each who is given it directly is decided while she waits. */
export const pushMax: Readonly<Record<PushMode, number>> = { entrance: 100, direct: 12 };

export type Pushing = {
  /** Drawn with the form: the same form twice is one push. */
  readonly id: string;
  readonly associate: Pick<Associate, 'id' | 'name'>;
  readonly templateId: string;
  readonly mode: PushMode;
  readonly memberIds: readonly string[];
};
export type Pushed =
  | { readonly push: Push }
  | { readonly miss: 'nobody' | 'too-many' | 'no-template' }
  | { readonly miss: 'quota'; readonly quota: number };

export async function pushCoupon(engine: Engine, asked: Pushing, now: number): Promise<Pushed> {
  const { id, associate, mode } = asked;
  const { db } = engine;
  const memberIds = [...new Set(asked.memberIds)];
  if (memberIds.length === 0) return { miss: 'nobody' };
  if (memberIds.length > pushMax[mode]) return { miss: 'too-many' };
  const template = (await templatesToPush(db)).find((one) => one.id === asked.templateId);
  const { associateQuota = null, reclaimAfterDays = 0, name = '' } = template?.definition ?? {};
  if (!template || associateQuota === null) return { miss: 'no-template' };
  const push: Push = {
    id,
    associateId: associate.id,
    templateId: template.id,
    mode,
    at: now,
    until: now + reclaimAfterDays * dayMs,
  };
  const told = mode === 'entrance' ? [tellOfPush(push, { associate: associate.name, coupon: name })] : [];
  const after = { templateId: template.id, mode, members: memberIds.length };
  const audit = {
    at: now,
    personId: null,
    by: associate.name,
    act: 'push.send',
    subject: id,
    before: null,
    after,
  };
  const known = await readPush(db, id);
  if (known !== null && known.associateId !== associate.id) return { miss: 'nobody' };
  if (known === null) {
    try {
      await db.batch([...insertPush(push, memberIds, associateQuota), ...told, insertAudit(audit)]);
    } catch (error) {
      if (!(error instanceof DbError) || error.kind !== 'refused') throw error;
      if (error.message.includes('reading_is_current')) return { miss: 'quota', quota: associateQuota };
      // The same form arrived twice at once, and the other one was first.
    }
  }
  // Whoever died in the middle of giving goes on with those who have none yet.
  if (mode === 'direct')
    for (const memberId of await openOfPush(db, id)) await claimPlace(engine, known ?? push, memberId, now);
  return { push: known ?? push };
}

const claimPlace = (
  engine: Engine,
  { id, templateId }: Pick<Push, 'id' | 'templateId'>,
  memberId: MemberId,
  now: number,
): Promise<Granted> =>
  grantCoupons(
    engine,
    {
      id: EventId.parse(`push_${id}_${memberId}`),
      memberId,
      templateId,
      count: 1,
      storeId: null,
      pushId: id,
    },
    now,
  );

/** Null where it is not offered to them, or not any more. */
export async function claimOffer(
  engine: Engine,
  { key, pushId }: { readonly key: IdentityKey; readonly pushId: string },
  now: number,
): Promise<Granted | null> {
  const offer = (await ownOffers(engine.db, key, now)).find((one) => one.pushId === pushId);
  if (!offer) return null;
  return claimPlace(engine, { id: pushId, templateId: offer.templateId }, offer.memberId, now);
}
