/** 注册: a member came to exist; campaigns that wait for that give their gifts once. */
import type { MemberRegistered, StoreId } from '../../../../schema/index.ts';
import { campaignsAt } from '../../campaigns/campaigns-at.ts';
import { timezoneOf } from '../../config.ts';
import { localDate } from '../../plain/dates.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { choose, type Due } from '../../campaigns/entitlement.ts';
import { meet } from '../../campaigns/evaluate.ts';
import { memberOf } from '../../members/identities.ts';
import { changesOf, settleGrants } from '../../campaigns/settle-grants.ts';
import type { On } from '../define.ts';
import { openidOf, seedOf, type World } from '../../world.ts';

export const memberRegistered: On<MemberRegistered> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberRegistered,
};

function onMemberRegistered(world: World, event: MemberRegistered): Decision {
  const member = memberOf(world, event.memberId);
  // A member who registers outside any shop belongs to none: only campaigns for all stores apply.
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
  const { effects, couponsIssued } = settleGrants(
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
  if (!isJoined || openidOf(world, member.id) === null) return accept(effects);
  return accept([...effects, welcome(event, dues, couponsIssued)]);
}

/** 注册成功: what it brought, told once. */
function welcome(
  { id, memberId, occurredAt }: MemberRegistered,
  dues: readonly Due[],
  coupons: number,
): Effect {
  const sum = (key: 'points' | 'redPacketFen'): number => dues.reduce((total, due) => total + due[key], 0);
  return {
    type: 'message.queue',
    note: {
      cause: `${id}/joined`,
      kind: 'joined',
      memberId,
      associateId: null,
      payload: { points: sum('points'), coupons, redPacketFen: sum('redPacketFen') },
      dueAt: occurredAt,
    },
  };
}
