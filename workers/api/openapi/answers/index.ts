/** 回答词典: every noun's words in one. */
import { couponAnswers } from './coupons.ts';
import type { AnswerDictionary } from './define.ts';
import { eventAnswers } from './events.ts';
import { memberAnswers } from './members.ts';
import { moneyAnswers } from './money.ts';
import { promotionAnswers } from './promotions.ts';
import { shopAnswers } from './shop.ts';
import { talkAnswers } from './talk.ts';

export const answerDictionaries: readonly AnswerDictionary[] = [
  couponAnswers,
  eventAnswers,
  memberAnswers,
  moneyAnswers,
  promotionAnswers,
  shopAnswers,
  talkAnswers,
];

const words: ReadonlyMap<string, string> = new Map(
  answerDictionaries.flatMap((dictionary) => Object.entries(dictionary)),
);

/** Under which names the dictionaries may hold it, the narrowest first. */
export function answerKeysOf(at: string, name: string): string[] {
  const steps = [...at.replace(/^(\w+)List\.items(?=\.|$)/, '$1').split('.'), name];
  return steps.map((_, from) => steps.slice(from).join('.'));
}

/** What it says there; else what it says everywhere. */
export const answerWordsOf = (at: string, name: string): string | undefined =>
  answerKeysOf(at, name)
    .map((key) => words.get(key))
    .find((says) => says !== undefined);
