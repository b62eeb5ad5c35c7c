/** 积分抽奖: points go and a lot is drawn, both or neither; each limit is looked at once more here. */
import type { LotteryDrawn } from '../../../../schema/index.ts';
import { draw } from '../../draws/draw.ts';
import type { DrawNot } from '../../draws/lottery.ts';
import { accept, refuse, type Decision } from '../../effects.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const lotteryDrawn: On<LotteryDrawn> = {
  needs({ memberId, lotteryId }, ask) {
    ask.member(memberId);
    ask.lottery(lotteryId);
  },
  decide: onLotteryDrawn,
};

const refused = (miss: DrawNot): Decision => refuse('code' in miss ? miss : { code: 'DRAW', miss });

function onLotteryDrawn(world: World, event: LotteryDrawn): Decision {
  const { memberId, lotteryId, points, storeId, by } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const lottery = world.lotteries.get(lotteryId);
  if (!lottery) return refused({ reason: 'UNKNOWN_LOTTERY' });
  const { points: price } = lottery.definition;
  if (points !== null && points !== price) return refused({ reason: 'PRICE_CHANGED', points: price });
  const drawn = draw(world, event, { member, lottery, storeId, by });
  return 'miss' in drawn ? refused(drawn.miss) : accept(drawn.effects, drawn.followUps);
}
