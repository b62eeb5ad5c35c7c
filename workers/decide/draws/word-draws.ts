/** 发“抽奖”就抽一次: a word of a lottery is answered with what came of the draw, or with why not. */
import type { FanSaid, Lottery, TriggerMet } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { replyOrFallback, type About } from '../fans/fans.ts';
import { says } from '../fans/keywords.ts';
import type { World } from '../world.ts';
import { draw } from './draw.ts';
import { lotteryMiss } from './lottery.ts';
import { bindFirst, drawNotWords, drawnWords } from './words.ts';

type Answered = { readonly effects: readonly Effect[]; readonly followUps: readonly TriggerMet[] };

/** Null where no lottery has the word. */
export function wordDraws(world: World, event: FanSaid, about: About): Answered | null {
  const { openid, text, occurredAt } = event;
  const lottery = text === null ? null : lotterySaid(world, text, occurredAt);
  if (!lottery) return null;
  const answer = (template: string): readonly Effect[] =>
    replyOrFallback(world, { event, openid, template }, about);
  const { member } = about;
  if (member === null) return { effects: answer(bindFirst), followUps: [] };
  const drawn = draw(world, event, { member, lottery, storeId: null, by: null });
  if ('miss' in drawn) return { effects: answer(drawNotWords(drawn.miss)), followUps: [] };
  const words = drawnWords(drawn.row, lottery.definition);
  return { effects: [...drawn.effects, ...answer(words)], followUps: drawn.followUps };
}

/** Of several with one word the one that runs; else the newest says why not. */
function lotterySaid({ lotteries }: World, text: string, at: number): Lottery | null {
  const named = [...lotteries.values()]
    .filter(({ definition: { keyword, enabled } }) => {
      return enabled && keyword !== null && says({ words: [keyword], match: 'exact' }, text);
    })
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const untried = { used: 0, usedToday: 0 };
  return named.find((one) => lotteryMiss(one, untried, at) === null) ?? named[0] ?? null;
}
