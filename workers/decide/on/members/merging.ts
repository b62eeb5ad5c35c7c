/** 合并与拆开 by the office: two members are made one, and for a day the wrong pair is made two again. */
import type { MemberSplit, MemberUnited } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { shortOf } from '../../members/split.ts';
import { dayMs } from '../../plain/dates.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const memberUnited: On<MemberUnited> = {
  needs({ fromId, intoId }, ask) {
    ask.member(fromId);
    ask.member(intoId);
  },
  decide: onMemberUnited,
};

function onMemberUnited(world: World, { fromId, intoId, occurredAt }: MemberUnited): Decision {
  const pair = [fromId, intoId].map((id) => world.members.get(id));
  if (pair.some((member) => !member || member.deletedAt !== null || member.mergedInto !== null))
    return refuse({ code: 'NO_MEMBER' });
  if (fromId === intoId) return ignore({ code: 'MEMBERS_ONE_ALREADY' });
  return accept([{ type: 'member.merge', from: fromId, into: intoId, at: occurredAt }]);
}

export const memberSplit: On<MemberSplit> = {
  needs({ fromId, intoId }, ask) {
    ask.member(fromId);
    ask.member(intoId);
    ask.rows('mergers', fromId);
  },
  decide: onMemberSplit,
};

/** For so long it can be undone: the page says so. */
export const splitWithinMs = dayMs;

function onMemberSplit(world: World, event: MemberSplit): Decision {
  const { fromId, intoId, seenVersion, occurredAt } = event;
  const merger = world.mergers.get(fromId);
  const survivor = world.members.get(intoId);
  if (!merger || merger.intoId !== intoId || !survivor) return refuse({ code: 'NOT_MERGED' });
  if (survivor.deletedAt !== null || survivor.mergedInto !== null) return refuse({ code: 'MERGED_ON' });
  if (world.now - merger.at > splitWithinMs) return refuse({ code: 'MERGED_LONG_AGO' });
  if (survivor.version !== seenVersion) return refuse({ code: 'MOVED_MEANWHILE' });
  const short = shortOf(world, merger);
  if (short) return refuse({ code: 'SPENT_SINCE', ...short });
  return accept([{ type: 'member.split', from: fromId, into: intoId, at: occurredAt }]);
}
