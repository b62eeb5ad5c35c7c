/** 抽奖的结果与拒绝 as the API says them. */
import * as z from 'zod';
import { PrizeInput } from '../../../schema/index.ts';
import type { DrawDone } from '../../db/draws/draws.ts';
import type { DrawNot, LotteryMiss, PrizeMiss } from '../../decide/draws/lottery.ts';
import { drawNotWords, drawnWords, prizeMissWords } from '../../decide/draws/words.ts';
import type { Problem } from '../../platform/problem.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const drawFields = {
  id: z.string(),
  lotteryId: z.string(),
  points: z.int().meta({ description: 'What it took.' }),
  at: At,
  prize: PrizeInput.nullable().meta({ description: 'null is a blank.' }),
  words: z.string().meta({ description: 'What came of it, in Chinese, for the member.' }),
  couponId: z.string().nullable().meta({ description: 'The coupon that it gave.' }),
  code: z.string().nullable().meta({ description: 'Shown in a shop for a thing.' }),
  collectFirstOn: z.iso.date(),
  collectLastOn: z.iso.date().nullable(),
  collectedAt: At.nullable(),
};

export function viewDraw({ draw, lottery }: DrawDone) {
  const { id, lotteryId, points, at, prize, couponId, code, collectedAt } = draw;
  const { collectFirstOn, collectLastOn } = lottery.definition;
  return {
    id,
    lotteryId,
    points,
    at: instant(at),
    prize,
    words: drawnWords(draw, lottery.definition),
    couponId,
    code,
    collectFirstOn,
    collectLastOn,
    collectedAt: instantOrNull(collectedAt),
  };
}

export function drawProblem(miss: DrawNot): Problem {
  if ('code' in miss) {
    const { have, need } = miss;
    return { status: 409, code: 'insufficient', detail: drawNotWords(miss), numbers: { have, need } };
  }
  return problem(miss, drawNotWords(miss));
}

export const prizeProblem = (miss: PrizeMiss): Problem => problem(miss, prizeMissWords(miss));

function problem(miss: LotteryMiss | PrizeMiss, detail: string): Problem {
  const { reason, ...numbers } = miss;
  return {
    status: reason.startsWith('UNKNOWN') ? 404 : 409,
    // Of fetching: the call itself says that it is a prize.
    code: reason.toLowerCase().replace(/^prize_/, ''),
    detail,
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}
