/** The ERP adapters. A new one is its file, its line here and its fixtures. */
import type { Adapter } from './define.ts';
import { eleme } from './eleme.ts';
import { feidu } from './feidu.ts';
import { generic } from './generic.ts';
import { hmac } from './hmac.ts';
import { jst } from './jst.ts';
import { keruyun } from './keruyun.ts';
import { loyverse } from './loyverse.ts';
import { mapping } from './mapping.ts';
import { meituan } from './meituan.ts';
import { pospal } from './pospal.ts';
import { qimen } from './qimen.ts';
import { shopify } from './shopify.ts';
import { square } from './square.ts';
import { stripe } from './stripe.ts';
import { weimob } from './weimob.ts';
import { woocommerce } from './woocommerce.ts';
import { yonyou } from './yonyou.ts';
import { youzan } from './youzan.ts';

/** First the adapters that any till can use, then those for one vendor. */
export const adapters: readonly Adapter[] = [
  generic,
  mapping,
  hmac,
  youzan,
  pospal,
  feidu,
  weimob,
  jst,
  qimen,
  eleme,
  meituan,
  keruyun,
  yonyou,
  shopify,
  square,
  woocommerce,
  stripe,
  loyverse,
];

/** Null for an unknown name: an unknown adapter refuses every request. */
export const adapterNamed = (name: string): Adapter | null =>
  adapters.find((adapter) => adapter.name === name) ?? null;
