/** 一对一沟通 (J-06, J-20, J-21): from the follower's phone to the associate and back, through receiver, engine and delivery. */
import { describe, expect, test } from 'vitest';
import type { Associate, AssociateId } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { items, openOffice, type Json, type Office } from '../api/support.ts';
import { events, openAccount, type Account } from '../support/account.ts';
import { at } from '../support/builders.ts';
import { join } from '../support/scenes.ts';
import { memberId } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, type Wechat } from '../support/wechat.ts';

const associate = (id: string, name: string, openid: string): Associate => ({
  id: id as AssociateId,
  name,
  storeId: null,
  openid,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
});

type Scene = {
  readonly office: Office;
  readonly account: Account;
  /** What a person's phone shows. */
  readonly phone: (openid: string) => string[];
  readonly deliver: () => Promise<void>;
};

async function open(): Promise<Scene> {
  const office = await openOffice({
    associates: [associate('12', '小李', 'oLi'), associate('13', '小王', 'oWang')],
    settings: { shopName: '阳光母婴', publicUrl: 'https://huike.example' } as never,
  });
  const { shop } = office;
  // The associates have just written to the account themselves.
  for (const openid of ['oLi', 'oWang']) acted(shop, openid);
  const wechat: Wechat = playWechat();
  const delivery = deliveryOf(shop, wechat);
  return {
    office,
    account: openAccount(shop),
    phone: (openid) =>
      wechat.calls
        .filter(({ path, body }) => path === '/cgi-bin/message/custom/send' && body['touser'] === openid)
        .map(({ body }) => (body['text'] as { content: string }).content),
    deliver: async () => {
      // A passive reply has five seconds; nobody else touches it until then.
      shop.clock.now += 6_000;
      await shop.work();
      await drain(delivery, 50, shop.clock.now);
    },
  };
}

/** 张妈妈 follows 小李, registers, and asks something. */
async function asked(): Promise<Scene & { readonly thread: string }> {
  const scene = await open();
  const { shop } = scene.office;
  await scene.account.push('oMa', events.follow('adv_12'));
  await join(shop, 'oMa', '13912345487');
  await scene.deliver();
  shop.clock.now = at('2026-11-22 16:00');
  await scene.account.push('oMa', events.say('奶粉到了吗', '1'));
  await scene.deliver();
  return { ...scene, thread: memberId(shop.db, 'openid:oMa') };
}

const reply = ({ office }: Scene, thread: string, body: object, key?: string) =>
  office.admin('POST', `/conversations/${thread}/messages`, {
    body,
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });

const conversation = async ({ office }: Scene, query = ''): Promise<Json | undefined> =>
  items(await office.admin('GET', `/conversations${query}`))[0];

test('what a member writes lands in their thread, and their associate is told', async () => {
  const scene = await asked();
  expect(scene.phone('oLi')).toEqual(['张妈妈：奶粉到了吗']);
  expect(scene.phone('oWang')).toEqual([]);
  expect(await conversation(scene, '?associate=12')).toEqual({
    thread: scene.thread,
    member: { id: scene.thread, name: '张妈妈' },
    associate: { id: '12', name: '小李' },
    last: {
      id: expect.stringMatching(/^ev_/),
      direction: 'in',
      channel: 'wechat',
      kind: 'text',
      text: '奶粉到了吗',
      associateId: '12',
      at: '2026-11-22T08:00:00.000Z',
    },
    unread: 1,
    window: { isOpen: true, messagesLeft: 5, until: '2026-11-24T08:00:00.000Z' },
  });
  expect(items(await scene.office.admin('GET', '/conversations?associate=13'))).toEqual([]);
});

test('the associate’s answer reaches the member, and both sides are on record', async () => {
  const scene = await asked();
  const { status, json } = await reply(scene, scene.thread, {
    text: '到了，给您留一罐。',
    associateId: '12',
  });
  expect([status, json]).toMatchObject([
    201,
    { direction: 'out', text: '到了，给您留一罐。', associateId: '12' },
  ]);
  await scene.deliver();
  expect(scene.phone('oMa')).toContain('到了，给您留一罐。');
  const spoken = items(await scene.office.admin('GET', `/conversations/${scene.thread}/messages`));
  expect(spoken.map(({ direction, kind, text }) => [direction, kind, text])).toEqual([
    ['out', 'text', '到了，给您留一罐。'],
    ['in', 'text', '奶粉到了吗'],
    ['out', 'reply', expect.stringContaining('您的专属导购小李')],
  ]);
  expect(spoken[0]?.['delivery']).toMatchObject({ state: 'sent', lastError: null });
  expect(await conversation(scene)).toMatchObject({ unread: 0, window: { isOpen: true, messagesLeft: 4 } });
});

test('the shop itself may answer too, without an associate', async () => {
  const scene = await asked();
  expect((await reply(scene, scene.thread, { text: '到了' })).status).toBe(201);
});

test('the same request twice is one message', async () => {
  const scene = await asked();
  const body = { text: '到了', associateId: '12' };
  const first = await reply(scene, scene.thread, body, 'answer-1');
  const second = await reply(scene, scene.thread, body, 'answer-1');
  expect([second.status, second.json]).toEqual([201, first.json]);
  await scene.deliver();
  expect(scene.phone('oMa').filter((text) => text === '到了')).toHaveLength(1);
  const other = await reply(scene, scene.thread, { text: '没到' }, 'answer-1');
  expect([other.status, other.json['code']]).toEqual([409, 'idempotency_key_reused']);
});

