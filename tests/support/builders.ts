/** Ordinary values with one thing changed: what a till sends, and what a merchant sets up. */
import type * as z from 'zod';
import {
  MerchantSettings,
  defaultTimezone,
  type CampaignId,
  type CampaignVersion,
  type CouponTemplate,
  type PlanId,
  type Product,
  type ReminderPlan,
  type Sku,
  type Store,
  type StoreId,
  type TemplateId,
  type ToldEvent,
} from '../../schema/index.ts';
import { CouponTemplateInput } from '../../workers/decide/coupons/kinds/index.ts';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';

/** `2026-11-22 15:00` as the shop's clock shows it, in epoch milliseconds. */
export const at = (local: string): number => Date.parse(rfc3339(local));

/** The same moment as a till writes it. */
export const rfc3339 = (local: string): string => `${local.replace(' ', 'T')}:00+08:00`;

type Told = z.input<typeof ToldEvent>;
type Event<Type extends Told['type']> = Extract<Told, { type: Type }>;
/** A canonical event as it travels: contract.md "Canonical ERP event". */
export type Body = Told & { readonly id: string; readonly test?: boolean };
export type SaleBody = Event<'sale.completed'> & { readonly id: string };
export type RefundBody = Event<'refund.completed'> & { readonly id: string };
export type LineBody = SaleBody['data']['lines'][number];

export const ordinaryDay = '2026-11-22 14:59';

/** One piece of milk powder; `amountFen` is what the till says it cost. */
export const line = (given: Partial<LineBody> = {}): LineBody => ({
  sku: 'milk',
  quantity: '1',
  amountFen: 10_000,
  ...given,
});

export type SaleGiven = Partial<Omit<SaleBody['data'], 'store' | 'amounts'>> & {
  readonly id?: string;
  readonly at?: string;
  readonly store?: string;
  /** What was paid; when not given, what the lines add up to. */
  readonly paidFen?: number;
  readonly shippingFen?: number;
};

const signed = ({ kind, amountFen }: LineBody): number => (kind === 'exchange_in' ? -amountFen : amountFen);

export function sale({ id, at: when, store, paidFen, shippingFen, ...data }: SaleGiven = {}): SaleBody {
  const lines = (data.lines ?? [line()]).map((one, index) => ({ lineNo: String(index + 1), ...one }));
  const orderNo = data.orderNo ?? '8005-372';
  const version = data.version ?? '1';
  const linesFen = lines.reduce((sum, one) => sum + signed(one), 0);
  return {
    type: 'sale.completed',
    id: id ?? `${orderNo}-${version}`,
    occurredAt: rfc3339(when ?? ordinaryDay),
    data: {
      store: { id: store ?? '8005', name: '天河店' },
      member: { externalId: 'M1' },
      ...data,
      orderNo,
      version,
      lines,
      amounts: {
        paidFen: paidFen ?? Math.max(0, linesFen) + (shippingFen ?? 0),
        shippingFen: shippingFen ?? 0,
      },
    },
  };
}

export type RefundGiven = Partial<Omit<RefundBody['data'], 'amounts'>> & {
  readonly id?: string;
  readonly at?: string;
  readonly refundedFen?: number;
};

/** 退货: the whole sale unless lines say which part of it. */
export function refund({ id, at: when, refundedFen, ...data }: RefundGiven = {}): RefundBody {
  const refundNo = data.refundNo ?? 'R1';
  const lines = data.lines ?? [];
  const listedFen = lines
    .filter(({ kind }) => kind !== 'exchange_out')
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    type: 'refund.completed',
    id: id ?? `refund-${refundNo}`,
    occurredAt: rfc3339(when ?? '2026-11-23 10:00'),
    data: {
      orderNo: '8005-372',
      scope: lines.length > 0 ? 'partial' : 'full',
      ...data,
      refundNo,
      lines,
      amounts: { refundedFen: refundedFen ?? listedFen },
    },
  };
}

export type RechargeGiven = Partial<Event<'stored_value.recharged'>['data']> & {
  readonly id?: string;
  readonly at?: string;
};

