/** 来源设置: the settings that every adapter has for a source, besides its secret. */
import * as z from 'zod';
import { defaultTimezone, numberings, paymentMethods, SourceUpkeep } from '../../../../schema/index.ts';
import { isZone } from '../../mapping/values/instant.ts';

const Aliases = z.array(z.string().trim().min(1).max(60)).max(50);

/** Help for the person who fills it in; the API lists it with every adapter. */
const described = <Schema extends z.ZodType>(description: string, schema: Schema): Schema =>
  schema.meta({ description });

export const CommonSettings = z.strictObject({
  url: described(
    'The address as registered with the sender, where the address is signed.',
    z.url().max(500).optional(),
  ),
  addresses: described(
    'The networks that may send; without it, everyone who can sign.',
    z.array(z.string().min(1).max(64)).max(100).optional(),
  ),
  signature: described(
    'What the signature scheme wants to know beyond its usual manner, for example {"toleranceSeconds": 300}.',
    z.record(z.string(), z.unknown()).optional(),
  ),
  zone: described(
    'The clock of times that are written without a zone.',
    z.string().max(60).refine(isZone, 'is a zone such as Asia/Shanghai').default(defaultTimezone),
  ),
  store: described(
    'The shop, for senders that do not say in which one something was sold.',
    z.strictObject({ id: z.string().min(1).max(128), name: z.string().max(200).optional() }).optional(),
  ),
  numbering: described(
    '单号规则: whether the numbers of its receipts are unique, or begin again in each store, in each store every day, or at each terminal every day.',
    z.enum(numberings).default('unique'),
  ),
  keepsBalance: described(
    '余额以收银系统为准: the till keeps the balance of stored value itself. What it tells is booked as spent, and the `balanceAfter` of its events is followed; the shop is told once a day when ours was another.',
    z.boolean().default(false),
  ),
  wechatAppId: described(
    'The WeChat app whose openids it sends, for systems that do not say it with each. Only those of the shop’s own Official Account name somebody.',
    z.string().trim().min(1).max(64).optional(),
  ),
  poll: described('How the poller asks the same system.', z.record(z.string(), z.unknown()).optional()),
  payments: described(
    '支付方式 that this till names in its own way: {"stored_value": ["payCode_7"]}.',
    z.partialRecord(z.enum(paymentMethods), Aliases).default({}),
  ),
  ...SourceUpkeep.shape,
});
export type CommonSettings = z.infer<typeof CommonSettings>;

const parsed = new WeakMap<object, unknown>();
const empty = {};

/** Parsed once while the configuration is cached; null when it is invalid. */
export function settingsOf<Settings>(schema: z.ZodType<Settings>, config: object | null): Settings | null {
  const given = config ?? empty;
  // One source has one adapter, so the cached value came from this schema.
  const known = parsed.get(given) as Settings | undefined;
  if (known !== undefined && given !== empty) return known;
  const result = schema.safeParse(given);
  if (!result.success) return null;
  if (given !== empty) parsed.set(given, result.data);
  return result.data;
}
