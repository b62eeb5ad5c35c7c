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

/** The ones that any till can use first, then those made for one vendor. */
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

/** Null for a name nobody answers to: an unknown verifier fails closed. */
export const adapterNamed = (name: string): Adapter | null =>
  adapters.find((adapter) => adapter.name === name) ?? null;
