/** 导购在微信里回复: her words go to the member who asked last, she hears to whom, and nobody is left without an answer. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings, type Associate, type AssociateId } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { items, openOffice, type Office } from '../api/support.ts';
import { events, openAccount, type Account, type Fields } from '../support/account.ts';
import { at } from '../support/builders.ts';
import { join } from '../support/scenes.ts';
import { memberId, outboxRows } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, type Reply } from '../support/wechat.ts';

const associate = (id: string, name: string, openid: string | null): Associate => ({
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
  /** Says something to the account; what is answered in place. */
  readonly say: (openid: string, text: string) => Promise<string | undefined>;
  readonly push: (openid: string, fields: Fields) => Promise<string | undefined>;
  /** What a person's phone shows, beside answers in place. */
  readonly phone: (openid: string) => string[];
  readonly cards: (openid: string) => number;
  readonly deliver: () => Promise<void>;
  readonly minutes: (passed: number) => void;
};

type Given = { readonly openid?: string | null; readonly settings?: object; readonly isSilent?: boolean };

/** 张妈妈 and 王妈妈 belong to 小李, who has just written to the account unless she was silent. */
async function open(
  given: Given = {},
  answers: (path: string) => Reply | undefined = () => undefined,
): Promise<Scene> {
  const { openid = 'oLi', isSilent = false } = given;
  const settings = MerchantSettings.parse({
    shopName: '阳光母婴',
    publicUrl: 'https://huike.example',
    wechat: {
      keywords: [
        { match: 'contains', words: ['地址'], reply: '天河路1号。' },
        { match: 'exact', words: ['积分'], reply: '您有{积分}积分。' },
      ],
      fallback: '收到，店里尽快回复您。',
    },
    ...given.settings,
  });
  const office = await openOffice({
    associates: [associate('12', '小李', openid), associate('13', '小王', 'oWang')],
    settings,
  });
  const { shop } = office;
  if (openid !== null && !isSilent) acted(shop, openid);
  const wechat = playWechat(({ path }) => answers(path));
  const delivery = deliveryOf(shop, wechat);
  const account = openAccount(shop);
  let words = 0;
  const push = async (who: string, fields: Fields): Promise<string | undefined> => {
    shop.clock.now += 1_000;
    return (await account.push(who, fields)).reply?.text;
  };
  const deliver = async (): Promise<void> => {
    shop.clock.now += 6_000;
    await shop.work();
    await drain(delivery, 50, shop.clock.now);
  };
  for (const [who, phone, name] of [
    ['oMa', '13912345487', '张妈妈'],
    ['oBa', '13912345488', '王妈妈'],
  ] as const) {
    await push(who, events.follow('adv_12'));
    await join(shop, who, phone, name);
  }
  await deliver();
  shop.clock.now = at('2026-11-22 16:00');
  const texts = (who: string): string[] =>
    wechat.calls
      .filter(({ path, body }) => path === '/cgi-bin/message/custom/send' && body['touser'] === who)
      .map(({ body }) => (body['text'] as { content: string }).content);
  const before = new Map(['oMa', 'oBa', 'oLi'].map((who) => [who, texts(who).length]));
  return {
    office,
    account,
    push,
    deliver,
    say: (who, text) => {
      words += 1;
      return push(who, events.say(text, String(words)));
    },
    phone: (who) => texts(who).slice(before.get(who) ?? 0),
    cards: (who) =>
      wechat.calls.filter(
        ({ path, body }) => path === '/cgi-bin/message/template/send' && body['touser'] === who,
      ).length,
    minutes: (passed) => {
      shop.clock.now += passed * 60_000;
    },
  };
}

const alertsOf = ({ office }: Scene): unknown[] => office.shop.db.all('SELECT kind, text FROM alerts');

