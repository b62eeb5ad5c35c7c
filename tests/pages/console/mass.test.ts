/** 群发 by an owner: written, counted, confirmed by its number, followed, and stopped on the way. */
import { expect, test } from 'vitest';
import { massCounters } from '../../../schema/index.ts';
import { insertSet } from '../../../workers/db/set.ts';
import { tagOfGroup } from '../../../workers/decide/tags/worn.ts';
import { openAccount } from '../../support/account.ts';
import { sale } from '../../support/builders.ts';
import { mentions } from '../../support/faults.ts';
import { follow, minute, openidAt, playMass, tag, type MassWechat } from '../../support/mass.ts';
import { officialOf } from '../../support/official.ts';
import { memberId, openShop, type ShopSetup } from '../../support/shop.ts';
import { withSms, words, type Answered } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const path = '/console/mass-messages';

async function open(
  followers: number,
  full = 0,
  more: Pick<ShopSetup, 'through'> = {},
): Promise<Console & { readonly mass: MassWechat }> {
  const shop = await openShop({ settings: withSms, ...more });
  const mass = playMass();
  await follow(shop, followers);
  if (full > 0)
    await shop.db.batch([
      insertSet(
        massCounters,
        Array.from({ length: full }, (_, place) => ({ openid: openidAt(place), month: '2026-11', sent: 4 })),
      ),
    ]);
  return { ...(await openConsole({ shop, official: officialOf(shop, mass.wechat) })), mass };
}

const toAll = { text: '明天会员日，满188抽红包', 'to.~shape': 'all', key: 'k'.repeat(26) };
const rowsOf = ({ shop }: Console) =>
  shop.db.all(`SELECT state, content ->> 'text' AS text, recipients FROM mass_messages`);

test('of 1,207 followers 3 had their four: “发给 1,204 人，发出去收不回” is asked, and only then it goes', async () => {
  const shop = await open(1_207, 3);
  const asked = await shop.send(`${path}/new`, toAll);
  expect(words(asked)).toContain('全部粉丝 1,207 人 这个月已经收满四条 3 人 这次发到 1,204 人');
  expect(words(asked)).toContain('明天会员日，满188抽红包');
  expect(words(asked)).toContain('发给 1,204 人，发出去收不回。');
  expect(rowsOf(shop)).toEqual([]);

  const sent = await shop.send(`${path}/new`, { ...toAll, sure: 'yes' });
  const own = (sent.location ?? '').replace(/\?.*/, '');
  expect(sent.location).toBe(`${path}/mm_${'k'.repeat(26)}?said=mass-sent`);
  // A finger that taps twice sends once.
  await shop.send(`${path}/new`, { ...toAll, sure: 'yes' });
  expect(rowsOf(shop)).toEqual([{ state: 'waiting', text: '明天会员日，满188抽红包', recipients: 0 }]);

  await minute(shop.shop, shop.mass, { pagesPerTick: 20, pageMax: 2_000 });
  expect(Object.keys(shop.mass.received())).toHaveLength(1_204);
  await openAccount(shop.shop).push('oSystem', {
    MsgType: 'event',
    Event: 'MASSSENDJOBFINISH',
    MsgID: '1000',
    Status: 'send success',
    TotalCount: 1_204,
    FilterCount: 1_200,
    SentCount: 1_198,
    ErrorCount: 2,
  });
  const progress = words(await shop.owner.get(own));
  expect(progress).toContain('交给微信 1,204 人 微信说收到 1,198 人 微信说没收到 6 人 满四条没发 3 人');
  expect(progress).toContain('发完了');
  expect(words(await shop.owner.get(path))).toMatch(/明天会员日.*全部粉丝 发完了 .* 1,204 1,198 3/);
  expect(shop.shop.db.all(`SELECT act FROM audit_rows`).map(({ act }) => act)).toEqual(['mass.send']);
});

test('two taps that arrive at the same moment send once, are written down once, and both lead to the message', async () => {
  let other: (() => Promise<Answered>) | null = null;
  const answers: Answered[] = [];
  const shop = await open(2, 0, {
    through: (db) => ({
      batch: async (statements) => {
        const act = other;
        if (act && mentions(statements, 'INSERT INTO mass_messages')) {
          other = null;
          answers.push(await act());
        }
        return db.batch(statements);
      },
    }),
  });
  const tap = () => shop.send(`${path}/new`, { ...toAll, sure: 'yes' });
  other = tap;
  answers.push(await tap());
  const own = `${path}/mm_${toAll.key}?said=mass-sent`;
  expect(answers.map(({ status, location }) => [status, location])).toEqual([
    [303, own],
    [303, own],
  ]);
  expect(rowsOf(shop)).toHaveLength(1);
  expect(shop.shop.db.all(`SELECT act FROM audit_rows`)).toEqual([{ act: 'mass.send' }]);
});

test('a text or an hour that is changed after it was sent, by the browser’s way back, changes nothing and says so', async () => {
  const shop = await open(2);
  await shop.send(`${path}/new`, { ...toAll, sure: 'yes' });
  const changed = await shop.send(`${path}/new`, { ...toAll, text: '改成后天', sure: 'yes' });
  const own = `${path}/mm_${toAll.key}?said=mass-known`;
  expect(changed.location).toBe(own);
  expect(words(await shop.owner.get(own))).toContain('后来改的不算：要改，先停下这条，再重新写一条。');
  const later = await shop.send(`${path}/new`, { ...toAll, at: '2026-11-24T10:00', sure: 'yes' });
  expect(later.location).toBe(own);
  expect(rowsOf(shop)).toHaveLength(1);
});

