/** 会员资料 corrected by the office: tags put on by hand, children and what they use, name and birthday; what is left out stays. */
import { defaultTimezone, type Member, type MemberEdited } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import { childMiss, keepingUses } from '../../members/children.ts';
import { usingNow } from '../../profile/uses.ts';
import { localDate } from '../../plain/dates.ts';
import { isSame } from '../../plain/same.ts';
import type { On } from '../define.ts';
import { pairKey, type World } from '../../world.ts';

export const memberEdited: On<MemberEdited> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberEdited,
};

function onMemberEdited(world: World, event: MemberEdited): Decision {
  const { memberId, name, birthdayOn, children, tags, uses, file, occurredAt } = event;
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
    ...(tags === undefined ? [] : retagged(world, memberId, new Set(tags))),
  ];
  return effects.length > 0 ? accept(effects) : ignore({ code: 'NOTHING_NEW', about: 'member' });
}

/** What purchases vouch for stays, whether it is named or not. */
function retagged(world: World, memberId: Member['id'], wanted: ReadonlySet<string>): Effect[] {
  const own = [...world.tags.values()].filter((row) => row.memberId === memberId);
  const off = own.filter(({ tag, manual }) => manual && !wanted.has(tag));
  const on = [...wanted].flatMap((tag) => {
    const row = world.tags.get(pairKey(memberId, tag)) ?? { memberId, tag, support: 0, manual: false };
    return row.manual || row.support > 0 ? [] : [row];
  });
  return [
    ...off.map((row): Effect => ({ type: 'tag.put', row: { ...row, manual: false } })),
    ...on.map((row): Effect => ({ type: 'tag.put', row: { ...row, manual: true } })),
  ];
}