describe('an associate answers in WeChat', () => {
  test('and the member reads it; she is told whom it went to, and both sides are on record', async () => {
    const scene = await open();
    expect(await scene.say('oMa', '奶粉到了吗')).toBe(undefined);
    await scene.deliver();
    expect(scene.phone('oLi')).toEqual(['张妈妈：奶粉到了吗']);
    expect(await scene.say('oLi', '到了，给您留一罐')).toBe('已转给张妈妈。');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['到了，给您留一罐']);
    const thread = memberId(scene.office.shop.db, 'openid:oMa');
    const spoken = items(await scene.office.admin('GET', `/conversations/${thread}/messages`));
    expect(spoken.slice(0, 2).map(({ direction, text }) => [direction, text])).toEqual([
      ['out', '到了，给您留一罐'],
      ['in', '奶粉到了吗'],
    ]);
    // What she was told is hers, and no word of the shop to the member.
    expect(spoken.map(({ text }) => text)).not.toContain('已转给张妈妈。');
    const [head] = items(await scene.office.admin('GET', '/conversations?associate=12'));
    expect(head).toMatchObject({ unread: 0, last: { text: '到了，给您留一罐', associateId: '12' } });
  });

  test('a space that her thumb sent goes to nobody, and her words after it still do', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(await scene.say('oLi', ' \u200b')).toBe('这条没有转给会员：里面没有字。');
    expect(await scene.say('oLi', '到了')).toBe('已转给张妈妈。');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['到了']);
  });

  test('the one who asked last is the one she answers', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(await scene.say('oLi', '到了')).toBe('已转给张妈妈。');
    await scene.say('oBa', '几点关门');
    await scene.deliver();
    expect(await scene.say('oLi', '九点')).toBe('已转给王妈妈。');
    expect(await scene.say('oLi', '您慢慢来')).toBe('已转给王妈妈。');
    await scene.deliver();
    expect([scene.phone('oMa'), scene.phone('oBa')]).toEqual([['到了'], ['九点', '您慢慢来']]);
  });

  test('within half an hour; after that nobody knows whom it is for, and she hears so', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    scene.minutes(29);
    expect(await scene.say('oLi', '到了')).toBe('已转给张妈妈。');
    scene.minutes(1);
    expect(await scene.say('oLi', '还要吗')).toContain('没有转给会员');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['到了']);
  });

  test('what she says to the account itself never goes to a member', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(await scene.say('oLi', '地址。')).toBe('天河路1号。\n（这是关键词，没有转给会员。）');
    expect(await scene.say('oLi', '积分')).toBe('这是关键词，没有转给会员。');
    await scene.push('oLi', events.click('hours'));
    expect(await scene.push('oLi', { MsgType: 'image', PicUrl: 'x', MediaId: 'm', MsgId: '90' })).toContain(
      '只有文字能转',
    );
    // A word within a sentence is no keyword of hers.
    expect(await scene.say('oLi', '您留个地址，我寄给您')).toBe('已转给张妈妈。');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['您留个地址，我寄给您']);
  });

  test('another associate, to whom nobody spoke, answers nobody', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(await scene.say('oWang', '到了')).toContain('没有转给会员');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual([]);
  });

  test('a question that a keyword answered was never hers', async () => {
    const scene = await open();
    expect(await scene.say('oMa', '地址')).toBe('天河路1号。');
    await scene.deliver();
    expect(await scene.say('oLi', '在吗')).toContain('没有转给会员');
  });

  test('markup that she types is words, and what is too long comes back to her', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    await scene.say('oLi', '<a href="weixin://x">1</a>');
    expect(await scene.say('oLi', '奶'.repeat(700))).toContain('没有转给张妈妈：这段话太长了');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['＜a href="weixin：//x"＞1＜/a＞']);
  });

  test('five answers are all that WeChat takes; of the sixth she is told', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    for (const text of ['一', '二', '三', '四', '五']) {
      expect(await scene.say('oLi', text)).toBe('已转给张妈妈。');
      await scene.deliver();
    }
    expect(await scene.say('oLi', '六')).toContain('没有转给张妈妈：微信不让再发了');
    expect(scene.phone('oMa')).toEqual(['一', '二', '三', '四', '五']);
  });

  test('an answer that WeChat refuses comes back to her', async () => {
    let isClosed = false;
    const scene = await open({}, (path) =>
      isClosed && path === '/cgi-bin/message/custom/send'
        ? { errcode: 45015, errmsg: 'response out of time limit' }
        : undefined,
    );
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    isClosed = true;
    expect(await scene.say('oLi', '到了')).toBe('已转给张妈妈。');
    await scene.deliver();
    expect(outboxRows(scene.office.shop.db).at(-1)).toMatchObject({
      kind: 'told-associate',
      associateId: '12',
      payload: { text: '刚才的话没有送到张妈妈，急的话请打电话。' },
    });
  });

  test('when the member leaves, what she was told of them goes too', async () => {
    const scene = await open();
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    await scene.say('oLi', '到了');
    await scene.deliver();
    await scene.account.push('oMa', events.unfollow);
    const left = JSON.stringify([
      scene.office.shop.db.all('SELECT text FROM contacts'),
      scene.office.shop.db.all('SELECT payload FROM outbox'),
    ]);
    expect(left).not.toMatch(/张妈妈|奶粉到了吗|到了/);
  });
});

