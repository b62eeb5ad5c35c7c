/** 门店, 导购 and 商品: may be put any number of times; the latest values count. */
import * as z from 'zod';
import { AssociateId, Sku, StoreId } from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import {
  AssociateInput,
  enterAssociate,
  enterProduct,
  enterStore,
  ProductInput,
  StoreInput,
} from '../../commands/shop/stores.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';

const common = { method: 'PUT', tag: 'Shop', scope: 'admin', statuses: [200] } as const;

const putStore = route({
  ...common,
  path: '/stores/{id}',
  summary: 'Enter or correct a store',
  description: 'Without a timezone a new store is in Asia/Shanghai, and a known one keeps its own.',
  params: z.strictObject({ id: StoreId }),
  body: namedBody('StoreInput', StoreInput),
  answer: namedAnswer('Store', z.strictObject({ id: z.string(), name: z.string(), timezone: z.string() })),
  handle: async ({ deps, params: { id }, body }) => ok(await enterStore(deps.db, id, body)),
});

const putAssociate = route({
  ...common,
  path: '/associates/{id}',
  summary: 'Enter or correct a sales associate',
  description: 'storeId, openid and wecomUserId stay as they are when left out; null clears them.',
  params: z.strictObject({ id: AssociateId }),
  body: namedBody('AssociateInput', AssociateInput),
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
  handle: async ({ deps, params: { id: asked }, body }) => {
    const { id, name, storeId, openid, wecomUserId } = await enterAssociate(deps.db, asked, body);
    return ok({ id, name, storeId, openid, wecomUserId });
  },
});

const putProduct = route({
  ...common,
  path: '/products/{sku}',
  summary: 'Enter or correct a product',
  description: 'Sales that were already told keep the facts of their own day.',
  params: z.strictObject({ sku: Sku }),
  body: told(ProductInput),
  documentedBody: namedBody('ProductInput', ProductInput),
  answer: namedAnswer('Product', ProductInput.extend({ sku: z.string(), brand: z.string().nullable() })),
  handle: async ({ deps, params: { sku }, body }) => {
    const { pointsFactorMilli, categoryPath, tags, ...product } = await enterProduct(deps.db, sku, body);
    const lists = { categoryPath: [...categoryPath], tags: [...tags] };
    return ok({ ...product, ...lists, pointsFactor: pointsFactorMilli / 1000 });
  },
});

export const storeRoutes = [putStore, putAssociate, putProduct];