/** 充500送50, unless something else is said. */
export function recharge({ id, at: when, ...data }: RechargeGiven = {}): Body {
  const rechargeNo = data.rechargeNo ?? 'CZ1';
  return {
    type: 'stored_value.recharged',
    id: id ?? `recharge-${rechargeNo}`,
    occurredAt: rfc3339(when ?? '2026-11-22 14:00'),
    data: {
      store: { id: '8005', name: '天河店' },
      member: { externalId: 'M1' },
      principalFen: 50_000,
      bonusFen: 5_000,
      ...data,
      rechargeNo,
    },
  };
}

export function voided(
  given: Partial<Event<'sale.voided'>['data']> & { readonly at?: string; readonly id?: string } = {},
): Body {
  const { orderNo = '8005-372', at: when = '2026-11-22 15:30', id, ...ofSale } = given;
  return {
    type: 'sale.voided',
    id: id ?? `void-${orderNo}`,
    occurredAt: rfc3339(when),
    data: { orderNo, ...ofSale },
  };
}

export function product(given: Partial<Omit<Product, 'sku'>> & { readonly sku?: string } = {}): Product {
  const { sku = 'milk', ...rest } = given;
  return {
    name: sku,
    categoryPath: [{ id: '01', name: '奶粉' }],
    brand: null,
    tags: [],
    pointsFactorMilli: 1000,
    status: 'active',
    rev: 1,
    ...rest,
    // Test ids are plain words.
    sku: sku as Sku,
  };
}

export const store = (given: { readonly id?: string; readonly timezone?: string } = {}): Store => ({
  id: (given.id ?? '8005') as StoreId,
  name: '天河店',
  timezone: given.timezone ?? defaultTimezone,
  rev: 1,
});

/** 满188送100积分, in force all the time, unless something else is said. */
export function campaign(
  id: string,
  given: Partial<z.input<typeof CampaignInput>> & {
    readonly version?: number;
    readonly inForceFrom?: number;
    readonly inForceTo?: number | null;
  } = {},
): CampaignVersion {
  const { version = 1, inForceFrom = 0, inForceTo = null, ...definition } = given;
  const parsed = CampaignInput.parse({
    name: id,
    status: 'active',
    conditions: definition.trigger === 'member.created' ? [] : [spend(18_800)],
    rewards: [{ kind: 'points', points: 100 }],
    ...definition,
  });
  return {
    id: id as CampaignId,
    version,
    status: parsed.status,
    definition: parsed,
    createdAt: 0,
    inForceFrom,
    inForceTo,
  };
}

/** 整单满额, or whatever else the last argument says. */
export const spend = (atLeast: number, given: Record<string, unknown> = {}) => ({
  kind: 'spend',
  scope: 'order',
  ids: [],
  measure: 'amount',
  atLeast,
  ...given,
});

/** 满80减8, usable at once for 7 days. */
export function template(id: string, given: Readonly<Record<string, unknown>> = {}): CouponTemplate {
  const definition = CouponTemplateInput.parse({
    name: id,
    kind: 'cash',
    ...((given.kind ?? 'cash') === 'cash' ? { valueFen: 800 } : {}),
    validity: { relative: { afterDays: 0, forDays: 7 } },
    ...given,
  });
  return { id: id as TemplateId, definition, createdAt: 0 };
}

/** 每件7天, 提前5天, for every product. */
export function plan(
  id: string,
  given: Record<string, unknown> & { readonly createdAt?: number } = {},
): ReminderPlan {
  const { createdAt = 0, ...rest } = given;
  const definition = {
    name: id,
    kind: 'run-out',
    enabled: true,
    validFrom: null,
    validTo: null,
    scope: { include: [], exclude: [] },
    daysPerUnit: 7,
    remindBeforeDays: 5,
    notify: ['associate'],
    ...rest,
  };
  return { id: id as PlanId, enabled: definition.enabled, definition, createdAt };
}

export type Setup = {
  readonly campaigns?: readonly CampaignVersion[];
  readonly templates?: readonly CouponTemplate[];
  readonly plans?: readonly ReminderPlan[];
  readonly stores?: readonly Store[];
  readonly settings?: Partial<MerchantSettings>;
};
