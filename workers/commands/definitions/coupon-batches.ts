/** 领券批次: a link or printed codes, made once; what is left of one may be called off. */
import { BatchId, BatchInput, type CouponBatch } from '../../../schema/index.ts';
import { endBatch, insertBatch, listBatches, missingOf } from '../../db/coupons/batches.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import type { Db } from '../../db/db.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import type { Definition } from './define.ts';

export const couponBatches: Definition<BatchId, BatchInput, CouponBatch> = {
  label: '领券批次',
  noun: 'batch',
  fullName: 'coupon batch',
  id: BatchId,
  idPrefix: 'b',
  input: BatchInput,
  draw: (definition, place) => ({
    ...place,
    // The database numbers it.
    seq: 0,
    definition,
    claimed: 0,
    limitCount: definition.kind === 'codes' ? definition.count : definition.total,
    endedAt: null,
  }),
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  fault,
  insert: insertBatch,
  list: listBatches,
};

/** Nothing is printed of which nobody could have anything. */
async function fault(db: Db, batch: CouponBatch): Promise<Problem | null> {
  const { definition, createdAt } = batch;
  const { from, to, templateId } = definition;
  if (to !== null && Date.parse(to) <= Math.max(createdAt, from === null ? 0 : Date.parse(from)))
    return invalidField('to', 'must be later than from, and still to come');
  const missing = await missingOf(db, batch);
  if (missing.template) return invalidField('templateId', 'no coupon template has this id');
  if (missing.stores.length > 0) return invalidField('storeId', 'names a store that is not there');
  const template = (await templatesNamed(db, [templateId])).get(templateId);
  if (template && 'fixed' in template.validity && Date.parse(template.validity.fixed.to) <= createdAt)
    return invalidField('templateId', 'the coupons of this template are over already');
  return null;
}

/** 作废没领的: what was claimed stays with whoever has it. Called off twice is called off once. */
export const callOff = (db: Db, id: BatchId, now: number): Promise<CouponBatch | null> =>
  endBatch(db, id, now);
