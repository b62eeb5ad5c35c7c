/** 门店, 导购 and 商品: put as often as you like, the last word counts. */
import * as z from 'zod';
import { AssociateId, Sku, StoreId } from '../../../schema/index.ts';
import { putAssociate, putProduct, putStore } from '../../db/shop/stores.ts';
import { isTimezone } from '../../decide/plain/dates.ts';
import { ProductData } from '../call/canonical.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { writable } from '../call/shapes.ts';

const Name = z.string().trim().min(1).max(200);

const putStoreRoute = route({
  method: 'PUT',
  path: '/stores/{id}',
  tag: 'Shop',
  summary: 'Enter or correct a store',
  description: 'Without a timezone a new store is in Asia/Shanghai, and a known one keeps its own.',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ id: writable(StoreId) }),
  body: namedBody(
    'StoreInput',
    z.strictObject({
      name: Name,
      timezone: z
        .string()
        .max(64)
        .refine(isTimezone, 'is not an IANA timezone, such as Asia/Shanghai')
        .optional(),
    }),
  ),
  answer: namedAnswer('Store', z.strictObject({ id: z.string(), name: z.string(), timezone: z.string() })),
  handle: async ({ deps, params: { id }, body: { name, timezone } }) =>
    ok(await putStore(deps.db, { id, name, timezone })),
});

const putAssociateRoute = route({
  method: 'PUT',
  path: '/associates/{id}',
  tag: 'Shop',
  summary: 'Enter or correct a sales associate',
  description: 'storeId, openid and wecomUserId stay as they are when left out; null clears them.',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ id: writable(AssociateId) }),
  body: namedBody(
    'AssociateInput',
    z.strictObject({
      name: Name,
      storeId: writable(StoreId).nullable().optional(),
      openid: z.string().trim().min(1).max(128).nullable().optional(),
      /** 企业微信账号 */
      wecomUserId: z.string().trim().min(1).max(64).nullable().optional(),
    }),
  ),
  answer: namedAnswer(
    'Associate',
    z.strictObject({
      id: z.string(),
      name: z.string(),
      storeId: z.string().nullable(),
      openid: z.string().nullable(),
      wecomUserId: z.string().nullable(),
    }),
  ),
  handle: async ({ deps, params: { id }, body: { name, storeId, openid, wecomUserId } }) =>
    ok(await putAssociate(deps.db, { id, name, storeId, openid, wecomUserId })),
});

const ProductBody = ProductData.omit({ sku: true }).strict();

const putProductRoute = route({
  method: 'PUT',
  path: '/products/{sku}',
  tag: 'Shop',
  summary: 'Enter or correct a product',
  description: 'Sales that were already told keep the facts of their own day.',
  scope: 'admin',
  statuses: [200],
  params: z.strictObject({ sku: writable(Sku) }),
  body: namedBody('ProductInput', ProductBody),
  answer: namedAnswer('Product', ProductBody.extend({ sku: z.string(), brand: z.string().nullable() })),
  handle: async ({ deps, params: { sku }, body }) => {
    const { name, categoryPath, tags, pointsFactor, status } = body;
    const brand = body.brand ?? null;
    const pointsFactorMilli = Math.round(pointsFactor * 1000);
    await putProduct(deps.db, { sku, name, categoryPath, brand, tags, pointsFactorMilli, status });
    return ok({ sku, name, categoryPath, brand, tags, pointsFactor: pointsFactorMilli / 1000, status });
  },
});

export const storeRoutes = [putStoreRoute, putAssociateRoute, putProductRoute];
