/** 门店, 导购 and 商品: may be entered any number of times; the latest values count. */
import * as z from 'zod';
import { StoreId, type AssociateId, type Sku } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { putAssociate, putProduct, putStore } from '../../db/shop/stores.ts';
import { isTimezone } from '../../decide/plain/dates.ts';
import { ProductData } from '../canonical.ts';

const Name = z.string().trim().min(1).max(200);

/** Without a timezone a new store is in Asia/Shanghai and an existing one keeps its zone. */
export const StoreInput = z.strictObject({
  name: Name,
  timezone: z
    .string()
    .max(64)
    .refine(isTimezone, 'is not an IANA timezone, such as Asia/Shanghai')
    .optional(),
});

export const enterStore = (db: Db, id: StoreId, { name, timezone }: z.infer<typeof StoreInput>) =>
  putStore(db, { id, name, timezone });

/** Fields left out stay as they are; null clears a field. */
export const AssociateInput = z.strictObject({
  name: Name,
  storeId: StoreId.nullable().optional(),
  openid: z.string().trim().min(1).max(128).nullable().optional(),
  /** 企业微信账号 */
  wecomUserId: z.string().trim().min(1).max(64).nullable().optional(),
});

export const enterAssociate = (
  db: Db,
  id: AssociateId,
  { name, storeId, openid, wecomUserId }: z.infer<typeof AssociateInput>,
) => putAssociate(db, { id, name, storeId, openid, wecomUserId });

export const ProductInput = ProductData.omit({ sku: true }).strict();

/** Sales already decided keep the product facts of their day. */
export async function enterProduct(
  db: Db,
  sku: Sku,
  { name, categoryPath, brand, tags, pointsFactor, status }: z.infer<typeof ProductInput>,
) {
  const pointsFactorMilli = Math.round(pointsFactor * 1000);
  const product = { sku, name, categoryPath, brand: brand ?? null, tags, pointsFactorMilli, status };
  await putProduct(db, product);
  return product;
}
