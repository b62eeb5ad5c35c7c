/** 会员资料 corrected by the office: children and what they use, name and birthday, her file; what is left out stays. */
import { defaultTimezone, type Member, type MemberEdited } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { childMiss, keepingUses } from '../../members/children.ts';
import { usingNow } from '../../profile/uses.ts';
import { localDate } from '../../plain/dates.ts';
import { isSame } from '../../plain/same.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberEdited: On<MemberEdited> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberEdited,
};

function onMemberEdited(world: World, event: MemberEdited): Decision {
  const { memberId, name, birthdayOn, children, uses, file, occurredAt } = event;
  const member = world.members.get(memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const today = localDate(occurredAt, defaultTimezone);
  const place = children?.findIndex((child) => childMiss(child, today) !== null) ?? -1;
  if (place >= 0) return refuse({ code: 'CHILD_IMPLAUSIBLE', place });
  const put: Member = {
    ...member,
    ...(name !== undefined && { name }),
    ...(birthdayOn !== undefined && { birthdayOn }),
    ...(children !== undefined && {
      children: children.length > 0 ? keepingUses(member.children, children) : null,
    }),
    ...(uses !== undefined && { children: usingNow(member.children, uses) }),
  };
  const effects = [
    // With a file as well: her version guards it.
    ...(isSame(put, member) && file === undefined ? [] : [{ type: 'member.put', member: put } as const]),
    ...(file === undefined
      ? []
      : [{ type: 'member-file.write', note: { memberId, written: file } } as const]),
  ];
  return effects.length > 0 ? accept(effects) : ignore({ code: 'NOTHING_NEW', about: 'member' });
}
