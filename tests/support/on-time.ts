/** 按时: a shop whose till tells everything the moment it happens; what is told late stays behind the clock. */
import type { Shop } from './shop.ts';

export const onTime = (shop: Shop): Shop => ({
  ...shop,
  tell: async (...bodies) => {
    const moments = bodies.map((body) => Date.parse(String(Reflect.get(body, 'occurredAt'))));
    shop.clock.now = Math.max(shop.clock.now, ...moments);
    await shop.tell(...bodies);
  },
});
