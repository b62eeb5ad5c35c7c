/** 贴标签, 拿掉标签: by the office, an associate, or a job for many. */
import type { MemberTagged } from '../../../../schema/index.ts';
import { accept, ignore, refuse } from '../../effects.ts';
import { retag } from '../../tags/retag.ts';
import type { On } from '../define.ts';

export const memberTagged: On<MemberTagged> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: (world, event) => {
    const member = world.members.get(event.memberId);
    if (!member || member.mergedInto !== null || member.deletedAt !== null)
      return refuse({ code: 'NO_MEMBER' });
    const retagged = retag(world, member.id, event);
    if ('refusal' in retagged) return refuse(retagged.refusal);
    return retagged.effects.length > 0
      ? accept(retagged.effects)
      : ignore({ code: 'NOTHING_NEW', about: 'member' });
  },
};
