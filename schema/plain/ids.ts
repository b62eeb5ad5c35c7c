/** Branded ids: a bare string, or an id of another noun, does not compile where one of these is expected. */
import * as z from 'zod';
import { Id as id } from './names.ts';

const idLengthMax = 128;

export const EventId = id.brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

export const MemberId = id.brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;

/** A namespace and up to four parts, where a character may be written with three. */
const numberedLengthMax = idLengthMax * 13;
const numbered = z.string().min(1).max(numberedLengthMax);

/**
 * `{source namespace}:{order number}`: two vendors may number their receipts alike. Where a source numbers by store, day or
 * terminal, these follow: `pos:372@8005/2026-11-22`.
 */
export const SaleId = numbered.brand<'SaleId'>();
export type SaleId = z.infer<typeof SaleId>;

/** `{source namespace}:{recharge number}`, numbered as receipts are. */
const RechargeId = numbered.brand<'RechargeId'>();
export type RechargeId = z.infer<typeof RechargeId>;

/** `{act}:{source namespace}:{its number}`; a reversal has the number of its recharge. */
const StoredMoveId = numbered.brand<'StoredMoveId'>();
export type StoredMoveId = z.infer<typeof StoredMoveId>;

/** `{source namespace}:{number of the receipt}` under which vouchers were sold, numbered as receipts are. */
const VoucherSaleId = numbered.brand<'VoucherSaleId'>();
export type VoucherSaleId = z.infer<typeof VoucherSaleId>;

/** `{source namespace}:{number}` under which a super membership was sold, numbered as receipts are. */
const SuperMembershipId = numbered.brand<'SuperMembershipId'>();
export type SuperMembershipId = z.infer<typeof SuperMembershipId>;
/** `package:{source namespace}:{its number}`, numbered as receipts are. */
const PackageId = numbered.brand<'PackageId'>();
export type PackageId = z.infer<typeof PackageId>;

/** `{source namespace}:{number of the redemption}`, or the event that told it. */
const PackageUseId = numbered.brand<'PackageUseId'>();
export type PackageUseId = z.infer<typeof PackageUseId>;

export const PackageTemplateId = id.brand<'PackageTemplateId'>();
export type PackageTemplateId = z.infer<typeof PackageTemplateId>;

export const CampaignId = id.brand<'CampaignId'>();
export type CampaignId = z.infer<typeof CampaignId>;

export const TemplateId = id.brand<'TemplateId'>();
export type TemplateId = z.infer<typeof TemplateId>;

export const BatchId = id.brand<'BatchId'>();
export type BatchId = z.infer<typeof BatchId>;

export const ExchangeItemId = id.brand<'ExchangeItemId'>();
export type ExchangeItemId = z.infer<typeof ExchangeItemId>;

export const ExchangeId = id.brand<'ExchangeId'>();
export type ExchangeId = z.infer<typeof ExchangeId>;

export const LotteryId = id.brand<'LotteryId'>();
export type LotteryId = z.infer<typeof LotteryId>;

export const DrawId = id.brand<'DrawId'>();
export type DrawId = z.infer<typeof DrawId>;

export const CouponId = id.brand<'CouponId'>();
export type CouponId = z.infer<typeof CouponId>;

export const PlanId = id.brand<'PlanId'>();
export type PlanId = z.infer<typeof PlanId>;

export const TagDictionaryId = id.brand<'TagDictionaryId'>();
export type TagDictionaryId = z.infer<typeof TagDictionaryId>;

export const TagRuleId = id.brand<'TagRuleId'>();
export type TagRuleId = z.infer<typeof TagRuleId>;

export const GroupId = id.brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

export const StoreId = id.brand<'StoreId'>();
export type StoreId = z.infer<typeof StoreId>;

export const AssociateId = id.brand<'AssociateId'>();
export type AssociateId = z.infer<typeof AssociateId>;

export const Sku = id.brand<'Sku'>();
export type Sku = z.infer<typeof Sku>;

/** `kind:value`, for example `phone:13912345487` or `ext:pos:M1001`: one member owns each. */
export const IdentityKey = z
  .string()
  .min(3)
  .max(idLengthMax * 2)
  .brand<'IdentityKey'>();
export type IdentityKey = z.infer<typeof IdentityKey>;

/** What an event waits for that speaks of something not told yet: its sale, the 储值 that was spent, or its 套餐. */
export type AwaitedId = SaleId | StoredMoveId | PackageId;
