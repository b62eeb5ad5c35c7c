/** 入会: what is given once in a life is given once to a person, whatever they are known by when they come back. */
import { expect, test } from 'vitest';
import { EventId, type DomainEvent } from '../../schema/index.ts';
import { join, type Joining } from '../../workers/commands/members/join.ts';
import { leave } from '../../workers/commands/members/leave.ts';
import { personDigests } from '../../workers/engine/person-digests.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { seedMaker } from '../../workers/engine/seeds.ts';
import { campaign, template } from '../support/builders.ts';
import { couponRows, memberRows, openShop, type Shop } from '../support/shop.ts';

const welcome = (trigger: 'member.joined' | 'member.created' = 'member.joined') =>
  openShop({
    templates: [template('新人券')],
    campaigns: [
      campaign('新人礼', {
        trigger,
        conditions: [],
        rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
      }),
    ],
  });

let proofs = 0;
function joins(shop: Shop, given: Partial<Joining>) {
  proofs += 1;
  const joining: Joining = {
    proofId: `proof${String(proofs)}`,
    openid: 'oFirst',
    unionid: null,
    phone: '13912345487',
    name: null,
    children: [],
    birthdayOn: null,
    isRebinding: false,
    invitation: { guide: null, source: null },
    ...given,
  };
  return join(shop.engine, joining, shop.clock.now);
}

async function unfollows(shop: Shop, openid: string): Promise<void> {
  const event: DomainEvent = {
    type: 'fan.unfollowed',
    id: EventId.parse('unfollowed'),
    namespace: '',
    occurredAt: shop.clock.now + 1,
    openid,
  };
  await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now + 1);
}

const gifts = (shop: Shop): number => couponRows(shop.db).length;
const digests = (shop: Shop) => shop.db.all(`SELECT key FROM joined_digests`).map(({ key }) => String(key));

test.each([
  ['for registering', 'member.joined'],
  ['for new members', 'member.created'],
] as const)(
  'who unfollows and registers another phone is a member again, and has no second gift %s',
  async (_, trigger) => {
    const shop = await welcome(trigger);
    expect(await joins(shop, {})).toBe('joined');
    expect(gifts(shop)).toBe(1);
    await unfollows(shop, 'oFirst');
    expect(await joins(shop, { phone: '13800138000' })).toBe('joined');
    expect(new Set(memberRows(shop.db).map(({ phone }) => phone))).toEqual(
      new Set(['13912345487', '13800138000']),
    );
    expect(gifts(shop)).toBe(1);
  },
);

test.each<[string, Partial<Joining>]>([
  ['the same phone under another WeChat account', { openid: 'oSecond' }],
  ['the same account under another phone', { phone: '13800138000' }],
  [
    'the same person in another application of the shop',
    { openid: 'oSecond', phone: '13800138000', unionid: 'u1' },
  ],
])('who leaves for good and comes back by %s has no second gift', async (_, again) => {
  const shop = await welcome();
  await joins(shop, { unionid: 'u1' });
  await leave(shop.engine, { id: EventId.parse('leave'), openid: 'oFirst' }, shop.clock.now);
  expect(memberRows(shop.db)[0]?.deletedAt).toBe(shop.clock.now);
  expect(await joins(shop, again)).toBe('joined');
  expect(gifts(shop)).toBe(1);
});

test('each way back is remembered too: a second phone, and with it a second account', async () => {
  const shop = await welcome();
  await joins(shop, {});
  await unfollows(shop, 'oFirst');
  await joins(shop, { phone: '13800138000' });
  await leave(shop.engine, { id: EventId.parse('leave'), openid: 'oFirst' }, shop.clock.now);
  await joins(shop, { openid: 'oThird', phone: '13800138000' });
  expect(gifts(shop)).toBe(1);
});

test('somebody else, by phone and by account, has a gift of their own', async () => {
  const shop = await welcome();
  await joins(shop, {});
  await joins(shop, { openid: 'oOther', phone: '13800138000' });
  expect(gifts(shop)).toBe(2);
});

test('once the digests are gone, who left is somebody new', async () => {
  const shop = await welcome();
  await joins(shop, {});
  await leave(shop.engine, { id: EventId.parse('leave'), openid: 'oFirst' }, shop.clock.now);
  expect(digests(shop)).toHaveLength(2);
  shop.db.all(`DELETE FROM joined_digests`);
  await joins(shop, {});
  expect(gifts(shop)).toBe(2);
});

test('a digest is the same every time and another under another secret, and holds nothing of the number', async () => {
  const person = { phone: '13912345487', openid: 'oFirst', unionid: 'u1' };
  const under = (secret: string) => personDigests({ seeds: seedMaker(secret) }, person);
  const [one, again, elsewhere] = [
    await under('a'.repeat(32)),
    await under('a'.repeat(32)),
    await under('b'.repeat(32)),
  ];
  expect(one).toEqual(again);
  expect(new Set([...one, ...elsewhere]).size).toBe(6);
  for (const digest of one) expect(digest).toMatch(/^[0-9A-Z]{26}$/i);
});
