/** 套餐: what a till tells of one that it sold, or of which it redeemed an item. */
import * as z from 'zod';
import { At, MemberRefInput } from './members.ts';
import { BusinessDate, Currency, Named } from './parts.ts';
import { Id, Name, shortText } from '../plain/names.ts';
import { packageCountMax, packageItemShape, packageItemsMax } from '../promotions/packages.ts';
import { Day, Fen } from '../plain/values.ts';

const SoldItem = z.object({ id: Id, name: Name.optional(), ...packageItemShape });

export const SoldPackage = z.object({
  id: Id,
  name: Name.optional(),
  items: z
    .array(SoldItem)
    .min(1)
    .max(packageItemsMax)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      message: 'two items have the same id',
    }),
});

export const PackageSoldInput = z.object({
  /** 套餐单号, one of its source's in all stores and for ever, for it is redeemed in any: sold once, however often it is told. */
  packageNo: Id,
  store: Named,
  associate: Named.nullish(),
  member: MemberRefInput.nullish(),
  currency: Currency,
  package: SoldPackage,
  paidFen: Fen,
  /** An instant, or the last day on which it is good. */
  validUntil: z.union([Day, At], 'give a day such as 2027-11-22, or a time with its offset').nullish(),
});
export type PackageSoldData = z.infer<typeof PackageSoldInput>;

export const PackageRedeemedInput = z.object({
  packageNo: Id,
  /** Without it the event itself counts once. */
  redeemNo: Id.nullish(),
  businessDate: BusinessDate,
  store: Named,
  terminal: shortText.nullish(),
  item: Id,
  count: z.int().min(1).max(packageCountMax).default(1),
});
export type PackageRedeemedData = z.infer<typeof PackageRedeemedInput>;
