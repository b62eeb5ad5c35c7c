/** 注册: a member came to exist; campaigns with this trigger give their gifts once. */
import type { CampaignTrigger, MemberRegistered, StoreId } from '../../../../schema/index.ts';
import { coupons } from '../../awards/coupons.ts';
import { awards } from '../../awards/index.ts';
import { campaignsAt } from '../../campaigns/campaigns-at.ts';
import { timezoneOf } from '../../config.ts';
import type { GrantContext } from '../../coupons/issue-coupon.ts';
import { localDate } from '../../plain/dates.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { choose } from '../../campaigns/choose.ts';
import { meet } from '../../campaigns/evaluate.ts';
import { memberOf } from '../../members/who/identities.ts';
import type { On } from '../define.ts';
import { changesOf } from '../../campaigns/grant-changes.ts';
import { tellTexts } from '../../campaigns/tell-texts.ts';
import { settleGrants, type SettledGrants } from '../../campaigns/settle-grants.ts';
import { headOf, openidOf, type World } from '../../world.ts';

export const memberRegistered: On<MemberRegistered> = {
  needs: ({ memberId }, ask) => ask.member(memberId),
  decide: onMemberRegistered,
};

function onMemberRegistered(world: World, event: MemberRegistered): Decision {
  const isJoined = event.trigger === 'member.joined';
  const cause = `${isJoined ? 'joined' : 'member'}:${event.memberId}`;
  const { effects, given } = triggered(world, event, { trigger: event.trigger, cause });
  if (!isJoined || openidOf(world, event.memberId) === null) return accept(effects);
  return accept([...effects, welcome(event, brought(world, event, given))]);
}

/** What campaigns with a trigger give to a member to whom something happened; the cause keeps it from being given twice. */
export function triggered(
  world: World,
  event: Pick<MemberRegistered, 'memberId' | 'storeId' | 'occurredAt' | 'seedOf'>,
  { trigger, cause }: { readonly trigger: CampaignTrigger; readonly cause: string },
): { readonly effects: readonly Effect[]; readonly given: Given } {
  const { memberId, occurredAt } = event;
  const member = memberOf(world, memberId);
  // A member who registers outside a store has no store: only campaigns for all stores apply.
  const storeId = (event.storeId ?? '') as StoreId;
  const timezone = timezoneOf(world.config, storeId);
  const hits = meet(campaignsAt(world, trigger, { occurredAt, evaluatedAt: world.now }), [], {
    storeId,
    at: occurredAt,
    timezone,
    member,
    ordersBefore: member.orders,
  });
  const context: GrantContext = {
    cause,
    seedOf: event.seedOf,
    memberId,
    saleId: null,
    storeId,
    occurredAt,
    on: localDate(occurredAt, timezone),
  };
  const { dues } = choose(world, hits, context);
  const changes = changesOf([], dues);
  const { effects, given } = settleGrants(world, context, changes, {
    cause,
    at: occurredAt,
    storeId: storeId || null,
    base: {},
    isMoved: false,
    marks: {},
  });
  return { effects: [...effects, ...tellTexts(world, { memberId, cause }, changes)], given };
}

type Given = SettledGrants['given'];

/** Whoever came to exist with this event had nothing before: all that they hold by now was brought by registering. */
function brought(world: World, { memberId, occurredAt }: MemberRegistered, given: Given): Given {
  if (memberOf(world, memberId).createdAt !== occurredAt) return given;
  const all: Record<string, number> = { ...given };
  const add = (kind: string, amount: number): void => {
    if (amount > 0) all[kind] = (all[kind] ?? 0) + amount;
  };
  for (const { kind, account } of awards)
    if (account !== null) add(kind, headOf(world, memberId, account).balance);
  const held = [...world.coupons.values()].filter((coupon) => coupon.memberId === memberId);
  add(coupons.kind, held.length);
  return all;
}

/** 注册成功: tells the member once what registering brought. */
function welcome({ id, memberId, occurredAt }: MemberRegistered, earned: Given): Effect {
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
