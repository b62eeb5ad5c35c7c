/** Keys made of several ids. Ids hold no line break, so a joined key cannot be read two ways. */
import type { Reminder } from '../../../schema/index.ts';

export const pairKey = (first: string, second: string): string => `${first}\n${second}`;

export const reminderKey = ({
  memberId,
  planId,
  subject,
}: Pick<Reminder, 'memberId' | 'planId' | 'subject'>): string => `${memberId}\n${planId}\n${subject}`;
