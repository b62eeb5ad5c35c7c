/** 券的成绩 over the API (K-74): by campaign and by coupon. */
import { expect, test } from 'vitest';
import type { TemplateId } from '../../../schema/index.ts';
import { addTallies } from '../../../workers/db/coupons/tallies.ts';
import { campaign, template } from '../../support/builders.ts';
import { gaveCoupons } from '../../support/tallies.ts';
import { openOffice } from '../support.ts';

test('a campaign of 15 and 1,721 coupons is told coupon by coupon, and a coupon campaign by campaign', async () => {
  const { admin, shop } = await openOffice({
    templates: [template('T1', { name: '满88减8' }), template('T2', { name: '满188减20' })],
    campaigns: [campaign('C1', { name: '整单满' })],
  });
  await shop.db.batch([
    gaveCoupons('C1', { T1: [15, 1, 1], T2: [1_721, 34, 278] }),
    addTallies([{ templateId: 'T1' as TemplateId, sent: 4, revoked: 0, used: 2 }]),
  ]);
  expect((await admin('GET', '/campaigns/C1/coupons')).json).toEqual({
    items: [
      { templateId: 'T2', name: '满188减20', coupons: { sent: 1_721, revoked: 34, used: 278, rate: 0.1615 } },
      { templateId: 'T1', name: '满88减8', coupons: { sent: 15, revoked: 1, used: 1, rate: 0.0667 } },
    ],
  });
  expect((await admin('GET', '/coupon-templates/T1/campaigns')).json).toEqual({
    items: [
      { campaignId: 'C1', name: '整单满', coupons: { sent: 15, revoked: 1, used: 1, rate: 0.0667 } },
      { campaignId: null, name: null, coupons: { sent: 4, revoked: 0, used: 2, rate: 0.5 } },
    ],
  });
  expect((await admin('GET', '/campaigns/nothing/coupons')).status).toBe(404);
  expect((await admin('GET', '/coupon-templates/nothing/campaigns')).json['code']).toBe('unknown_template');
});
