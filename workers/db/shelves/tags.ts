/** 会员标签, with the member. */
import type { Shelf } from './define.ts';

export const tagShelf: Shelf<'tags'> = {
  kept: {
    in: 'member',
    field: 'tags',
    places: { tag: 0, support: 1, manual: 2 },
    // What no purchase vouches for, and nobody put on, is no tag.
    leaves: ({ support, manual }) => (support > 0 || manual ? null : { turn: 'past', order: 0 }),
  },
};
