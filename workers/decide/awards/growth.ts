/** 成长值: growth on top of what a sale brings by itself. */
import { definePosted } from './define.ts';

export const growth = definePosted({
  kind: 'growth',
  account: 'growth',
  costFen: () => 0,
  words: (given) => `${given}成长值`,
});
