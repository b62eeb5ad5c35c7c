/** 标签规则 of today over all that a member bought and kept. */
import type { MemberRecounted } from '../../../../schema/index.ts';
import { accept, ignore } from '../../effects.ts';
import { storedPosition } from '../../sales/settle.ts';
import { retired, ruled, withReceipt } from '../../tags/rules.ts';
import type { On } from '../define.ts';

export const memberRecounted: On<MemberRecounted> = {
  needs: ({ memberId }, ask) => ask.history(memberId),
  decide: (world, { memberId }) => {
    const member = world.members.get(memberId);
    if (!member || member.mergedInto !== null || member.deletedAt !== null)
      return ignore({ code: 'NOTHING_NEW', about: 'member' });
    const kept = [...world.sales.values()]
      .filter((sale) => sale.memberId === memberId)
      .map((sale) => ({ on: sale.occurredOn, before: [], after: storedPosition(world, sale).lines }));
    const effects = [
      ...retired(world, memberId),
      ...ruled(world, memberId, (rule) =>
        kept.reduce(
          (days, receipt) => withReceipt(rule, days, receipt),
          [] as ReturnType<typeof withReceipt>,
        ),
      ),
    ];
    return effects.length > 0 ? accept(effects) : ignore({ code: 'NOTHING_NEW', about: 'member' });
  },
};
