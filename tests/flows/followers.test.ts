/** 公众号: follow, scan, ask, register, leave, told by an independent client to the real receiver, engine and database. */
import { expect, test, describe } from 'vitest';
import type { MemberJoined } from '../../schema/index.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { events, openAccount, type Account } from '../support/account.ts';
import { at, sale } from '../support/builders.ts';
import { misbehaving, isWrite } from '../support/faults.ts';
import { inboxRows, memberRows, openShop, outboxRows, type Shop, type ShopSetup } from '../support/shop.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { deliveryOf, playWechat } from '../support/wechat.ts';
import { barrier, stopTimers } from '../support/timers.ts';
import { until } from '../support/until.ts';

const guide = { id: 'g7', name: '小李', storeId: '8005', openid: null, wecomUserId: null } as never;
const other = { id: 'g8', name: '小王', storeId: '8005', openid: null, wecomUserId: null } as never;
const settings = {
  shopName: '阳光母婴',
  publicUrl: 'https://huike.example',
  wechat: { keywords: [{ match: 'contains', words: ['营业时间'], reply: '{店名}每天9点到21点营业。' }] },
} as never;

async function open(given: Partial<ShopSetup> = {}): Promise<{ shop: Shop; account: Account }> {
  const shop = await openShop({ associates: [guide, other], settings, ...given });
  return { shop, account: openAccount(shop) };
}

const join = (shop: Shop, openid: string, phone: string, id = 'join-1'): MemberJoined => ({
  type: 'member.joined',
  id: id as never,
  namespace: '',
  occurredAt: shop.clock.now,
  openid,
  digests: [],
  unionid: null,
  phone,
  name: '张妈妈',
  children: [],
  birthdayOn: null,
  storeId: null,
  associateId: null,
  source: null,
});

async function register(shop: Shop, openid: string, phone: string, id?: string) {
  const event = join(shop, openid, phone, id);
  const { outcomes } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
  return outcomes.get(event.id);
}

describe('somebody follows the account', () => {
  test('and is welcomed in place, with the way to register', async () => {
    const { account, shop } = await open();
    const { reply } = await account.push('oMa', events.follow());
    expect(reply).toEqual({
      to: 'oMa',
      text: '欢迎关注阳光母婴！点这里注册会员，积分和优惠券都在里面：https://huike.example/m/register',
    });
    expect(outboxRows(shop.db)).toMatchObject([{ kind: 'reply', state: 'sent', channel: 'wechat-passive' }]);
  });

  test('through the code of an associate, and belongs to that associate from then on (J-01)', async () => {
    const { account, shop } = await open();
    expect((await account.push('oMa', events.follow('adv_g7'))).reply?.text).toContain('您的专属导购小李');
    await register(shop, 'oMa', '13912345487');
    expect(memberRows(shop.db)).toMatchObject([{ phone: '13912345487', associateId: 'g7', storeId: '8005' }]);
    // Another code changes nothing (J-04).
    expect((await account.push('oMa', events.scan('adv_g8'))).reply?.text).toBe(
      '您的专属导购是小李，不用重新绑定。',
    );
    expect(memberRows(shop.db)[0]?.associateId).toBe('g7');
  });

  test('a member the till has known for years is found by phone, and no second one is made (K-05)', async () => {
    const { account, shop } = await open();
    await shop.tell(sale({ member: { externalId: 'M1', phone: '13912345487' } }));
    await account.push('oMa', events.follow());
    await register(shop, 'oMa', '13912345487');
    expect(memberRows(shop.db)).toHaveLength(1);
    expect(shop.db.all(`SELECT key FROM identities ORDER BY key`)).toEqual([
      { key: 'ext:pos:M1' },
      { key: 'openid:oMa' },
      { key: 'phone:13912345487' },
    ]);
  });

  test('a phone number that answers to another WeChat is refused, and nothing changes', async () => {
    const { account, shop } = await open();
    await account.push('oMa', events.follow());
    await register(shop, 'oMa', '13912345487');
    await account.push('oThief', events.follow());
    expect(await register(shop, 'oThief', '13912345487', 'join-2')).toEqual({
      verdict: 'refused',
      refusal: { code: 'PHONE_BOUND' },
    });
    expect(shop.db.all(`SELECT key FROM identities WHERE key = 'openid:oThief'`)).toEqual([]);
  });
});