describe('she has been silent for more than 48 hours', () => {
  const card = {
    wechatTemplates: { 'chat-associate': { id: 'T9', fields: { thing1: 'member', thing2: 'said' } } },
  };

  test('and is reached by card: she answers in WeChat as ever', async () => {
    const scene = await open({ isSilent: true, settings: card });
    expect(await scene.say('oMa', '奶粉到了吗')).toBe(undefined);
    await scene.deliver();
    expect(scene.cards('oLi')).toBe(1);
    expect(await scene.say('oLi', '到了')).toBe('已转给张妈妈。');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['到了']);
    expect(alertsOf(scene)).toEqual([]);
  });

  test('and there is no card: the shop’s answer goes to the member, and the shop is told', async () => {
    const scene = await open({ isSilent: true });
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['收到，店里尽快回复您。']);
    expect(alertsOf(scene)).toEqual([
      { kind: 'associate.unreachable', text: expect.stringContaining('会员的话没有送到导购小李') },
    ]);
    // She reads nothing of it, so it is not what she speaks of.
    expect(await scene.say('oLi', '在')).toContain('没有转给会员');
    // Said once a day, answered every time.
    scene.office.shop.db.all(`DELETE FROM fan_windows WHERE openid = 'oLi'`);
    await scene.say('oMa', '在吗');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['收到，店里尽快回复您。', '收到，店里尽快回复您。']);
    expect(alertsOf(scene)).toHaveLength(1);
  });

  test('and the shop has no general answer: the member hears that it arrived', async () => {
    const scene = await open({ isSilent: true, settings: { wechat: {} } });
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['收到，我们会尽快回复您。']);
  });

  test('or never told the shop her WeChat: it is the same', async () => {
    const scene = await open({ openid: null });
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['收到，店里尽快回复您。']);
    expect(alertsOf(scene)).toHaveLength(1);
  });

  test('trying the parked message again by hand answers the member no second time', async () => {
    const scene = await open({ isSilent: true });
    await scene.say('oMa', '奶粉到了吗');
    await scene.deliver();
    const parked = outboxRows(scene.office.shop.db).find(({ kind }) => kind === 'chat-associate');
    expect(parked?.state).toBe('parked');
    scene.office.shop.db.all(
      `UPDATE outbox SET state = 'pending', attempts = 0 WHERE seq = ${parked?.seq ?? 0}`,
    );
    await scene.deliver();
    expect(scene.phone('oMa')).toEqual(['收到，店里尽快回复您。']);
  });
});

describe('a keyword’s answer with a gap', () => {
  const settings = {
    wechat: { keywords: [{ match: 'exact', words: ['门店'], reply: '您在{门店}。' }], fallback: '收到。' },
  };

  test('gives way to the general answer, is shown to the merchant, and the associate hears the question', async () => {
    const scene = await open({ settings });
    expect(await scene.say('oMa', '门店')).toBe('收到。');
    await scene.deliver();
    expect(scene.phone('oLi')).toEqual(['张妈妈：门店']);
    expect(outboxRows(scene.office.shop.db).find(({ payload }) => 'missing' in payload)).toMatchObject({
      kind: 'reply',
      state: 'parked',
      payload: { missing: ['门店'] },
    });
    expect(scene.phone('oMa')).toEqual([]);
  });
});