describe('WeChat’s window', () => {
  test('48 hours after the member’s last word it is closed: an SMS or a call is what is left', async () => {
    const scene = await asked();
    scene.office.shop.clock.now = at('2026-11-24 15:59');
    expect((await reply(scene, scene.thread, { text: '还在吗', associateId: '12' })).status).toBe(201);
    scene.office.shop.clock.now = at('2026-11-24 16:00');
    const { status, json } = await reply(scene, scene.thread, { text: '还在吗', associateId: '12' });
    expect([status, json['code'], json['alternatives']]).toEqual([409, 'window_closed', ['sms', 'phone']]);
    expect(json['detail']).toContain('短信或电话');
    expect(await conversation(scene)).toMatchObject({
      window: { isOpen: false, messagesLeft: 0, until: null },
    });
  });

  test('takes five answers; the sixth is refused until the member writes again', async () => {
    const scene = await asked();
    const answers: number[] = [];
    for (let answer = 1; answer <= 6; answer += 1) {
      answers.push((await reply(scene, scene.thread, { text: String(answer), associateId: '12' })).status);
      await scene.deliver();
    }
    expect(answers).toEqual([201, 201, 201, 201, 201, 409]);
    expect(scene.phone('oMa').slice(-5)).toEqual(['1', '2', '3', '4', '5']);
    await scene.account.push('oMa', events.say('好的', '2'));
    expect((await reply(scene, scene.thread, { text: '6', associateId: '12' })).status).toBe(201);
  });

  test('a refused request may be sent again under its key once the window is open', async () => {
    const scene = await asked();
    scene.office.shop.clock.now = at('2026-11-25 09:00');
    const body = { text: '还在吗', associateId: '12' };
    expect((await reply(scene, scene.thread, body, 'k')).status).toBe(409);
    await scene.account.push('oMa', events.say('在的', '2'));
    expect((await reply(scene, scene.thread, body, 'k')).status).toBe(201);
  });
});

describe('one to one', () => {
  test('another associate may not answer', async () => {
    const scene = await asked();
    const { status, json } = await reply(scene, scene.thread, { text: '我来', associateId: '13' });
    expect([status, json['code']]).toEqual([409, 'not_yours']);
    expect(json['detail']).toContain('专属导购');
    await scene.deliver();
    expect(scene.phone('oMa')).not.toContain('我来');
  });

  test('a member who neither follows nor left a phone number cannot be reached', async () => {
    const scene = await open();
    await scene.office.pos('POST', '/members', { body: { cardNo: '11' } });
    const [member] = items(await scene.office.admin('GET', '/members?cardNo=11'));
    const { status, json } = await reply(scene, String(member?.['id']), { text: '您好' });
    expect([status, json['code']]).toEqual([409, 'not_reachable']);
  });

  test('a member who does not follow may be called', async () => {
    const scene = await open();
    await scene.office.pos('POST', '/members', { body: { phone: '13912345488' } });
    const [member] = items(await scene.office.admin('GET', '/members?phone=13912345488'));
    const { json } = await reply(scene, String(member?.['id']), { text: '您好' });
    expect([json['code'], json['alternatives']]).toEqual(['window_closed', ['sms', 'phone']]);
  });
});

describe('somebody who is no member', () => {
  test('has a thread under a sealed name, keeps it, and brings it along when they register', async () => {
    const scene = await open();
    await scene.account.push('oBa', events.follow('adv_12'));
    scene.office.shop.clock.now += 1_000;
    await scene.account.push('oBa', events.say('在吗', '7'));
    const found = await conversation(scene);
    const thread = String(found?.['thread']);
    expect(thread).toMatch(/^o_[\w-]+$/);
    expect(thread).not.toContain('oBa');
    expect(found).toMatchObject({ member: null, associate: { id: '12' }, unread: 1 });
    expect((await reply(scene, thread, { text: '在的', associateId: '12' })).status).toBe(201);
    await join(scene.office.shop, 'oBa', '13912345488');
    const id = memberId(scene.office.shop.db, 'openid:oBa');
    expect(await conversation(scene)).toMatchObject({ thread: id, member: { id } });
    const texts = async (of: string): Promise<unknown[]> =>
      items(await scene.office.admin('GET', `/conversations/${of}/messages`)).map(({ text }) => text);
    expect((await texts(id)).slice(0, 2)).toEqual(['在的', '在吗']);
    expect(await texts(thread)).toEqual(await texts(id));
  });
});

test('who leaves takes their words along; that they spoke stays on record', async () => {
  const scene = await asked();
  await reply(scene, scene.thread, { text: '到了', associateId: '12' });
  await scene.account.push('oMa', events.unfollow);
  const spoken = items(await scene.office.admin('GET', `/conversations/${scene.thread}/messages`));
  expect(spoken.map(({ direction, text }) => [direction, text])).toEqual([
    ['out', null],
    ['in', null],
  ]);
  expect(await conversation(scene)).toMatchObject({ thread: scene.thread, window: { isOpen: false } });
});
