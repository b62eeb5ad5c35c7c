/** The reminder kinds. A new one is its file, its line here and its test. */
import type { ReminderKind } from './define.ts';
import { birthday } from './birthday.ts';
import { runOut } from './run-out.ts';
import { stageUp } from './stage-up.ts';

export const reminderKinds: readonly ReminderKind[] = [runOut, birthday, stageUp];
