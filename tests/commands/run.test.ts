/** 办理: whoever waits is told one of six things, and asking again never does it twice. */
import { expect, test } from 'vitest';
import { EventId, type DomainEvent, type IdentityKey } from '../../schema/index.ts';
import { register } from '../../workers/commands/members/register.ts';
import { run } from '../../workers/commands/run.ts';
import { findMembers } from '../../workers/db/members/members.ts';
import { isWrite, misbehaving } from '../support/faults.ts';
import { openShop, type Shop } from '../support/shop.ts';

const phoneKey = 'phone:13912345487' as IdentityKey;

const told = (shop: Shop, data: object, id = 'api_1'): DomainEvent => ({
  type: 'member.created',
  id: EventId.parse(id),
  namespace: 'pos',
  occurredAt: shop.clock.now,
  data,
});

/** How many members answer to the phone. */
const known = (shop: Shop) => async () => (await findMembers(shop.engine.db, phoneKey)).length;

const ask = (shop: Shop, event: DomainEvent) => run(shop.engine, event, shop.clock.now, known(shop));

test('a member is made once: the same request again is answered with the member of the first', async () => {
  const shop = await openShop();
  const event = told(shop, { phone: '13912345487', name: '陈小满' });
  expect(await ask(shop, event)).toEqual({ verdict: 'applied', result: 1 });
  expect(await ask(shop, event)).toEqual({ verdict: 'duplicate', result: 1 });
});

test('told nothing new, the shop answers with how things stand', async () => {
  const shop = await openShop();
  const data = { phone: '13912345487', name: '陈小满' };
  await ask(shop, told(shop, data));
  expect(await ask(shop, told(shop, data, 'api_2'))).toMatchObject({ verdict: 'ignored', result: 1 });
});

test('a phone that answers to another WeChat is refused, with the reason', async () => {
  const shop = await openShop();
  const joining: DomainEvent = {
    type: 'member.joined',
    id: EventId.parse('join_1'),
    namespace: '',
    occurredAt: shop.clock.now,
    openid: 'oFirst',
    digests: [],
    unionid: null,
    phone: '13912345487',
    name: null,
    children: [],
    birthdayOn: null,
    storeId: null,
    associateId: null,
    source: null,
  };
  expect(await ask(shop, joining)).toMatchObject({ verdict: 'applied' });
  const second: DomainEvent = { ...joining, id: EventId.parse('join_2'), openid: 'oSecond' };
  expect(await ask(shop, second)).toEqual({ verdict: 'refused', refusal: { code: 'PHONE_BOUND' } });
});

test('what nobody can settle is parked, and nothing is written', async () => {
  const shop = await openShop();
  expect(await ask(shop, told(shop, { name: '无名氏' }))).toMatchObject({ verdict: 'parked' });
  expect(shop.db.all('SELECT id FROM members')).toEqual([]);
});

test('a database that will not take it leaves the command undecided, and the next try does it', async () => {
  let isBroken = true;
  const through = misbehaving((statements) => (isBroken && isWrite(statements) ? 'refused' : null));
  const shop = await openShop({ through });
  const event = told(shop, { phone: '13912345487' });
  expect(await ask(shop, event)).toEqual({ verdict: 'failed' });
  isBroken = false;
  expect(await ask(shop, event)).toEqual({ verdict: 'applied', result: 1 });
});

test('an answer that was lost on the way is found again: registered once, and told so', async () => {
  let isLost = true;
  const through = misbehaving((statements) => (isLost && isWrite(statements) ? 'reply-lost' : null));
  const shop = await openShop({ through });
  const asked = {
    id: EventId.parse('api_1'),
    namespace: 'pos',
    keys: [phoneKey],
    data: { phone: '13912345487' },
    by: 'office' as const,
    associateId: undefined,
    children: undefined,
  };
  await expect(register(shop.engine, asked, shop.clock.now)).rejects.toThrow('lost');
  isLost = false;
  const again = await register(shop.engine, asked, shop.clock.now);
  expect(again).toMatchObject({ holdings: { member: { phone: '13912345487' } } });
  expect(await known(shop)()).toBe(1);
});
