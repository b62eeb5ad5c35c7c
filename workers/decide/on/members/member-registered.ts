/** 注册: a member came to exist; campaigns with this trigger give their gifts once. */
import type { MemberRegistered, StoreId } from '../../../../schema/index.ts';
import { campaignsAt } from '../../campaigns/campaigns-at.ts';
import { timezoneOf } from '../../config.ts';
import { localDate } from '../../plain/dates.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { choose } from '../../campaigns/entitlement.ts';
import { meet } from '../../campaigns/evaluate.ts';
import { memberOf } from '../../members/identities.ts';
import type { On } from '../define.ts';
import { changesOf } from '../../campaigns/grant-changes.ts';
import { settleGrants, type SettledGrants } from '../../campaigns/settle-grants.ts';
import { openidOf, seedOf, type World } from '../../world.ts';

export const memberRegistered: On<MemberRegistered> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberRegistered,
};

function onMemberRegistered(world: World, event: MemberRegistered): Decision {
  const member = memberOf(world, event.memberId);
  // A member who registers outside a store has no store: only campaigns for all stores apply.
  const storeId = (event.storeId ?? '') as StoreId;
  const timezone = timezoneOf(world.config, storeId);
  const hits = meet(campaignsAt(world, event.trigger, world.now), [], {
    storeId,
    at: event.occurredAt,
    timezone,
    member,
    ordersBefore: member.orders,
  });
  const on = localDate(event.occurredAt, timezone);
  const seed = seedOf(world, event.seedOf);
  const { dues } = choose(world, hits, { memberId: member.id, on, seed, held: [] });
  const isJoined = event.trigger === 'member.joined';
  const cause = `${isJoined ? 'joined' : 'member'}:${member.id}`;
  const { effects, given } = settleGrants(
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
    { cause, at: event.occurredAt, base: {}, isMoved: false, marks: {} },
  );
  if (!isJoined || openidOf(world, member.id) === null) return accept(effects);
  return accept([...effects, welcome(event, given)]);
}

/** 注册成功: tells the member once what registering brought. */
function welcome({ id, memberId, occurredAt }: MemberRegistered, earned: SettledGrants['given']): Effect {
  return {
    type: 'message.queue',
    note: {
      cause: `${id}/joined`,
      kind: 'joined',
      memberId,
      associateId: null,
      payload: { earned },
      dueAt: occurredAt,
    },
  };
}
