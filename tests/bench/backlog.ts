/** 积压: a backlog already in the inbox, drained by one ring of the doorbell. */
import { d1 } from '../../workers/d1.ts';
import { storeEvents } from '../../workers/db/inbox/inbox.ts';
import { few } from './campaigns.ts';
import { received } from './engine.ts';
import { progress, report } from './report.ts';
import type { Length } from './run.ts';
import type { Shop } from './shop.ts';
import { openTill } from './till.ts';

const salesPerInsert = 500;

export async function benchBacklog({ samples, backlog, members }: Length): Promise<void> {
  const shop: Shop = { shape: few, campaigns: 100, members, follow: false };
  const till = await openTill(shop);
  const perSecond: number[] = [];
  // The first one warms up.
  for (let sample = 0; sample <= samples; sample += 1) {
    const db = d1(await till.db());
    for (let stored = 0; stored < backlog; stored += salesPerInsert) {
      const sales = Array.from({ length: Math.min(salesPerInsert, backlog - stored) }, (_, place) => {
        const number = sample * backlog + stored + place;
        return received(
          { number, member: (number * 7919) % members, catalogue: shop.shape.catalogue },
          Date.now(),
        );
      });
      await storeEvents(db, sales);
    }
    const startedAt = performance.now();
    await fetch(`${till.url}/bench/ring`);
    await till.finish();
    const drained = (backlog * 1000) / (performance.now() - startedAt);
    if (sample > 0) perSecond.push(drained);
    progress(`backlog: ${Math.round(drained)} sales/s`);
  }
  await till.check((samples + 1) * backlog);
  await till.stop();
  report({
    name: 'backlog/drain',
    unit: 'per second',
    samples: perSecond,
    bound: { atLeast: 2_500 },
    context: { sales: backlog, campaigns: shop.campaigns, messages: 'none' },
  });
}
