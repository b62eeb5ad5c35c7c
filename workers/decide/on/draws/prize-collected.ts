/** 领奖: what was won is handed over, once, in the days for it. */
import type { PrizeCollected } from '../../../../schema/index.ts';
import { collectMiss, type PrizeMiss } from '../../draws/lottery.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const prizeCollected: On<PrizeCollected> = {
  needs({ memberId, drawId, lotteryId }, ask) {
    ask.member(memberId);
    ask.rows('draws', drawId);
    ask.lottery(lotteryId);
  },
  decide: onPrizeCollected,
};

const refused = (miss: PrizeMiss): Decision => refuse({ code: 'PRIZE', miss });

function onPrizeCollected(world: World, event: PrizeCollected): Decision {
  const { occurredAt: at, drawId, lotteryId, storeId, by } = event;
  const row = world.draws.get(drawId);
  const member = row && world.members.get(row.memberId);
  const lottery = world.lotteries.get(lotteryId);
  if (!row || !member || !lottery || row.code === null || member.deletedAt !== null)
    return refused({ reason: 'UNKNOWN_PRIZE' });
  const miss = collectMiss(row, lottery.definition, at);
  if (miss) return refused(miss);
  return accept([
    // Of two at once the second finds it collected.
    { type: 'member.put', member },
    {
      type: 'draw.put',
      row: { ...row, collectedAt: at, collectedBy: by, collectedStoreId: storeId },
    },
  ]);
}
