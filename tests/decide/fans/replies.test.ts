/** 自动回复: which rule answers, with what words, and which answers are never sent. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { keywordRule } from '../../../workers/decide/fans/keywords.ts';
import { drain } from '../../../workers/deliver/drain.ts';
import { events } from '../../support/account.ts';
import { at, sale } from '../../support/builders.ts';
import { join, openStory, type Story } from '../../support/scenes.ts';
import { inboxRows, outboxRows } from '../../support/shop.ts';
import { deliveryOf, playWechat } from '../../support/wechat.ts';

const ma = 'oMa';
const rule = (match: 'exact' | 'contains', words: readonly string[], reply: string) => ({
  match,
  words,
  reply,
});

const open = (wechat: object = {}, more: object = {}): Promise<Story> =>
  openStory([], {
    settings: { shopName: '阳光母婴', publicUrl: 'https://huike.example', wechat, ...more } as never,
  });

let words = 0;
async function said({ account }: Story, text: string): Promise<string | undefined> {
  words += 1;
  return (await account.push(ma, events.say(text, String(words)))).reply?.text;
}

describe('a keyword', () => {
  const keywords = [
    rule('contains', ['奶粉'], '奶粉在一楼。'),
    rule('exact', ['奶粉段位', 'WiFi'], '按宝宝月龄选。'),
    rule('contains', ['段位'], '后来的规则。'),
  ];

  test.each<[string, string | undefined]>([
    ['奶粉', '奶粉在一楼。'],
    ['有没有奶粉卖？', '奶粉在一楼。'],
    // An exact rule goes before one that stands above it.
    ['奶粉段位', '按宝宝月龄选。'],
    ['  奶 粉 段 位\n', '按宝宝月龄选。'],
    ['wifi', '按宝宝月龄选。'],
    ['WIFI ', '按宝宝月龄选。'],
    // Of two that fit, the first.
    ['奶粉的段位怎么选', '奶粉在一楼。'],
    ['段位', '后来的规则。'],
    ['wifi密码', undefined],
    ['尿不湿', undefined],
    // Phones add full width, punctuation and characters that nobody sees.
    ['ＷｉＦｉ', '按宝宝月龄选。'],
    ['「奶粉段位」？！', '按宝宝月龄选。'],
    ['奶粉段位。', '按宝宝月龄选。'],
    ['奶粉\u200b段位\ufeff', '按宝宝月龄选。'],
    ['奶粉段位😊～', '按宝宝月龄选。'],
    ['奶\u200d粉有吗', '奶粉在一楼。'],
    ['WiFi?密码', undefined],
  ])('"%s" is answered: %s', async (text, answer) => {
    const story = await open({ keywords });
    expect(await said(story, text)).toBe(answer);
  });

  test('that is made of signs is found by these alone', async () => {
    const signs = await open({
      keywords: [
        rule('exact', ['？'], '您想问什么？'),
        rule('contains', ['1+1'], '买一送一。'),
        rule('exact', ['❤️'], '谢谢！'),
      ],
    });
    expect(await said(signs, '?')).toBe('您想问什么？');
    expect(await said(signs, '1＋1活动')).toBe('买一送一。');
    expect(await said(signs, '❤')).toBe('谢谢！');
    expect(await said(signs, '！')).toBe(undefined);
    expect(await said(signs, '11')).toBe(undefined);
  });

  test('that was written exactly goes before one of which only the signs differ', async () => {
    const story = await open({
      keywords: [
        rule('exact', ['C'], 'C码'),
        rule('exact', ['C+'], 'C加码'),
        rule('contains', ['3'], '三段'),
      ],
    });
    expect(await said(story, 'C+')).toBe('C加码');
    expect(await said(story, 'c＋')).toBe('C加码');
    expect(await said(story, 'C！')).toBe('C码');
  });

  test('that nobody can see is refused; one that was saved before answers nobody', async () => {
    const invisible = { match: 'contains', words: ['\u200b'], reply: 'Z' } as const;
    expect(MerchantSettings.safeParse({ wechat: { keywords: [invisible] } }).success).toBe(false);
    expect(keywordRule({ keywords: [invisible] } as never, '这款奶粉过敏了怎么办')).toBe(null);
    expect(keywordRule({ keywords: [invisible] } as never, '\u200b')).toBe(null);
  });

  test('that is spoken is found, though WeChat writes a sentence', async () => {
    const story = await open({ keywords });
    const voice = { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '奶粉段位。', MsgId: '78' };
    expect((await story.account.push(ma, voice)).reply?.text).toBe('按宝宝月龄选。');
  });

  test('is answered in place though an associate is there, who is not disturbed', async () => {
    const story = await open({ keywords });
    await story.account.push(ma, events.follow('adv_12'));
    expect(await said(story, '奶粉')).toBe('奶粉在一楼。');
    expect(outboxRows(story.shop.db).map(({ kind }) => kind)).toEqual(['reply', 'reply']);
  });
});

describe('when no keyword fits', () => {
  const wechat = { fallback: '请稍等，店员很快回复您。' };

  test('the fallback answers somebody without an associate', async () => {
    const story = await open(wechat);
    expect(await said(story, '在吗')).toBe('请稍等，店员很快回复您。');
  });

  test('somebody with an associate gets a person, and no fallback', async () => {
    const story = await open(wechat);
    await story.account.push(ma, events.follow('adv_12'));
    expect(await said(story, '在吗')).toBe(undefined);
    expect(outboxRows(story.shop.db).at(-1)).toMatchObject({ kind: 'chat-associate', associateId: '12' });
  });

  test('and there is no fallback, nothing is said; what they said is on record', async () => {
    const story = await open();
    expect(await said(story, '在吗')).toBe(undefined);
    expect(outboxRows(story.shop.db)).toEqual([]);
    expect(story.shop.db.all(`SELECT text FROM contacts`)).toEqual([{ text: '在吗' }]);
  });

  test('a picture is answered like words that fit nothing', async () => {
    const story = await open({ ...wechat, keywords: [rule('contains', ['图'], '好图')] });
    const picture = { MsgType: 'image', PicUrl: 'http://mmbiz.example/1', MediaId: 'm', MsgId: '77' };
    expect((await story.account.push(ma, picture)).reply?.text).toBe('请稍等，店员很快回复您。');
  });
});

describe('variables', () => {
  const keywords = [
    rule('exact', ['积分'], '{会员}，您在{门店}有{积分}积分，您的导购是{导购}。'),
    rule('exact', ['注册'], '{店名}：{注册链接}'),
  ];

  test('are filled in with what is so now', async () => {
    const story = await open({ keywords });
    await story.account.push(ma, events.follow('adv_12'));
    await join(story.shop, ma, '13912345487');
    await story.shop.tell(sale({ member: { phone: '13912345487' } }));
    await story.account.push(ma, events.scan('store_8005'));
    expect(await said(story, '积分')).toBe('张妈妈，您在天河店有100积分，您的导购是小李。');
    expect(await said(story, '注册')).toBe('阳光母婴：https://huike.example/m/register');
  });

  test('without a value stop the answer: it is shown to the merchant and never sent', async () => {
    const story = await open({ keywords });
    expect(await said(story, '积分')).toBe(undefined);
    expect(outboxRows(story.shop.db)).toMatchObject([
      { kind: 'reply', state: 'pending', payload: { missing: ['会员', '门店', '积分', '导购'] } },
    ]);
    const wechat = playWechat();
    story.shop.clock.now += 10_000;
    await drain(deliveryOf(story.shop, wechat), 10, story.shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(outboxRows(story.shop.db)).toMatchObject([{ state: 'parked' }]);
    expect(outboxRows(story.shop.db)[0]?.lastError).toContain('会员、门店、积分、导购');
  });

  test('an address that was never entered is such a gap', async () => {
    const story = await open({ keywords }, { publicUrl: null });
    expect(await said(story, '注册')).toBe(undefined);
    expect(outboxRows(story.shop.db)).toMatchObject([{ payload: { missing: ['注册链接'] } }]);
  });

  test('that a person types are words like any other', async () => {
    const story = await open({ fallback: '收到。', keywords });
    expect(await said(story, '{积分}')).toBe('收到。');
  });
});

describe('the welcome', () => {
  const wechat = {
    welcome: '欢迎来到{店名}',
    welcomeByAssociate: '我是{导购}',
    welcomeBack: '{会员}回来了，{积分}积分',
  };

  test('differs for a stranger, for whom an associate brings, and for a member who comes back', async () => {
    const story = await open(wechat);
    expect((await story.account.push('oOne', events.follow())).reply?.text).toBe('欢迎来到阳光母婴');
    expect((await story.account.push('oTwo', events.follow('adv_12'))).reply?.text).toBe('我是小李');
    await join(story.shop, 'oOne', '13912345487');
    await story.shop.tell(sale({ member: { phone: '13912345487' } }));
    story.shop.clock.now = at('2026-11-23 09:00');
    expect((await story.account.push('oOne', events.follow())).reply?.text).toBe('张妈妈回来了，100积分');
  });
});

describe('a button of the menu', () => {
  const wechat = { clicks: { hours: '{店名}每天9点到21点' } };

  test('is answered by its key', async () => {
    const story = await open(wechat);
    expect((await story.account.push(ma, events.click('hours'))).reply?.text).toBe('阳光母婴每天9点到21点');
  });

  test.each(['other', 'constructor', '__proto__'])(
    'of the key %s, which nobody entered, is not',
    async (key) => {
      const story = await open(wechat);
      const { status, reply } = await story.account.push(ma, events.click(key));
      expect([status, reply]).toEqual([200, null]);
      expect(inboxRows(story.shop.db).map(({ state }) => state)).toEqual(['done']);
    },
  );
});
