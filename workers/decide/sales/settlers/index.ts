/** The consequences of a settled sale, in the order in which they follow. A new one is its file, its line here and its test. */
import type { Settler } from './define.ts';
import { tagRules } from './tag-rules.ts';
import { everybody } from './everybody.ts';
import { invitedSpend } from './invited-spend.ts';
import { memberLevel } from './member-level.ts';
import { memberTotals } from './member-totals.ts';
import { productTags } from './product-tags.ts';
import { saleReminders } from './sale-reminders.ts';

export const settlers: readonly Settler[] = [
  productTags,
  tagRules,
  saleReminders,
  everybody,
  memberTotals,
  memberLevel,
  invitedSpend,
];
