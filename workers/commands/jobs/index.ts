/** Every job of many pages, what is most pressing first. A new one is its file, its line here, and its line in db/upkeep/open-jobs.ts. */
import type { Job } from './define.ts';
import { birthdays } from './birthdays.ts';
import { grants } from './grants.ts';
import { handovers } from './handovers.ts';
import { owed } from './owed.ts';
import { referrals } from './referrals.ts';
import { tags } from './tags.ts';
import { takebacks } from './takebacks.ts';

export const jobs: readonly Job[] = [takebacks, handovers, birthdays, referrals, grants, tags, owed];
