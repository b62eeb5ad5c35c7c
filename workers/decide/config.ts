/** What the merchant has set up, compiled once and shared by every decision until its version changes. */
import type {
  CampaignId,
  CouponTemplateDefinition,
  MerchantSettings,
  Store,
  StoreId,
  TemplateId,
} from '../../schema/index.ts';
import { defaultTimezone } from '../../schema/index.ts';
import type { CampaignIndex } from './campaigns/campaign-index.ts';
import type { CompiledPlan } from './members/reminder-plan.ts';
import type { CompiledTags } from './tags/compile.ts';
import type { Payout } from './money/payout.ts';
import type { CampaignTrigger } from './triggers/index.ts';

export type Config = {
  readonly version: number;
  readonly settings: MerchantSettings;
  /** Of the shop's Official Account, whose openids name people here; null without one. */
  readonly appId: string | null;
  readonly stores: ReadonlyMap<StoreId, Store>;
  /** The last moment at which a version of a campaign ended: for what happened since, those below are all there are. */
  readonly campaignsChangedAt: number;
  /** Active campaigns by their trigger. */
  readonly campaigns: Readonly<Record<CampaignTrigger, CampaignIndex>>;
  /** 收回的活动: they give nothing to anybody any more, whatever they promised at the time. */
  readonly withdrawn: ReadonlySet<CampaignId>;
  readonly templates: ReadonlyMap<TemplateId, CouponTemplateDefinition>;
  /** Enabled plans, newest first: the first that covers a product is the one that runs. */
  readonly plans: readonly CompiledPlan[];
  /** 店长 whom WeChat reaches, those who came first at the front; `storeIds` null is every store. */
  readonly managers: readonly { readonly openid: string; readonly storeIds: readonly StoreId[] | null }[];
  readonly tags: CompiledTags;
  /** Null without WeChat Pay keys. */
  readonly payout: Payout | null;
};

export function timezoneOf(config: Config, storeId: StoreId | null): string {
  return (storeId === null ? undefined : config.stores.get(storeId)?.timezone) ?? defaultTimezone;
}
