/** 批量的事: what the office begins goes on at once, and not with the next minute that looks for it. */
import { describe, expect, test } from 'vitest';
import { openOffice, type Office } from '../../api/support.ts';
import { campaign, line, product, sale, template } from '../../support/builders.ts';
import { guide } from '../../support/scenes.ts';
import { memberId, type Shop } from '../../support/shop.ts';
import { openConsole, type Console } from './support.ts';

const setup = {
  templates: [template('C', { name: '满80减8' })],
  campaigns: [
    campaign('bad', { name: '满1元送', conditions: [], rewards: [{ kind: 'points', points: 500 }] }),
  ],
  associates: [guide('g7', '小王'), guide('g8', '小李')],
};
/** One member, who got something of the campaign. */
async function ready<Face extends { readonly shop: Shop }>(face: Face): Promise<Face> {
  await face.shop.tell(sale({ orderNo: '1', member: { externalId: 'M1' }, lines: [line()] }));
  face.shop.bells.length = 0;
  return face;
}
const memberIn = ({ shop }: { readonly shop: Shop }): string => memberId(shop.db, 'ext:pos:M1');
const rule = { tag: '常客', times: 2 };
const leaving = { successorId: 'g8', codes: 'successor' };
const given = { templateId: 'C', count: 1, reason: '店庆' };

describe.each<[string, (console_: Console) => Promise<unknown>]>([
  [
    '收回活动',
    ({ send }) =>
      send('/console/campaigns/bad/take-back', { reason: '条件写错了', tells: 'yes', sure: 'yes' }),
  ],
  ['导购离职', ({ send }) => send('/console/associates/g7/leave', leaving)],
  [
    '发给一群会员',
    async ({ send }) => {
      const asked = { ...given, count: '1', 'to.by': 'store', 'to.storeId': '8005' };
      const { location } = await send('/console/grant-jobs/new', asked);
      await send(`${location ?? ''}/start`, {});
    },
  ],
  ['新的标签规则', ({ send }) => send('/console/tag-rules/new', { tag: '常客', times: '2', enabled: 'yes' })],
])('%s', (_, begin) => {
  test('begun on its page rings for the job, once', async () => {
    const here = await ready(await openConsole(setup));
    await begin(here);
    expect(here.shop.bells).toEqual([{ work: 'jobs' }]);
  });
});

test('one member is tagged while the office waits, and of sixty who wear a tag the rest is rung for', async () => {
  const here = await ready(
    await openConsole({ ...setup, products: [product({ sku: 'milk', tags: ['奶粉客'] })] }),
  );
  await here.send('/console/members/tagging', { act: 'put', to: '双胞胎', member: memberIn(here) });
  expect(here.shop.bells).toEqual([]);
  const milk = [line({ sku: 'milk' })];
  for (let who = 0; who < 60; who += 1)
    await here.shop.tell(sale({ orderNo: `M-${who}`, member: { externalId: `W${who}` }, lines: milk }));
  here.shop.bells.length = 0;
  await here.send('/console/members/tagging', { act: 'copy', from: '奶粉客', who: 'all', to: '老客' });
  expect(here.shop.bells).toEqual([{ work: 'jobs' }]);
});

describe.each<[string, (office: Office) => ReturnType<Office['admin']>]>([
  ['收回活动', ({ admin }) => admin('POST', '/campaigns/bad/take-back', { body: { reason: '条件写错了' } })],
  ['导购离职', ({ admin }) => admin('POST', '/associates/g7/departure', { body: leaving })],
  [
    '发给一群会员',
    ({ admin }) =>
      admin('POST', '/coupon-grant-jobs', { body: { ...given, to: { by: 'store', storeId: '8005' } } }),
  ],
  [
    '批量打标签',
    (office) => office.admin('POST', '/tags/put', { body: { tag: '双胞胎', memberIds: [memberIn(office)] } }),
  ],
  ['新的标签规则', ({ admin }) => admin('POST', '/tag-rules', { body: rule })],
  [
    '改过的标签规则',
    async ({ admin, shop }) => {
      const { json } = await admin('POST', '/tag-rules', { body: rule });
      shop.bells.length = 0;
      return admin('PATCH', `/tag-rules/${String(json['id'])}`, { body: { times: 3 } });
    },
  ],
])('%s', (_, begin) => {
  test('begun by a program rings for the job, once', async () => {
    const office = await ready(await openOffice(setup));
    expect((await begin(office)).status).toBeLessThan(300);
    expect(office.shop.bells).toEqual([{ work: 'jobs' }]);
  });
});
