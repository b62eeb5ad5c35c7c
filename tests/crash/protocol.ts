/** What the crash test and the process it kills say to each other, and the shop they both know. */
import { few } from '../bench/campaigns.ts';
import type { Shop } from '../bench/shop.ts';

/**
 * What an acknowledgement stands for: a row, as on this machine, where the queue is memory; or as it is deployed also a message
 * of a queue that keeps it.
 */
const keepings = ['database', 'queue'] as const;
export type Keeping = (typeof keepings)[number];

export function keepingOf(text: string | undefined): Keeping {
  const keeping = keepings.find((one) => one === text);
  if (keeping === undefined) throw new Error(`${text} is none of ${keepings.join(', ')}`);
  return keeping;
}

/** How a process ends that finds another at work on its state. */
export const refusedCode = 75;

export type Order = { readonly order: 'cron'; readonly at: number } | { readonly order: 'stop' };

export type Answer =
  | { readonly answer: 'ready'; readonly url: string }
  | { readonly answer: 'ticked'; readonly events: number; readonly messages: number };

/** Few members, so that many sales of a group are one member's. */
export const shop: Shop = { shape: few, campaigns: 40, members: 60, follow: true };
