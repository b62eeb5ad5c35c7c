/** 积分: points in addition to those that the sale earns by itself. */
import { definePosted } from './define.ts';

export const points = definePosted({
  kind: 'points',
  account: 'points',
  costFen: () => 0,
  // A point is worth about one fen.
  worthFen: (due) => due,
  words: (given) => `${given}积分`,
});
