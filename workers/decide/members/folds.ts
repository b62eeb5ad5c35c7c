/** Folds the effects that concern a member: the person, identities, accounts, counters and tags. */
import { defaultTimezone, type MemberCounter, type MemberId } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { attach, postTo, setHead } from '../money/post.ts';
import { localDate } from '../plain/dates.ts';
import { place } from '../slices/fold.ts';
import { noTag } from '../tags/worn.ts';
import { lastHeadOf, pairKey, type World } from '../world.ts';
import { countOn } from './day-counts.ts';
import { merge } from './merge.ts';
import { split } from './split.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const memberFolds = {
  'member.put': (world: World, changes: Changes, { member }: Of<'member.put'>): void => {
    world.members.set(member.id, member);
    changes.members.add(member.id);
  },
  'member.merge': merge,
  'member.split': split,
  'identity.attach': (world: World, changes: Changes, { key, memberId }: Of<'identity.attach'>): void =>
    attach(world, changes, key, memberId),
  'identity.drop': (world: World, changes: Changes, { key }: Of<'identity.drop'>): void => {
    const owner = world.identities.get(key);
    world.identities.delete(key);
    if (owner !== undefined) world.keysOf.get(owner)?.delete(key);
    changes.identities.set(key, null);
  },
  'ledger.post': (world: World, changes: Changes, posting: Of<'ledger.post'>): void => {
    postTo(world, changes, posting);
    changes.members.add(posting.memberId);
  },
  'lot.tell': (world: World, changes: Changes, { memberId, lastOn }: Of<'lot.tell'>): void => {
    const head = lastHeadOf(world, memberId, 'points');
    const lots = head.lots.map((lot) => (lot.lastOn === lastOn ? { ...lot, isTold: true } : lot));
    setHead(world, changes, memberId, { ...head, lots });
    changes.members.add(memberId);
  },
  'member.count': countMember,
  'tag.support': (world: World, changes: Changes, { memberId, tag, by, anew }: Of<'tag.support'>): void => {
    const known = world.tags.get(pairKey(memberId, tag)) ?? noTag(memberId, tag);
    const support = Math.max(0, known.support + by);
    // 拿掉的标签 stays off for as long as the same still vouches for it.
    place(world, changes, 'tags', {
      ...known,
      support,
      off: support > 0 && !anew ? (known.off ?? null) : null,
    });
  },
};

function countMember(
  world: World,
  changes: Changes,
  { memberId, subject, times, on }: Of<'member.count'>,
): void {
  const counter = world.memberCounters.get(pairKey(memberId, subject)) ?? noCounts(memberId, subject);
  place(world, changes, 'memberCounters', {
    ...counter,
    used: Math.max(0, counter.used + times),
    ...countOn(counter, { on, times }, localDate(world.now, defaultTimezone)),
  });
}

const noCounts = (memberId: MemberId, subject: string): MemberCounter => ({
  memberId,
  subject,
  used: 0,
  days: {},
  forgottenTo: null,
});
