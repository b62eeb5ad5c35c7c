/** 请求示例: bodies that are more than what has to be given. */
import { campaignBodies } from './campaigns.ts';
import { couponBodies } from './coupons.ts';
import type { BodyExamples } from './define.ts';
import { drawBodies } from './draws.ts';
import { packageBodies } from './packages.ts';
import { shopBodies } from './shop.ts';
import { tagBodies } from './tags.ts';

export const examples: readonly BodyExamples[] = [
  campaignBodies,
  couponBodies,
  drawBodies,
  packageBodies,
  shopBodies,
  tagBodies,
];

const bodies = new Map(examples.flatMap((given) => Object.entries(given)));

export const bodiesOf = (name: string): BodyExamples[string] | undefined => bodies.get(name);
