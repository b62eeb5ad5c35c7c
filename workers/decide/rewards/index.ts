/** The reward kinds. A new one is its file, its line here and its test. */
import { coupon } from './coupon.ts';
import type { Reward } from './define.ts';
import { growth } from './growth.ts';
import { message } from './message.ts';
import { points } from './points.ts';
import { redPacket } from './red-packet.ts';
import { tag } from './tag.ts';

export const rewards: readonly Reward[] = [points, coupon, redPacket, tag, message, growth];
