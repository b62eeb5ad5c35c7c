/** 触发: what campaigns give for something that happened to a member; its cause and its count keep it from being given twice. */
import type { StoreId, TriggerMet } from '../../../schema/index.ts';
import { campaignsAt } from '../campaigns/campaigns-at.ts';
import { choose, type Chosen } from '../campaigns/choose.ts';
import { meet, type Hit, type Visit } from '../campaigns/evaluate.ts';
import { changesOf } from '../campaigns/grant-changes.ts';
import { settleGrants, type SettledGrants } from '../campaigns/settle-grants.ts';
import { tellTexts } from '../campaigns/tell-texts.ts';
import { timezoneOf } from '../config.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { Effect } from '../effects.ts';
import { memberOf } from '../members/who/identities.ts';
import { localDate } from '../plain/dates.ts';
import { wearsNow } from '../tags/wears.ts';
import { causeOf, subjectOf, type Trigger } from '../triggers/define.ts';
import { triggerOf } from '../triggers/index.ts';
import { pairKey, type World } from '../world.ts';

export type Given = {
  readonly effects: readonly Effect[];
  readonly given: SettledGrants['given'];
  /** Why campaigns that were met gave nothing. */
  readonly misses: Chosen['misses'];
};

const nothing: Given = { effects: [], given: {}, misses: new Map() };

export function give(world: World, event: TriggerMet): Given {
  const trigger = triggerOf(event.trigger);
  if (hasHad(world, trigger, event)) return nothing;
  const { memberId, occurredAt: at } = event;
  const { visit, context } = occasionOf(world, trigger, event);
  const moment = { occurredAt: at, evaluatedAt: world.now };
  const hits: Hit[] = meet(campaignsAt(world, trigger.kind, moment), [], visit);
  const { dues, misses } = choose(world, hits, context);
  const changes = changesOf([], dues);
  const { cause, on } = context;
  const postings = { cause, at, storeId: context.storeId || null, base: {}, isMoved: false, marks: {} };
  const { effects, given } = settleGrants(world, context, changes, postings);
  return {
    effects: [
      ...effects,
      ...tellTexts(world, { memberId, cause }, changes),
      ...onceFor(trigger, event, { isGiven: effects.length > 0, on }),
    ],
    given,
    misses,
  };
}

export function occasionOf(
  world: World,
  trigger: Trigger,
  event: TriggerMet,
): { readonly visit: Visit; readonly context: GrantContext } {
  const { memberId, occurredAt, seedOf, facts } = event;
  const member = memberOf(world, memberId);
  // Whoever belongs to no store is in none: only campaigns for all stores apply.
  const storeId = (event.storeId ?? '') as StoreId;
  const timezone = timezoneOf(world.config, storeId);
  return {
    visit: {
      storeId,
      at: occurredAt,
      timezone,
      member,
      wears: wearsNow(world, member.id),
      ordersBefore: member.orders,
      ...facts,
    },
    context: {
      cause: causeOf(trigger, event),
      seedOf,
      memberId,
      saleId: null,
      storeId,
      occurredAt,
      on: localDate(occurredAt, timezone),
    },
  };
}

/** It was given, or had its time; in this life, or by the digest in an earlier one. */
export function hasHad(world: World, trigger: Trigger, event: TriggerMet): boolean {
  const { memberId, digest } = event;
  if (trigger.once === undefined) return false;
  const counted = world.memberCounters.get(pairKey(memberId, subjectOf(trigger, event)))?.used ?? 0;
  return counted > 0 || (digest !== undefined && world.joinedDigests.has(digest));
}

type Once = { readonly isGiven: boolean; readonly on: string };

function onceFor(trigger: Trigger, event: TriggerMet, { isGiven, on }: Once): Effect[] {
  if (trigger.once === undefined || (trigger.once === 'given' && !isGiven)) return [];
  const { digest: key, occurredAt: at } = event;
  const counted = countOf(trigger, event, on);
  return key !== undefined && isGiven
    ? [counted, { type: 'joined-digest.put', row: { key, at } }]
    : [counted];
}

type Place = Pick<TriggerMet, 'memberId' | 'occurrence'>;

/** Nothing more is given for it. */
export const countOf = (trigger: Trigger, place: Place, on: string): Effect => ({
  type: 'member.count',
  memberId: place.memberId,
  subject: subjectOf(trigger, place),
  times: 1,
  on,
});
