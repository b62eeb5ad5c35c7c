/** 营销活动: what a merchant may promise, and the form in which the promise is decided. */
import * as z from 'zod';
import {
  CampaignId,
  Fen,
  Instant,
  ScopeEntries,
  StoreIds,
  campaignStatuses,
  campaignTriggers,
  wholeNumberMax,
  type CampaignTrigger,
  type CampaignVersion,
  type ScopeEntry,
} from '../../../schema/index.ts';
import type { CompiledCondition } from '../conditions/define.ts';
import { conditions } from '../conditions/index.ts';
import { anyKind, byKind } from '../plain/registry.ts';
import type { CompiledReward } from '../rewards/define.ts';
import { rewards } from '../rewards/index.ts';
import { stages } from '../members/stages.ts';

const Count = z.int().min(1).max(wholeNumberMax).nullable().default(null);

export const CampaignInput = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    trigger: z.enum(campaignTriggers).default('sale.completed'),
    status: z.enum(campaignStatuses).default('draft'),
    stores: StoreIds.nullable().default(null),
    levels: z.array(z.string().min(1).max(40)).min(1).max(50).nullable().default(null),
    /** true: only while the member is a 超级会员 (the campaign then ends for each member with that membership). */
    superMember: z.boolean().nullable().default(null),
    /** 客户阶段: members with a child in one of these; none is a member who named no child. */
    stages: z
      .array(z.enum([...stages, 'none']))
      .min(1)
      .max(stages.length + 1)
      .nullable()
      .default(null),
    from: Instant.nullable().default(null),
    to: Instant.nullable().default(null),
    conditions: z.array(anyKind(conditions)).max(10).default([]),
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
  .refine(({ trigger, conditions: given }) => trigger === 'sale.completed' || given.length === 0, {
    path: ['conditions'],
    message: 'a campaign that starts with a registration has no basket to look at: leave conditions empty',
  });
export type CampaignInput = z.infer<typeof CampaignInput>;

export type CompiledCampaign = {
  readonly id: CampaignId;
  readonly version: number;
  readonly name: string;
  readonly trigger: CampaignTrigger;
  readonly status: CampaignInput['status'];
  readonly stores: ReadonlySet<string> | null;
  readonly levels: ReadonlySet<string> | null;
  readonly superMember: boolean | null;
  readonly stages: ReadonlySet<string> | null;
  readonly from: number;
  readonly to: number;
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
    stores: given.stores && new Set(given.stores),
    levels: given.levels && new Set(given.levels),
    superMember: given.superMember,
    stages: given.stages && new Set(given.stages),
    from: given.from === null ? -Infinity : Date.parse(given.from),
    to: given.to === null ? Infinity : Date.parse(given.to),
    conditions: given.conditions.map((params) => byKind(conditions, params.kind).compile(params)),
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
