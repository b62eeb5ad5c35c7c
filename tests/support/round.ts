/** 一分钟: what the cron's chores have at hand in a shop of one's own; a test adds what its story needs. */
import { plans } from '../../workers/platform/plans.ts';
import type { Round } from '../../workers/schedule/round.ts';
import type { Shop } from './shop.ts';
import { deliveryOf, playWechat } from './wechat.ts';

export const roundOf = (
  {
    engine,
    clock,
    receiver,
  }: Pick<Shop, 'engine' | 'clock'> & { readonly receiver: Pick<Shop['receiver'], 'doorbell'> },
  given: Partial<Round> = {},
): Round => ({
  engine,
  delivery: deliveryOf({ engine, clock }, playWechat()),
  doorbell: receiver.doorbell,
  sendingBell: { ring: () => {} },
  jobsBell: { ring: () => undefined },
  later: () => {},
  plan: plans.paid,
  clock: () => clock.now,
  ...given,
});
