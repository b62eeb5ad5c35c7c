/** 扫码: what a code does for whoever scans it (J-01, J-04, K-16, K-55). */
import { describe, expect, test } from 'vitest';
import { events } from '../../support/account.ts';
import { at, template } from '../../support/builders.ts';
import { isWrite, misbehaving } from '../../support/faults.ts';
import { othersTurn } from '../../support/timers.ts';
import { guide, join, openStory, scene, type Story } from '../../support/scenes.ts';
import { couponRows, memberRows, type ShopSetup } from '../../support/shop.ts';

const [ma, ba] = ['oMa', 'oBa'];
const counts = ({ shop }: Story): unknown[] =>
  shop.db.all(`SELECT id, scans, claims FROM scenes ORDER BY id`).map((row) => Object.values(row));
const associateOf = ({ shop }: Story, openid: string): unknown =>
  shop.db.all(`SELECT associate_id AS id FROM fans WHERE openid = ?`, openid)[0]?.['id'];

/** Decisions that are made at once meet at the database. */
const allReadBeforeAnyWrites = misbehaving((statements) =>
  isWrite(statements) ? { stay: othersTurn } : null,
);

describe('the code of an associate', () => {
  test('binds who follows through it, and who follows already and scans it', async () => {
    const story = await openStory();
    const followed = await story.account.push(ma, events.follow('adv_12'));
    expect(followed.reply?.text).toContain('我是您的专属导购小李');
    await story.account.push(ba, events.follow());
    await join(story.shop, ba, '13912345488');
    const scanned = await story.account.push(ba, events.scan('adv_12'));
    expect(scanned.reply?.text).toBe('您好，我是您的专属导购小李，有问题直接在这里问我。');
    expect([associateOf(story, ma), associateOf(story, ba)]).toEqual(['12', '12']);
    expect(memberRows(story.shop.db)).toMatchObject([{ phone: '13912345488', associateId: '12' }]);
  });

  test('is counted once, and answered once, when WeChat delivers the scan three times', async () => {
    const story = await openStory([scene('adv_12', { kind: 'associate', targetId: '12' })]);
    const answers = [];
    for (let delivery = 0; delivery < 3; delivery += 1)
      answers.push(await story.account.push(ma, events.follow('adv_12')));
    expect(answers.map(({ reply }) => reply !== null)).toEqual([true, false, false]);
    expect(counts(story)).toEqual([['adv_12', 1, 0]]);
    expect(story.shop.db.all(`SELECT openid FROM fans`)).toEqual([{ openid: ma }]);
  });

  test('changes nothing for somebody who has an associate already, and says who that is', async () => {
    const story = await openStory();
    await story.account.push(ma, events.follow('adv_12'));
    const second = await story.account.push(ma, events.scan('adv_13'));
    expect(second.reply?.text).toBe('您的专属导购是小李，不用重新绑定。');
    await join(story.shop, ma, '13912345487');
    story.shop.clock.now += 60_000;
    const asMember = await story.account.push(ma, events.scan('adv_13'));
    expect(asMember.reply?.text).toBe('您的专属导购是小李，不用重新绑定。');
    expect(memberRows(story.shop.db)).toMatchObject([{ associateId: '12' }]);
  });

  test('brings the member into the associate’s store', async () => {
    const atStore = { ...guide('14', '小陈'), storeId: '8005' as never };
    const story = await openStory([], { associates: [atStore] });
    await story.account.push(ma, events.follow('adv_14'));
    await join(story.shop, ma, '13912345487');
    expect(memberRows(story.shop.db)).toMatchObject([{ associateId: '14', storeId: '8005' }]);
  });

  test('of somebody who is not there is a scan like any other', async () => {
    const story = await openStory();
    const { reply } = await story.account.push(ma, events.follow('adv_99'));
    expect(reply?.text).toContain('欢迎关注阳光母婴');
    expect(associateOf(story, ma)).toBe(null);
  });
});