describe('WeChat asks again', () => {
  test('three deliveries of one callback at once make one effect and one answer', async () => {
    const { account, shop } = await open();
    const answers = await Promise.all([1, 2, 3].map(() => account.push('oMa', events.follow('adv_g7'))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ reply }) => reply !== null)).toHaveLength(1);
    expect(outboxRows(shop.db)).toHaveLength(1);
    expect(shop.db.all(`SELECT openid, associate_id FROM fans`)).toEqual([
      { openid: 'oMa', associate_id: 'g7' },
    ]);
  });

  test('an answer that got lost on the way is given again when WeChat asks again five seconds later', async () => {
    const { account, shop } = await open();
    const first = await account.push('oMa', events.follow());
    expect((await account.push('oMa', events.follow())).body).toBe('success');
    shop.clock.now += 5_000;
    // The same callback: WeChat repeats the body with the time it was made.
    const again = await account.repeat();
    expect(again.reply).toEqual(first.reply);
    expect(outboxRows(shop.db)).toHaveLength(1);
  });

  test('a slow decision answers within five seconds, and the words reach the follower once, another way', async () => {
    const slow = barrier();
    let isSlow = true;
    const through = misbehaving((statements) => (isSlow && isWrite(statements) ? { stay: slow.stay } : null));
    const { account, shop } = await open({ through });
    const timers = stopTimers();
    const answer = account.push('oMa', events.follow());
    await slow.reached;
    await timers.pass(4_999);
    const { status, body, reply } = await answer;
    expect([status, body, reply]).toEqual([200, 'success', null]);
    expect(account.rings).toContain(2);
    isSlow = false;
    slow.open();
    timers.goOn();
    await until(() => outboxRows(shop.db).length === 1);
    await shop.work();
    shop.clock.now += 6_000;
    const wechat = playWechat();
    const delivery = deliveryOf(shop, wechat);
    await drain(delivery, 10, shop.clock.now);
    await drain(delivery, 10, shop.clock.now);
    const sent = wechat.calls.filter(({ path }) => path === '/cgi-bin/message/custom/send');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({ touser: 'oMa' });
  });
});

describe('a follower writes', () => {
  test('a keyword is answered in place', async () => {
    const { account } = await open();
    await account.push('oMa', events.follow());
    const { reply } = await account.push('oMa', events.say('请问 营业时间 是？'));
    expect(reply?.text).toBe('阳光母婴每天9点到21点营业。');
  });

  test('anything else goes to the associate, and is on record', async () => {
    const { account, shop } = await open();
    await account.push('oMa', events.follow('adv_g7'));
    expect((await account.push('oMa', events.say('奶粉到了吗'))).body).toBe('success');
    expect(outboxRows(shop.db).at(-1)).toMatchObject({
      kind: 'chat-associate',
      associateId: 'g7',
      payload: { text: '奶粉到了吗' },
    });
    expect(shop.db.all(`SELECT thread, associate_id, direction, text FROM contacts`)).toEqual([
      { thread: 'oMa', associate_id: 'g7', direction: 'in', text: '奶粉到了吗' },
    ]);
  });
});

test('a follower of 小李’s code whom a till makes a member is 小李’s, from the first sale on', async () => {
  const { account, shop } = await open();
  await account.push('oMa', events.follow('adv_g7'));
  await shop.tell(sale({ member: { externalId: 'M7', openid: 'oMa' } }));
  expect(memberRows(shop.db)).toMatchObject([{ associateId: 'g7', orders: 1 }]);
});

test('an associate who writes to the account hears where it went, and has no thread of their own', async () => {
  const staff = { ...(guide as object), openid: 'oGuide' } as never;
  const { account, shop } = await open({ associates: [staff] });
  // A keyword is her own, as it is anybody's.
  expect((await account.push('oGuide', events.say('营业时间'))).reply?.text).toBe(
    '阳光母婴每天9点到21点营业。',
  );
  expect((await account.push('oGuide', events.say('在吗', '2'))).reply?.text).toContain('没有转给会员');
  expect(shop.db.all(`SELECT * FROM contacts`)).toEqual([]);
  expect(shop.db.all(`SELECT act, messages_left AS left FROM fan_windows`)).toEqual([
    { act: 'said', left: 5 },
  ]);
});

describe('a follower leaves', () => {
  test('what WeChat told goes at once; the member, the phone and the points stay', async () => {
    const { account, shop } = await open();
    await account.push('oMa', events.follow('adv_g7'));
    await register(shop, 'oMa', '13912345487');
    await shop.tell(sale({ member: { phone: '13912345487' } }));
    await account.push('oMa', events.say('退订'));
    await account.push('oMa', events.unfollow);
    expect(shop.db.all(`SELECT key FROM identities`)).toEqual([{ key: 'phone:13912345487' }]);
    for (const table of ['fans', 'fan_windows', 'permissions'])
      expect(shop.db.all(`SELECT * FROM ${table}`)).toEqual([]);
    expect(shop.db.all(`SELECT text FROM contacts`)).toEqual([{ text: null }]);
    expect(memberRows(shop.db)).toMatchObject([{ phone: '13912345487', associateId: 'g7', orders: 1 }]);
    expect(shop.db.all(`SELECT balance FROM ledger WHERE account = 'points'`)).toEqual([{ balance: 100 }]);
    expect(inboxRows(shop.db).filter(({ state }) => state === 'parked')).toEqual([]);
  });

  test('and comes back: welcomed like anyone, registers with the same phone, is the same member', async () => {
    const { account, shop } = await open();
    await account.push('oMa', events.follow());
    await register(shop, 'oMa', '13912345487');
    await account.push('oMa', events.unfollow);
    shop.clock.now = at('2026-11-23 09:00');
    expect((await account.push('oMa', events.follow())).reply?.text).toContain('注册会员');
    await register(shop, 'oMa', '13912345487', 'join-2');
    expect(memberRows(shop.db)).toHaveLength(1);
    expect(memberRows(shop.db)[0]?.joinedAt).toBe(at('2026-11-22 15:00'));
  });
});
