/** 营销活动: what a merchant may promise, and the form in which the promise is decided. */
import * as z from 'zod';
import {
  CampaignId,
  Fen,
  Instant,
  ScopeEntries,
  campaignStatuses,
  wholeNumberMax,
  type CampaignVersion,
  type ScopeEntry,
} from '../../../schema/index.ts';
import { anyKind, byKind, type OfSomeKind } from '../plain/registry.ts';
import { lacking, type CompiledPredicate } from '../predicates/define.ts';
import { predicates } from '../predicates/index.ts';
import type { CompiledReward } from '../rewards/define.ts';
import { rewards } from '../rewards/index.ts';
import { triggerKinds, triggerOf, triggers, type CampaignTrigger } from '../triggers/index.ts';
import { shorthand, spelledOut } from './shorthand.ts';

const Count = z.int().min(1).max(wholeNumberMax).nullable().default(null);

export const CampaignInput = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    trigger: z.enum(triggerKinds).default('sale.completed'),
    status: z.enum(campaignStatuses).default('draft'),
    ...shorthand,
    from: Instant.nullable().default(null),
    to: Instant.nullable().default(null),
    conditions: z.array(anyKind(predicates)).max(10).default([]),
    exclude: ScopeEntries.default([]),
    repeat: z.enum(['once', 'multiple']).default('once'),
    limits: z
      .strictObject({
        total: Count,
        perMember: Count,
        perMemberPerDay: Count,
        budgetFen: Fen.min(1).nullable().default(null),
      })
      .default({ total: null, perMember: null, perMemberPerDay: null, budgetFen: null }),
    group: z.string().trim().min(1).max(40).nullable().default(null),
    pick: z.enum(['best', 'first', 'all']).default('best'),
    priority: z.int().min(-1000).max(1000).default(0),
    rewards: z.array(anyKind(rewards)).min(1).max(10),
  })
  .refine(({ from, to }) => from === null || to === null || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be later than from',
  })
  .superRefine(({ trigger, conditions, limits }, { addIssue }) => {
    const { asks, isAtWill } = triggerOf(trigger);
    if (asks !== undefined && !conditions.some(({ kind }) => kind === asks))
      addIssue({ code: 'custom', path: ['conditions'], message: `needs a condition of kind ${asks}` });
    if (isAtWill && limits.perMember === null && limits.perMemberPerDay === null)
      addIssue({
        code: 'custom',
        path: ['limits', 'perMember'],
        message: 'has to be set, or perMemberPerDay: it happens as often as somebody likes',
      });
    conditions.forEach(({ kind }, place) => {
      const predicate = byKind(predicates, kind);
      const lacks = lacking(predicate, triggerOf(trigger));
      if (lacks === undefined) return;
      const others = triggers.filter((other) => lacking(predicate, other) === undefined);
      addIssue({
        code: 'custom',
        path: ['conditions', place, 'kind'],
        message: `${kind} needs ${lacks}, which ${trigger} does not bring: take the condition out, or let the campaign start with ${others.map((other) => other.kind).join(' or ')}`,
      });
    });
  });
export type CampaignInput = z.infer<typeof CampaignInput>;

/** `place` is the position in `conditions`; null when the condition comes from a field of the campaign. */
export type CompiledCondition = CompiledPredicate & { readonly place: number | null };

export type CompiledCampaign = {
  readonly id: CampaignId;
  readonly version: number;
  readonly name: string;
  readonly trigger: CampaignTrigger;
  readonly status: CampaignInput['status'];
  readonly from: number;
  readonly to: number;
  /** All of them have to be met. */
  readonly conditions: readonly CompiledCondition[];
  readonly exclude: readonly ScopeEntry[];
  readonly repeats: boolean;
  readonly limits: CampaignInput['limits'];
  readonly group: string | null;
  readonly pick: CampaignInput['pick'];
  readonly priority: number;
  readonly rewards: readonly CompiledReward[];
  readonly inForceFrom: number;
  readonly inForceTo: number;
};

export function compileCampaign(row: CampaignVersion): CompiledCampaign {
  const given = CampaignInput.parse(row.definition);
  return {
    id: row.id,
    version: row.version,
    name: given.name,
    trigger: given.trigger,
    status: row.status,
    from: given.from === null ? -Infinity : Date.parse(given.from),
    to: given.to === null ? Infinity : Date.parse(given.to),
    conditions: [
      ...spelledOut(given).map((params) => compileCondition(params, null)),
      ...given.conditions.map(compileCondition),
    ],
    exclude: given.exclude,
    repeats: given.repeat === 'multiple',
    limits: given.limits,
    group: given.group,
    pick: given.pick,
    priority: given.priority,
    rewards: given.rewards.map((params, seat) => byKind(rewards, params.kind).compile(params, seat)),
    inForceFrom: row.inForceFrom,
    inForceTo: row.inForceTo ?? Infinity,
  };
}

const compileCondition = (params: OfSomeKind, place: number | null): CompiledCondition => ({
  ...byKind(predicates, params.kind).compile(params),
  place,
});
