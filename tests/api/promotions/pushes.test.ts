/** 导购发券 over the API (J-28, J-29): who offered what to whom, and what became of it. */
import { expect, test } from 'vitest';
import { pushCoupon } from '../../../workers/commands/coupons/push.ts';
import { template } from '../../support/builders.ts';
import { guide, join } from '../../support/scenes.ts';
import { openOffice } from '../support.ts';

const dayMs = 86_400_000;

test('J-28: two pushes of one minute stand on two pages; of three places one is taken at once, and after 14 days two are reclaimed', async () => {
  const associate = guide('g7', '小李');
  const { admin, shop } = await openOffice({
    associates: [associate],
    templates: [template('T1', { name: '奶粉券', valueFen: 1_000, associateQuota: 5 })],
  });
  const ids: string[] = [];
  for (const [place, name] of ['Ma', 'Ba', 'Yi'].entries()) {
    await join(shop, `o${name}`, `1391234548${String(place)}`, name);
  }
  shop.db.all(`UPDATE members SET associate_id = 'g7'`);
  for (const row of shop.db.all(`SELECT id FROM members ORDER BY name`)) ids.push(String(row['id']));
  const push = (id: string, mode: 'direct' | 'entrance', memberIds: readonly string[]) =>
    pushCoupon(shop.engine, { id, associate, templateId: 'T1', mode, memberIds }, shop.clock.now);
  await push('push-a', 'direct', ids.slice(0, 1));
  await push('push-b', 'entrance', ids.slice(1));

  const first = await admin('GET', '/coupon-pushes?limit=1');
  expect(first.json['items']).toMatchObject([{ id: 'push-b', pushed: 2, claimed: 0, reclaimed: 0 }]);
  const second = await admin('GET', `/coupon-pushes?limit=1&after=${String(first.json['next'])}`);
  expect(second.json).toMatchObject({ items: [{ id: 'push-a', pushed: 1, claimed: 1 }], next: null });
  expect((await admin('GET', '/coupon-pushes?associate=g8')).json['items']).toEqual([]);

  shop.clock.now += 14 * dayMs;
  expect((await admin('GET', '/coupon-pushes?limit=1')).json['items']).toMatchObject([{ reclaimed: 2 }]);
  const places = await admin('GET', '/coupon-pushes/push-a');
  expect(places.json['items']).toMatchObject([{ memberId: ids[0], name: 'Ba', usedAt: null }]);
  expect((await admin('GET', '/coupon-pushes/nothing')).json['code']).toBe('unknown_push');
});
