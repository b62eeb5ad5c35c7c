/** 消耗提醒: for each member and product, when it runs out. */
import type { Reminder } from '../../../schema/index.ts';
import { defineSlice } from './define.ts';
import { pairKey } from '../plain/keys.ts';

export const reminders = defineSlice<Reminder>()({
  noun: 'reminder',
  keyOf: ({ memberId, sku }) => pairKey(memberId, sku),
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  // The later end wins: who owns both stocks is out of neither before then.
  merge: {
    how: 'join',
    join: (mine, theirs, into) =>
      !theirs || theirs.state !== 'pending' || mine.endsOn > theirs.endsOn
        ? { ...mine, memberId: into }
        : theirs,
  },
  forget: (reminder) => (reminder.state === 'pending' ? { ...reminder, state: 'cancelled' } : null),
  tell: ({ sku }) => ({ reminders: [sku] }),
});
