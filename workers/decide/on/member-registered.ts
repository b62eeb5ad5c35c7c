/** 注册: a member came to exist; campaigns that wait for that give their gifts once. */
import type { MemberRegistered, StoreId } from '../../../schema/index.ts';
import { campaignsAt } from '../campaigns-at.ts';
import { timezoneOf } from '../config.ts';
import { localDate } from '../dates.ts';
import { accept, type Decision } from '../effects.ts';
import { choose } from '../entitlement.ts';
import { meet } from '../evaluate.ts';
import { memberOf } from '../identities.ts';
import { changesOf, settleGrants } from '../settle-grants.ts';
import { seedOf, type World } from '../world.ts';

export function onMemberRegistered(world: World, event: MemberRegistered): Decision {
  const member = memberOf(world, event.memberId);
  // A member who registers outside any shop belongs to none: only campaigns for all stores apply.
  const storeId = (event.storeId ?? '') as StoreId;
  const hits = meet(campaignsAt(world, 'member.created', world.now), [], {
    storeId,
    level: member.level,
    superUntil: member.superUntil,
    at: event.occurredAt,
  });
  if (hits.length === 0) return accept([]);
  const on = localDate(event.occurredAt, timezoneOf(world.config, storeId));
  const seed = seedOf(world, event.seedOf);
  const { dues } = choose(world, hits, { memberId: member.id, on, seed, held: [] });
  const cause = `member:${member.id}`;
  const { effects } = settleGrants(
    world,
    {
      cause,
      seedOf: event.seedOf,
      memberId: member.id,
      saleId: null,
      storeId,
      occurredAt: event.occurredAt,
      on,
    },
    changesOf([], dues),
    { cause, at: event.occurredAt, basePoints: 0, isMoved: false, pointsMark: 0, walletMark: 0 },
  );
  return accept(effects);
}
