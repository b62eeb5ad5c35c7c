/** 抽奖活动: what points are drawn for, set over the API. */
import * as z from 'zod';
import { LotteryInput, type Lottery } from '../../../schema/index.ts';
import { lotteries } from '../../commands/definitions/lotteries.ts';
import { costOf, leftOf } from '../../decide/draws/lottery.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';

export const lotteryRoutes = resource({
  definition: lotteries,
  path: '/lotteries',
  tag: 'Points',
  name: 'Lottery',
  answer: LotteryInput.extend({
    id: z.string(),
    drawn: z.int().meta({ description: 'How often it was drawn.' }),
    left: z.array(z.int()).meta({ description: 'How many are left of each prize, in their order.' }),
    prizesTotal: z.int().meta({ description: 'All prizes together.' }),
    costFen: z.int().meta({ description: 'What they are worth together.' }),
    createdAt: At,
  }),
  view,
  create: {
    summary: 'Set up a draw for points (积分抽奖)',
    description:
      'Odds are those of a box of lots that is the same for every draw: each prize has its `weight` of them, `blanks` are those without one. A prize that is gone, or a coupon that the member may not have, is a blank; when everything is gone nobody can draw.',
  },
  list: {
    summary: 'The draws for points, newest first',
    description: 'Those that are over or switched off are among them, each with what is left of its prizes.',
  },
  get: {
    summary: 'One of them, with what is left of each prize',
    description: '`left` counts down with each prize that is won, in the order of `prizes`.',
  },
  change: {
    summary: 'Change a draw, or stop it',
    description:
      'A JSON merge patch (RFC 7396). What was won stays as it was promised. A quota cannot be less than what was won; a prize that was won keeps its place, its kind and its value.',
    body: LotteryInput.partial(),
    conflicts: ['limit_below_used', 'prize_was_won'],
  },
});

function view(lottery: Lottery) {
  const { id, definition, drawn, createdAt } = lottery;
  const { prizes, fen } = costOf(definition);
  return {
    ...definition,
    id,
    drawn,
    left: definition.prizes.map((_, place) => leftOf(lottery, place)),
    prizesTotal: prizes,
    costFen: fen,
    createdAt: instant(createdAt),
  };
}
