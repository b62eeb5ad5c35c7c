/** 商品资料: what the till says of its goods; sales keep the facts of their own day. */
import { Sku, type Product, type ProductRemoved, type ProductUpserted } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const productUpserted: On<ProductUpserted> = {
  needs: ({ data }, ask) => ask.product(data.sku),
  decide: onProductUpserted,
};

function onProductUpserted(world: World, { data }: ProductUpserted): Decision {
  const sku = Sku.parse(data.sku);
  const known = world.products.get(sku);
  const product: Product = {
    sku,
    name: data.name,
    categoryPath: data.categoryPath,
    brand: data.brand ?? null,
    tags: data.tags,
    pointsFactorMilli: Math.round(data.pointsFactor * 1000),
    status: data.status,
    rev: known?.rev ?? 0,
  };
  if (known && JSON.stringify(known) === JSON.stringify(product))
    return ignore({ code: 'NOTHING_NEW', about: 'product' });
  return accept([{ type: 'product.put', row: product }]);
}

export const productRemoved: On<ProductRemoved> = {
  needs: ({ sku }, ask) => ask.product(sku),
  decide: onProductRemoved,
};

function onProductRemoved(world: World, { sku }: ProductRemoved): Decision {
  const known = world.products.get(sku);
  if (!known) return ignore({ code: 'PRODUCT_UNKNOWN', sku });
  if (known.status === 'removed') return ignore({ code: 'PRODUCT_REMOVED_ALREADY', sku });
  return accept([{ type: 'product.put', row: { ...known, status: 'removed' } }]);
}
