/** 券的成绩 (K-74, G-17): sent, revoked, used, and used ÷ sent, as the coupons themselves move. */
import { expect, test } from 'vitest';
import type { CampaignId, Coupon, CouponId, MemberId, TemplateId } from '../../../schema/index.ts';
import { noChanges } from '../../../workers/decide/changes.ts';
import { effectiveRate } from '../../../workers/decide/coupons/tally.ts';
import { evolve } from '../../../workers/decide/evolve.ts';
import type { CouponStep } from '../../../workers/decide/coupons/life.ts';
import { emptyWorld } from '../../support/worlds.ts';

const coupon = (place: number): Coupon => ({
  id: `K${String(place)}` as CouponId,
  memberId: 'm1' as MemberId,
  templateId: 'T50' as TemplateId,
  campaignId: 'C1' as CampaignId,
  saleId: null,
  state: 'issued',
  validFrom: 0,
  validTo: 10,
  issuedAt: 0,
  endedAt: null,
  flag: null,
  storeId: null,
  batchId: null,
  placement: null,
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
});

const use: CouponStep = { act: 'used', ref: 'sale:pos:A', offFen: 500, onFen: 1_000 };

/** So many sent; of them the first are revoked and the last are used. */
async function tallied(sent: number, revoked: number, used: number, more: readonly CouponStep[] = []) {
  const world = await emptyWorld();
  const changes = noChanges();
  const step = (place: number, made: CouponStep) =>
    evolve(world, changes, {
      type: 'coupon.step',
      couponId: coupon(place).id,
      step: made,
      cause: 'c',
      at: 1,
    });
  for (let place = 0; place < sent; place += 1)
    evolve(world, changes, { type: 'coupon.issue', coupon: coupon(place) });
  for (let place = 0; place < revoked; place += 1) step(place, { act: 'revoked' });
  for (let place = sent - used; place < sent; place += 1) step(place, use);
  for (const made of more) step(sent - 1, made);
  const [out, back, gone] = changes.counts.campaignCounters.get('C1')?.coupons.get('T50' as TemplateId) ?? [
    0, 0, 0,
  ];
  return { sent: out, revoked: back, used: gone };
}

test.each([
  [15, 1, 1, 0.0667],
  [1_721, 34, 278, 0.1615],
])('of %d sent, %d revoked and %d used the rate is %d', async (sent, revoked, used, rate) => {
  const tally = await tallied(sent, revoked, used);
  expect({ ...tally, rate: effectiveRate(tally) }).toEqual({ sent, revoked, used, rate });
});

test('while none was sent there is no rate', () => {
  expect(effectiveRate({ sent: 0, revoked: 0, used: 0 })).toBeNull();
});

test('what is locked, released and settled counts nothing; what is given back is used no more', async () => {
  const settled: CouponStep = { act: 'settled', ref: 'sale:pos:B' };
  expect(await tallied(2, 0, 1, [settled])).toEqual({ sent: 2, revoked: 0, used: 1 });
  expect(
    await tallied(2, 0, 1, [{ act: 'given-back' }, { act: 'locked', ref: 'sale:pos:B', until: 9 }]),
  ).toEqual({
    sent: 2,
    revoked: 0,
    used: 0,
  });
});
