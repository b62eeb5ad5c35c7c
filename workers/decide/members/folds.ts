/** Folds the effects that concern a member: the person, identities, accounts, counters and tags. */
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { attach, postTo } from '../money/post.ts';
import { place } from '../slices/fold.ts';
import { pairKey, type World } from '../world.ts';
import { merge } from './merge.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const memberFolds = {
  'member.put': (world: World, changes: Changes, { member }: Of<'member.put'>): void => {
    world.members.set(member.id, member);
    changes.members.add(member.id);
  },
  'member.merge': merge,
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
  'member.count': countMember,
  'tag.support': (world: World, changes: Changes, { memberId, tag, by }: Of<'tag.support'>): void => {
    const known = world.tags.get(pairKey(memberId, tag)) ?? { memberId, tag, support: 0, manual: false };
    place(world, changes, 'tags', { ...known, support: Math.max(0, known.support + by) });
  },
};

function countMember(
  world: World,
  changes: Changes,
  { memberId, subject, times, on }: Of<'member.count'>,
): void {
  const key = pairKey(memberId, subject);
  const counter = world.memberCounters.get(key) ?? { memberId, subject, used: 0, usedOn: on, usedThatDay: 0 };
  const isSameDay = counter.usedOn === on;
  // Only the latest day is counted: a slot freed on an older day lowers the total and not the day.
  const isOlderDay = on < counter.usedOn;
  const usedThatDay = isOlderDay
    ? counter.usedThatDay
    : Math.max(0, (isSameDay ? counter.usedThatDay : 0) + times);
  place(world, changes, 'memberCounters', {
    ...counter,
    used: Math.max(0, counter.used + times),
    usedOn: isOlderDay ? counter.usedOn : on,
    usedThatDay,
  });
}