describe('a coupon on a leaflet', () => {
  const leaflet = scene('leaflet', { kind: 'coupon', targetId: '奶粉券' });
  const open = (
    codes = [leaflet],
    given: Parameters<typeof template>[1] = {},
    setup: ShopSetup = {},
  ): Promise<Story> => openStory(codes, { templates: [template('奶粉券', given)], ...setup });

  test('is handed out once to each member, and counted where it was', async () => {
    const story = await open([leaflet, scene('poster', { kind: 'coupon', targetId: '奶粉券' })]);
    for (const [openid, phone] of [
      [ma, '13912345487'],
      [ba, '13912345488'],
    ] as const) {
      await story.account.push(openid, events.follow());
      await join(story.shop, openid, phone);
    }
    const said = async (openid: string, code: string): Promise<string | undefined> => {
      story.shop.clock.now += 60_000;
      return (await story.account.push(openid, events.scan(code))).reply?.text;
    };
    expect(await said(ma, 'leaflet')).toBe('领取成功，券已放进您的券包。');
    expect(await said(ma, 'leaflet')).toBe('这张券您已经领过了，在券包里可以找到。');
    expect(await said(ba, 'leaflet')).toBe('领取成功，券已放进您的券包。');
    // Another placement is another offer.
    expect(await said(ma, 'poster')).toBe('领取成功，券已放进您的券包。');
    expect(couponRows(story.shop.db)).toHaveLength(3);
    expect(counts(story)).toEqual([
      ['leaflet', 3, 2],
      ['poster', 1, 1],
    ]);
  });

  test('waits for somebody who is no member, and is there when they register', async () => {
    const story = await open();
    const { reply } = await story.account.push(ma, events.follow('leaflet'));
    expect(reply?.text).toContain('点这里注册会员');
    expect([couponRows(story.shop.db).length, counts(story)]).toEqual([0, [['leaflet', 1, 0]]]);
    await join(story.shop, ma, '13912345487');
    expect(couponRows(story.shop.db)).toHaveLength(1);
    expect(counts(story)).toEqual([['leaflet', 1, 1]]);
    story.shop.clock.now += 60_000;
    const again = await story.account.push(ma, events.scan('leaflet'));
    expect(again.reply?.text).toBe('这张券您已经领过了，在券包里可以找到。');
    expect(couponRows(story.shop.db)).toHaveLength(1);
  });

  test('whose offer ended in June is not handed out in November', async () => {
    const june = { fixed: { from: '2026-06-01T00:00:00+08:00', to: '2026-07-01T00:00:00+08:00' } };
    const story = await open([leaflet], { validity: june });
    await story.account.push(ma, events.follow());
    await join(story.shop, ma, '13912345487');
    const { reply } = await story.account.push(ma, events.scan('leaflet'));
    expect(reply?.text).toBe('这张券已经领完，或者活动结束了，下次早点来。');
    expect([couponRows(story.shop.db), counts(story)]).toEqual([[], [['leaflet', 1, 0]]]);
  });

  test('of which there was one is not handed out a second time', async () => {
    const story = await open([leaflet], { stock: 1 });
    const answers = [];
    for (const [openid, phone] of [
      [ma, '13912345487'],
      [ba, '13912345488'],
    ] as const) {
      await story.account.push(openid, events.follow());
      await join(story.shop, openid, phone);
      answers.push((await story.account.push(openid, events.scan('leaflet'))).reply?.text);
    }
    expect(answers).toEqual(['领取成功，券已放进您的券包。', '这张券已经领完，或者活动结束了，下次早点来。']);
    expect(couponRows(story.shop.db)).toHaveLength(1);
  });

  test('scanned three times at once gives one coupon', async () => {
    const story = await open([leaflet], {}, { through: allReadBeforeAnyWrites });
    await story.account.push(ma, events.follow());
    await join(story.shop, ma, '13912345487');
    const scans = [1, 2, 3].map(() => {
      story.shop.clock.now += 1_000;
      return story.account.push(ma, events.scan('leaflet'));
    });
    await Promise.all(scans);
    await story.shop.work();
    expect(couponRows(story.shop.db)).toHaveLength(1);
    expect(counts(story)).toEqual([['leaflet', 3, 1]]);
  });
});

describe('an associate is invited', () => {
  const invitation = scene('staff_1', { kind: 'staff', targetId: '12', expiresAt: at('2026-11-22 15:10') });
  const openids = ({ shop }: Story): unknown[] =>
    shop.db.all(`SELECT id, openid FROM associates ORDER BY id`).map((row) => Object.values(row));

  test('and whoever scans first is that associate; the second is told that the code is no good', async () => {
    const story = await openStory([invitation]);
    const first = await story.account.push(ma, events.follow('staff_1'));
    expect(first.reply?.text).toBe('绑定成功，会员的消息会发到这里。');
    const second = await story.account.push(ba, events.follow('staff_1'));
    expect(second.reply?.text).toBe('这个码已经失效了，请向店员要一张新的。');
    expect(openids(story)).toEqual([
      ['12', ma],
      ['13', null],
    ]);
  });

  test('and of two who scan at once one is that associate, and the other is told so', async () => {
    const story = await openStory([invitation], { through: allReadBeforeAnyWrites });
    const answers = await Promise.all(
      [ma, ba].map((openid) => story.account.push(openid, events.follow('staff_1'))),
    );
    expect(new Set(answers.map(({ reply }) => reply?.text))).toEqual(
      new Set(['绑定成功，会员的消息会发到这里。', '这个码已经失效了，请向店员要一张新的。']),
    );
    expect(counts(story)).toEqual([['staff_1', 1, 0]]);
  });

  test('and eleven minutes later it is too late', async () => {
    const story = await openStory([invitation]);
    story.shop.clock.now = at('2026-11-22 15:11');
    const { reply } = await story.account.push(ma, events.follow('staff_1'));
    expect(reply?.text).toBe('这个码已经失效了，请向店员要一张新的。');
    expect(openids(story)).toEqual([
      ['12', null],
      ['13', null],
    ]);
  });

  test('a follower is not told where a colleague came from', async () => {
    const story = await openStory([invitation]);
    await story.account.push(ma, events.follow('staff_1'));
    expect(story.shop.db.all(`SELECT source FROM fans`)).toEqual([{ source: null }]);
  });
});

describe('where a member came from (K-16)', () => {
  const hospital = scene('src=hospital', { kind: 'source', targetId: 'hospital' });

  test.each<[string, string, string]>([
    ['a source that was entered', 'src=hospital', 'hospital'],
    ['a source that nobody entered', 'src_estate', 'estate'],
    ['any other code', 'summer-fair', 'summer-fair'],
    ['a store', 'store_8005', 'store:8005'],
    ['an associate', 'adv_12', 'associate:12'],
  ])('%s: %s is kept as %s', async (_, code, source) => {
    const story = await openStory([hospital]);
    await story.account.push(ma, events.follow(code));
    await join(story.shop, ma, '13912345487');
    expect(memberRows(story.shop.db)).toMatchObject([{ source }]);
  });

  test('the first source stays, whatever is scanned later', async () => {
    const story = await openStory([hospital]);
    await story.account.push(ma, events.follow('src=hospital'));
    await story.account.push(ma, events.scan('adv_12'));
    await join(story.shop, ma, '13912345487');
    await story.account.push(ma, events.scan('src_estate'));
    expect(memberRows(story.shop.db)).toMatchObject([{ source: 'hospital', associateId: '12' }]);
    expect(counts(story)).toEqual([['src=hospital', 1, 0]]);
  });
});