test('a text for eleven in the evening waits for nine in the morning, and the page says so before it is sent', async () => {
  const shop = await open(2);
  const asked = words(await shop.send(`${path}/new`, { ...toAll, at: '2026-11-23T23:00' }));
  expect(asked).toContain('晚上 9 点到早上 9 点之间');
  expect(asked).toContain('11-24 09:00 开始');
});

test('a draft is chosen by its title and shown as it will look; one person alone cannot be given an article', async () => {
  const shop = await openShop({ settings: withSms });
  await follow(shop, 1);
  const mass = playMass();
  const official = {
    ...officialOf(shop, mass.wechat),
    drafts: async () =>
      ({
        ok: true,
        reply: {
          errcode: 0,
          errmsg: 'ok',
          rid: null,
          drafts: [{ mediaId: 'd1', articles: [{ title: '双十二攻略', digest: '' }], changedAt: 0 }],
        },
      }) as const,
  };
  const { owner, send } = await openConsole({ shop, official });
  expect((await owner.get(`${path}/new`)).text).toContain('<option value="d1">双十二攻略</option>');
  const asked = words(await send(`${path}/new`, { mediaId: 'd1', 'to.~shape': 'all' }));
  expect(asked).toContain('双十二攻略 图文');
  expect(asked).toContain('只有一个人收得到，微信群发图文至少要两个人，发不出去');
  expect(asked).not.toContain('发出去收不回');
});

test('of four followers two are members of 8005 and two are in the class: each audience counts and gets exactly its own', async () => {
  const shop = await open(4);
  await shop.shop.tell(
    ...[0, 1, 2].map((place) =>
      sale({
        orderNo: String(place),
        store: place < 2 ? '8005' : '8006',
        member: { externalId: `M${String(place)}`, openid: openidAt(place) },
      }),
    ),
  );
  await shop.send('/console/member-groups/new', { name: '妈妈班一期', enabled: 'yes' });
  const group = String(shop.shop.db.all(`SELECT id FROM member_groups`)[0]?.['id']);
  tag(
    shop.shop,
    [0, 2].map((place) => memberId(shop.shop.db, `ext:pos:M${String(place)}`)),
    tagOfGroup(group),
  );
  expect(words(await shop.owner.get(`${path}/new`))).not.toContain('按会员编号');

  const inGroup = { ...toAll, 'to.~shape': 'group', 'to.group': group };
  const ofStore = { ...toAll, key: 's'.repeat(26), 'to.~shape': 'storeId', 'to.storeId': '8005' };
  expect(words(await shop.send(`${path}/new`, inGroup))).toContain('分组“妈妈班一期” 2 人');
  expect(words(await shop.send(`${path}/new`, ofStore))).toContain('天河店的会员 2 人');
  await shop.send(`${path}/new`, { ...inGroup, sure: 'yes' });
  await minute(shop.shop, shop.mass);
  expect(Object.keys(shop.mass.received())).toEqual([openidAt(0), openidAt(2)]);
  await shop.send(`${path}/new`, { ...ofStore, sure: 'yes' });
  await minute(shop.shop, shop.mass);
  expect(shop.mass.received()).toEqual({ [openidAt(0)]: 2, [openidAt(1)]: 1, [openidAt(2)]: 1 });
});

test('stopped before its hour nobody gets it; a manager may read and neither write nor stop', async () => {
  const shop = await open(5);
  await shop.send(`${path}/new`, { ...toAll, at: '2026-11-24T10:00', sure: 'yes' });
  const own = `${path}/mm_${toAll.key}`;
  const manager = await signInAs(shop, await employ(shop, 'manager'));
  expect(words(await manager.get(path))).toContain('明天会员日');
  expect(words(await manager.get(path))).not.toContain('写一条群发');
  expect((await shop.send(`${own}/stop`, { sure: 'yes' }, manager)).status).toBe(403);
  expect((await shop.send(`${path}/new`, toAll, manager)).status).toBe(403);
  expect(words(await shop.send(`${own}/stop`, {}))).toContain('停下以后谁也收不到');
  expect(rowsOf(shop)).toMatchObject([{ state: 'waiting' }]);
  await shop.send(`${own}/stop`, { sure: 'yes' });
  expect(rowsOf(shop)).toMatchObject([{ state: 'stopped' }]);
  expect(words(await shop.owner.get(own))).toContain('已手动停止');
});

test.each<[string, Record<string, string>, string]>([
  ['nothing is written', { text: '' }, '写一段话，或者选一篇图文，只要一样。'],
  ['a tag is left empty', { 'to.~shape': 'tag' }, '选好发给谁；选了标签、分组或门店，下面也要填。'],
  ['it is 31 days ahead', { at: '2026-12-31T10:00' }, '最多提前 30 天'],
])('where %s the form says what to do', async (_, fields, said) => {
  const shop = await open(2);
  const { status, text } = await shop.send(`${path}/new`, { ...toAll, ...fields });
  expect([status, text]).toEqual([422, expect.stringContaining(said)]);
});

test('to nobody nothing is sent, whatever is confirmed', async () => {
  const shop = await open(3, 3);
  const asked = words(await shop.send(`${path}/new`, { ...toAll, sure: 'yes' }));
  expect(asked).toContain('没有人收得到');
  expect(rowsOf(shop)).toEqual([]);
});

test('a shop without an account is told so, and is offered nothing to confirm', async () => {
  const { send } = await openConsole();
  const asked = words(await send(`${path}/new`, toAll));
  expect(asked).toContain('店里还没有接公众号');
  expect(asked).not.toContain('确认，发给');
});
