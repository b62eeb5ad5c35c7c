/** What the crash test and the process it kills say to each other, and the shop they both know. */
import { few } from '../bench/campaigns.ts';
import type { Shop } from '../bench/shop.ts';

export type Order = { readonly order: 'cron'; readonly at: number } | { readonly order: 'stop' };

export type Answer =
  | { readonly answer: 'ready'; readonly url: string }
  | { readonly answer: 'ticked'; readonly events: number; readonly messages: number };

/** Few members, so that many sales of a group are one member's. */
export const shop: Shop = { shape: few, campaigns: 40, members: 60, follow: true };
