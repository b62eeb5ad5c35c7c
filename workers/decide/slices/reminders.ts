/** 提醒: for each member, plan and subject, when it is due. */
import type { Reminder } from '../../../schema/index.ts';
import { reminderKey } from '../plain/keys.ts';
import { byKind } from '../plain/registry.ts';
import { reminderKinds } from '../reminders/index.ts';
import { defineSlice, unlessMoved } from './define.ts';

export const reminders = defineSlice<Reminder>()({
  noun: 'reminder',
  keyOf: reminderKey,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: { how: 'join', own: (row, into) => ({ ...row, memberId: into }), join, part: unlessMoved },
  forget: (reminder) => (reminder.state === 'pending' ? { ...reminder, state: 'cancelled' } : null),
  tell: ({ subject }) => ({ reminders: [subject] }),
});

/** Of two reminders of one subject the later stays: the merged member has both stocks, which last until then. */
function join(moved: Reminder, standing: readonly Reminder[]): Reminder[] {
  const known = standing.find((row) => reminderKey(row) === reminderKey(moved));
  if (moved.state === 'passed') return [known ?? moved];
  const { isNewestOnly } = byKind(reminderKinds, moved.kind);
  const rival = standing.find(
    ({ kind, subject, planId, state }) =>
      state !== 'passed' &&
      kind === moved.kind &&
      subject === moved.subject &&
      (isNewestOnly || planId === moved.planId),
  );
  if (!rival) return [moved];
  const isLater = rival.state !== 'pending' || moved.dueAt > rival.dueAt;
  const [later, other] = isLater ? [moved, rival] : [rival, moved];
  return later.planId === other.planId ? [later] : [{ ...other, state: 'passed' }, later];
}
