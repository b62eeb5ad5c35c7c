/** 积分: points on top of those that a sale earns by itself. */
import { definePosted } from './define.ts';

export const points = definePosted({
  kind: 'points',
  account: 'points',
  costFen: () => 0,
  // A point is worth about a fen.
  worthFen: (due) => due,
  words: (given) => `${given}积分`,
});
