/** The cron, a minute at a time, over a shop of one's own. */
import { tick } from '../../workers/schedule/tick.ts';
import { at, sale } from '../support/builders.ts';
import type { Shop } from '../support/shop.ts';
import { roundOf } from '../support/round.ts';
import { items, type Office } from '../api/support.ts';

export const minuteMs = 60_000;

export function run(shop: Shop, now: number): Promise<void> {
  shop.clock.now = now;
  return tick(roundOf(shop), now);
}

/** Minute by minute, from one time to another. */
export async function runThrough(shop: Shop, from: string, to: string): Promise<void> {
  for (let now = at(from); now <= at(to); now += minuteMs) await run(shop, now);
}

export function configure(shop: Shop, config: object): void {
  shop.db.all(`UPDATE sources SET config = ?`, JSON.stringify(config));
}

export async function sellAt(shop: Shop, local: string, orderNo: string): Promise<void> {
  shop.clock.now = at(local);
  await shop.tell(sale({ orderNo, at: local }));
}

/** What the shop was told, newest first. */
export const alertTexts = async ({ admin }: Office): Promise<unknown[]> =>
  items(await admin('GET', '/alerts')).map(({ text }) => text);
