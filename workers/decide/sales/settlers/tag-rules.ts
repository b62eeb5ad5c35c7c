/** 标签规则: a receipt moves what counts for them; a return takes off what it makes untrue. */
import { ruled, withReceipt } from '../../tags/rules.ts';
import type { Settler } from './define.ts';

export const tagRules: Settler = (world, { sale, member, before, after }) => {
  const receipt = { on: sale.occurredOn, before: before.lines, after: after.lines };
  return ruled(world, member.id, (rule, days) => withReceipt(rule, days, receipt));
};
