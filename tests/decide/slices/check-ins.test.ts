/** 签到: kept with the member, guarded by her version, and one streak when two records turn out to be one person. */
import { expect, test } from 'vitest';
import type { CheckIn, MemberId } from '../../../schema/index.ts';
import { apply, writes } from '../../../workers/db/world/apply.ts';
import { load, type Loaded } from '../../../workers/db/world/load.ts';
import { noChanges, type Changes } from '../../../workers/decide/changes.ts';
import { needsOf } from '../../../workers/decide/decide.ts';
import { evolve } from '../../../workers/decide/evolve.ts';
import { at, sale } from '../../support/builders.ts';
import { memberId, openShop, type Shop } from '../../support/shop.ts';

const twoMembers = async (): Promise<{ shop: Shop; mine: MemberId; theirs: MemberId }> => {
  const shop = await openShop();
  await shop.tell(sale({ member: { externalId: 'M1' } }));
  await shop.tell(sale({ orderNo: '2', id: '2', member: { externalId: 'M2' } }));
  const [mine, theirs] = ['ext:pos:M1', 'ext:pos:M2'].map((key) => memberId(shop.db, key) as MemberId);
  if (!mine || !theirs) throw new Error('both have bought');
  return { shop, mine, theirs };
};

const look = async ({ db, engine, clock }: Shop, ...members: MemberId[]): Promise<Loaded> =>
  load(db, {
    eventIds: [],
    seqs: [],
    needs: { ...needsOf([]), members: new Set(members) },
    isDeep: false,
    config: await engine.config.get(),
    seeds: new Map(),
    now: clock.now,
  });

const write = async ({ db, clock }: Shop, loaded: Loaded, changes: Changes) =>
  (await apply(db, writes({ ...loaded, changes, appliedIds: [], closings: [], now: clock.now }))).applied;

const checkIn = (owner: MemberId, lastOn: string, streakDays: number): CheckIn => ({
  memberId: owner,
  lastOn,
  streakDays,
});

test('a third day in a row is there when she is looked at again', async () => {
  const { shop, mine } = await twoMembers();
  const loaded = await look(shop, mine);
  const changes = noChanges();
  evolve(loaded.world, changes, { type: 'check-in.put', row: checkIn(mine, '2026-11-22', 3) });
  expect(await write(shop, loaded, changes)).toBe('applied');
  expect((await look(shop, mine)).world.checkIns.get(mine)).toEqual(checkIn(mine, '2026-11-22', 3));
});

test('of two check-ins at once that both read a streak of 2, only one is written', async () => {
  const { shop, mine } = await twoMembers();
  const readings = [await look(shop, mine), await look(shop, mine)];
  const outcomes = [];
  for (const loaded of readings) {
    const changes = noChanges();
    evolve(loaded.world, changes, { type: 'check-in.put', row: checkIn(mine, '2026-11-22', 3) });
    outcomes.push(await write(shop, loaded, changes));
  }
  expect(outcomes).toEqual(['applied', 'stale']);
});

test.each([
  ['the later day goes on', '2026-11-22', 2, '2026-11-20', 9, '2026-11-22', 2],
  ['whichever of the two it was', '2026-11-20', 9, '2026-11-22', 2, '2026-11-22', 2],
  ['on the same day the longer streak stands', '2026-11-22', 2, '2026-11-22', 5, '2026-11-22', 5],
])('two members who are one: %s', async (_, mineOn, mineDays, theirsOn, theirsDays, on, days) => {
  const { shop, mine, theirs } = await twoMembers();
  const loaded = await look(shop, mine, theirs);
  const changes = noChanges();
  evolve(loaded.world, changes, { type: 'check-in.put', row: checkIn(mine, mineOn, mineDays) });
  evolve(loaded.world, changes, { type: 'check-in.put', row: checkIn(theirs, theirsOn, theirsDays) });
  evolve(loaded.world, changes, {
    type: 'member.merge',
    from: theirs,
    into: mine,
    at: at('2026-11-22 15:00'),
  });
  await write(shop, loaded, changes);
  const { world } = await look(shop, mine, theirs);
  expect([...world.checkIns.values()]).toEqual([checkIn(mine, on, days)]);
});
