/** 暂停和恢复: a campaign that goes wrong is stopped by one button, and what was given stays. */
import { describe, expect, test } from 'vitest';
import { campaignStatuses } from '../../../schema/index.ts';
import { campaign, sale, spend, template } from '../../support/builders.ts';
import { mentions } from '../../support/faults.ts';
import { couponRows } from '../../support/shop.ts';
import { words, type Answered } from '../support.ts';
import { openConsole, type Console } from './support.ts';

const giving = (status: (typeof campaignStatuses)[number]) => ({
  templates: [template('ten')],
  campaigns: [
    campaign('c1', {
      name: '满100送券',
      status,
      conditions: [spend(10_000)],
      rewards: [{ kind: 'coupon', templateId: 'ten', count: 1 }],
    }),
  ],
});
const own = '/console/campaigns/c1';

/** A minute later somebody buys. */
async function buys({ shop }: Console, orderNo: string): Promise<number> {
  shop.clock.now += 60_000;
  const at = new Date(shop.clock.now + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  await shop.tell(sale({ orderNo, at, member: { externalId: 'L' }, paidFen: 20_000 }));
  return couponRows(shop.db).length;
}

describe('a campaign that runs', () => {
  test('gives one coupon, gives none while it is paused, and the next when it goes on', async () => {
    const opened = await openConsole(giving('active'));
    expect(await buys(opened, 'A1')).toBe(1);
    expect(words(await opened.owner.get(own))).toContain('暂停');

    expect((await opened.send(`${own}/switch`, { to: 'off' })).location).toBe(`${own}?said=switched-off`);
    expect(words(await opened.owner.get(`${own}?said=switched-off`))).toContain(
      '已停下。已经送出、卖出的不受影响。',
    );
    expect(await buys(opened, 'A2')).toBe(1);

    expect((await opened.send(`${own}/switch`, { to: 'on' })).location).toBe(`${own}?said=switched-on`);
    expect(await buys(opened, 'A3')).toBe(2);
    expect(words(await opened.owner.get('/console/audit'))).toContain('修改活动');
  });

  test('is not turned back by a second press, and its page says how often it was changed', async () => {
    const { send, owner, shop } = await openConsole(giving('active'));
    for (let press = 1; press <= 2; press += 1) await send(`${own}/switch`, { to: 'off' });
    expect(shop.db.all(`SELECT max(version) AS version FROM campaigns WHERE id = 'c1'`)).toEqual([
      { version: 2 },
    ]);
    expect(words(await owner.get(own))).toMatch(/改过\s*1\s*次/);
  });
});

test('pressed by two at the same moment, a campaign is paused once and written down once', async () => {
  let other: (() => Promise<Answered>) | null = null;
  const answers: Answered[] = [];
  const opened = await openConsole({
    ...giving('active'),
    through: (db) => ({
      batch: async (statements) => {
        const act = other;
        if (act && mentions(statements, 'INSERT INTO campaigns')) {
          other = null;
          answers.push(await act());
        }
        return db.batch(statements);
      },
    }),
  });
  const press = () => opened.send(`${own}/switch`, { to: 'off' });
  other = press;
  answers.push(await press());
  expect(answers.map(({ location }) => location)).toEqual([`${own}?said=switched-off`, own]);
  expect(opened.shop.db.all(`SELECT max(version) AS version FROM campaigns`)).toEqual([{ version: 2 }]);
  expect(opened.shop.db.all(`SELECT act FROM audit_rows`)).toEqual([{ act: 'campaign.change' }]);
});

test.each([
  ['draft', '开始'],
  ['paused', '恢复'],
] as const)('a campaign that is %s has the button %s', async (status, label) => {
  const { send, owner, shop } = await openConsole(giving(status));
  expect(words(await owner.get(own))).toContain(label);
  await send(`${own}/switch`, { to: 'on' });
  expect(shop.db.all(`SELECT status FROM campaigns ORDER BY version DESC LIMIT 1`)).toEqual([
    { status: 'active' },
  ]);
});

test('a campaign that is over has no button, and an old one opened in another window changes nothing', async () => {
  const { send, owner, shop } = await openConsole(giving('ended'));
  expect((await owner.get(own)).text).not.toContain(`${own}/switch`);
  expect((await send(`${own}/switch`, { to: 'on' })).location).toBe(own);
  expect(shop.db.all(`SELECT status FROM campaigns`)).toEqual([{ status: 'ended' }]);
});

test('a group of members is turned off by its button, and on again; there is none for what is not there', async () => {
  const { send, owner, shop } = await openConsole();
  await send('/console/member-groups/new', { name: '妈妈班一期', enabled: 'yes' });
  const id = String(shop.db.all(`SELECT id FROM member_groups`)[0]?.['id']);
  const path = `/console/member-groups/${id}`;
  expect(words(await owner.get(path))).toContain('停用');
  await send(`${path}/switch`, { to: 'off' });
  expect(words(await owner.get(path))).toContain('启用');
  await send(`${path}/switch`, { to: 'on' });
  expect(words(await owner.get('/console/member-groups'))).not.toContain('停用');
  expect((await send('/console/member-groups/nobody/switch', { to: 'off' })).status).toBe(404);
});

test('a campaign whose coupon is gone is not resumed: its form opens, and says so at the coupon', async () => {
  const [paused] = giving('paused').campaigns;
  const { send, shop } = await openConsole({ campaigns: paused ? [paused] : [] });
  const answer = await send(`${own}/switch`, { to: 'on' });
  expect([answer.status, words(answer)]).toEqual([
    422,
    expect.stringMatching(/满100送券.*原来选的（ten） 这张券不在了，请换一张。/),
  ]);
  expect(answer.text).toMatch(/aria-describedby="[^"]*rewards\[0\]\.templateId/);
  // Saved from here it runs, which is what was asked.
  expect(answer.text).toContain('<option value="active" selected="">');
  expect(shop.db.all(`SELECT status FROM campaigns`)).toEqual([{ status: 'paused' }]);
});
