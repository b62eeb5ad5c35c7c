/** 转赠: a member passes her coupon on by a link, and a friend takes it, or does not. */
import { describe, expect, test } from 'vitest';
import { StoreId, type CouponId } from '../../schema/index.ts';
import { presentCoupon } from '../../workers/commands/coupons/present.ts';
import { couponMissWords } from '../../workers/words/misses/coupon-misses.ts';
import {
  campaign,
  refund,
  rfc3339,
  sale as anySale,
  spend,
  template,
  type SaleGiven,
} from '../support/builders.ts';
import { couponRows, memberId, memberRows } from '../support/shop.ts';
import {
  lastCode,
  logIn,
  openPages,
  ordinary,
  signUp,
  tokenIn,
  words,
  type Answered,
  type Pages,
  type Visitor,
} from './support.ts';

const gift = (drawn: object = {}) => ({
  now: '2026-11-01 10:00',
  templates: [
    template('20元券', {
      valueFen: 2_000,
      transferable: true,
      validity: { relative: { afterDays: 0, forDays: 7 } },
      ...drawn,
    }),
  ],
  campaigns: [
    campaign('满百送券', {
      conditions: [spend(10_000)],
      rewards: [{ kind: 'coupon', templateId: '20元券' }],
    }),
  ],
});

type Stage = Pages & { readonly wang: Visitor; readonly page: string };

/** Ms Wang bought for 200.00 and has a coupon of 20.00. */
async function staged(drawn: object = {}): Promise<Stage> {
  const pages = await openPages(gift(drawn));
  const wang = pages.visitor();
  await signUp(pages, wang, { openid: 'oWang', phone: '13912345487' });
  await pages.shop.tell(sale({ orderNo: 'A1', paidFen: 20_000, member: { openid: 'oWang' } }));
  const page = /href="(\/m\/coupon\?of=[\d-]+)"/.exec((await wang.get('/m/')).text)?.[1] ?? '';
  return { ...pages, wang, page };
}

const passOf = (page: string): string => page.replace('/m/coupon', '/m/coupon/pass');
const field = ({ text }: Answered, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const press = (visitor: Visitor, shown: Answered): Promise<Answered> =>
  visitor.post('/m/coupon/pass', {
    token: tokenIn(shown),
    of: field(shown, 'of'),
    act: field(shown, 'act'),
    once: field(shown, 'once'),
    pass: field(shown, 'pass'),
  });
const linkIn = ({ text }: Answered): string => /\/m\/gift\/[0-9a-z]{16}-[0-9A-Z]{20}/.exec(text)?.[0] ?? '';

/** The link of her coupon. */
async function offered({ wang, page }: Stage): Promise<string> {
  await press(wang, await wang.get(passOf(page)));
  return linkIn(await wang.get(passOf(page)));
}

async function friend(stage: Pages, openid = 'oLi', phone = '13800001111'): Promise<Visitor> {
  const visitor = stage.visitor();
  await signUp(stage, visitor, { openid, phone, name: '李' });
  return visitor;
}

const take = async (visitor: Visitor, link: string): Promise<Answered> =>
  visitor.post(link, { token: tokenIn(await visitor.get('/m/phone')) });

/** Why a till may not hold it; null where it holds it now. */
async function lock({ shop }: Pages, code: string | null | undefined): Promise<string | null> {
  const wish = {
    act: 'lock',
    minutes: 5,
    ref: 'sale:pos:T1',
    storeId: StoreId.parse('8005'),
    by: null,
  } as const;
  const done = await presentCoupon(shop.engine, { ...wish, couponId: code as CouponId }, shop.clock.now);
  return 'miss' in done ? couponMissWords(done.miss) : null;
}

const when = '2026-11-01 10:00';
const sale = (given: SaleGiven) => anySale({ at: when, ...given });
const forget = (openid: string) => ({
  type: 'member.deleted',
  id: `forget-${openid}`,
  occurredAt: rfc3339(when),
  data: { openid },
});

describe('a member who passes a coupon on', () => {
  test('sends a link with words; her friend takes it, and has it under a new code; the old photograph is worth nothing', async () => {
    const stage = await staged();
    const { wang, page, shop } = stage;
    expect((await wang.get(page)).text).toContain('转给朋友');
    const [before] = couponRows(shop.db);
    const link = await offered(stage);
    const sent = words(await wang.get(passOf(page)));
    expect(sent).toContain('等朋友收下，11月2日 10:00 以前有效');
    expect(sent).toContain(
      '送您一张阳光小镇母婴的「20元券」（20元），11月2日 10:00 前在微信里打开收下：https://',
    );
    expect(words(await wang.get(page))).toContain('正在转给朋友：11月2日 10:00 以前等朋友收下');
    const li = await friend(stage);
    expect(words(await li.get(link))).toContain('请在 11月2日 10:00 以前收下');
    const taken = await take(li, link);
    expect([taken.status, taken.location]).toEqual([303, expect.stringMatching(/^\/m\/coupon\?of=/)]);
    const [after] = couponRows(shop.db);
    expect(after).toMatchObject({
      id: before?.id,
      memberId: memberId(shop.db, 'openid:oLi'),
      passedBy: memberId(shop.db, 'openid:oWang'),
      state: 'issued',
    });
    const shown = await li.get(taken.location ?? '');
    expect(shown.text).toContain(`data-code="${after?.code ?? '?'}"`);
    expect(words(shown)).toContain('11月1日 10:00 朋友转给您');
    expect(shown.text).not.toContain('转给朋友</a>');
    expect(await lock(stage, before?.id)).toContain('没有这张券');
    expect(await lock(stage, after?.code)).toBeNull();
    expect((await wang.get(page)).location).toBe('/m/');
    expect(words(await wang.get('/m/coupons'))).toContain('转给朋友的券 20元券 11月1日 10:00 朋友收下了');
  });

  test('takes it back before anybody has it: the link is dead and the coupon hers to use', async () => {
    const stage = await staged();
    const { wang, page } = stage;
    const link = await offered(stage);
    const li = await friend(stage);
    expect((await press(wang, await wang.get(passOf(page)))).location).toBe(page);
    const late = await li.get(link);
    expect([late.status, words(late)]).toEqual([404, expect.stringContaining('这个转赠链接已经失效')]);
    expect((await take(li, link)).status).toBe(404);
    expect(words(await wang.get(page))).toContain('11月1日 10:00 收回转赠链接');
    expect(await lock(stage, couponRows(stage.shop.db)[0]?.id)).toBeNull();
  });

  test('has it back by itself after 24 hours, and may send another link', async () => {
    const stage = await staged();
    const link = await offered(stage);
    const li = await friend(stage);
    stage.shop.clock.now += 24 * 3_600_000;
    expect(await take(li, link)).toMatchObject({ status: 409 });
    await logIn(stage, stage.wang, 'oWang');
    const again = await offered(stage);
    expect(again).not.toBe(link);
    expect((await take(li, again)).status).toBe(303);
    expect((await li.get(link)).status).toBe(404);
  });

  test('opens her own link and reads that it is for a friend', async () => {
    const stage = await staged();
    const link = await offered(stage);
    expect(words(await stage.wang.get(link))).toContain('这是您自己的券：把链接发给朋友，由朋友打开收下。');
    expect((await take(stage.wang, link)).status).toBe(409);
  });

  test('cannot while a till holds it, and a till cannot hold it while it is on its way', async () => {
    const stage = await staged();
    const { wang, page, shop } = stage;
    const form = await wang.get(passOf(page));
    const code = couponRows(shop.db)[0]?.id ?? '';
    await lock(stage, code);
    expect(words(await press(wang, form))).toContain('收银台正在使用这张券，2026-11-01 10:05 以后可以再试。');
    shop.clock.now += 6 * 60_000;
    await press(wang, form);
    expect(await lock(stage, code)).toBe(
      '这张券正在转给朋友，2026-11-02 10:06 以前不能用；要自己用，请先在券的页面收回。',
    );
  });

  test('is offered none of it where the template does not allow it', async () => {
    const stage = await staged({ transferable: false });
    expect((await stage.wang.get(stage.page)).text).not.toContain('转给朋友');
    expect(words(await stage.wang.get(passOf(stage.page)))).toContain('这种券不能转给别人。');
  });
});

describe('a friend who opens a link', () => {
  test('and is no member becomes one, comes back to it, and takes it', async () => {
    const stage = await staged();
    const link = await offered(stage);
    const visitor = stage.visitor();
    const asked = await visitor.get(link);
    expect(asked.location).toContain(encodeURIComponent(link));
    await logIn(stage, visitor, 'oLi', link);
    const to = /href="(\/m\/register\?claim=[^"]+)"/.exec((await visitor.get(link)).text)?.[1] ?? '';
    const form = await visitor.get(to);
    const given = { ...ordinary, phone: '13800001111', token: tokenIn(form), claim: link };
    await visitor.post('/m/register/code', given);
    const joined = await visitor.post('/m/register', { ...given, code: lastCode(stage) });
    expect(joined.location).toBe(link);
    expect((await take(visitor, link)).status).toBe(303);
    expect(couponRows(stage.shop.db)[0]?.memberId).toBe(memberId(stage.shop.db, 'openid:oLi'));
  });

  test('at the same moment as another gets it or reads that she is late; twice is once', async () => {
    const stage = await staged();
    const link = await offered(stage);
    const two = [await friend(stage), await friend(stage, 'oZhao', '13800002222')];
    const answers = await Promise.all(two.flatMap((one) => [take(one, link), take(one, link)]));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 303, 409, 409]);
    const late = answers.filter(({ status }) => status === 409).map(words);
    expect(late.every((said) => said.includes('来晚了：这张券已经被别的朋友收下了。'))).toBe(true);
    expect(couponRows(stage.shop.db)).toHaveLength(1);
  });

  test('and has had as many as one may have reads it with the numbers; her own place stays used', async () => {
    const stage = await staged({ perMember: 1 });
    const li = await friend(stage);
    await stage.shop.tell(sale({ orderNo: 'B1', paidFen: 20_000, member: { openid: 'oLi' } }));
    const link = await offered(stage);
    expect(words(await take(li, link))).toContain('您已经有过 1 张，这种券每人最多 1 张，收不下了。');
    const zhao = await friend(stage, 'oZhao', '13800002222');
    expect((await take(zhao, link)).status).toBe(303);
    for (const [orderNo, openid] of [
      ['C1', 'oZhao'],
      ['C2', 'oWang'],
    ] as const)
      await stage.shop.tell(sale({ orderNo, paidFen: 20_000, member: { openid } }));
    expect(couponRows(stage.shop.db)).toHaveLength(2);
  });
});

describe('what was passed on', () => {
  test('is found in the friend’s hands by the return of the sale that earned it, and both have their places again', async () => {
    const stage = await staged({ perMember: 1 });
    const { shop } = stage;
    const li = await friend(stage);
    await take(li, await offered(stage));
    await shop.tell(refund({ orderNo: 'A1', refundNo: 'R1', refundedFen: 20_000, at: when }));
    expect(couponRows(shop.db)).toMatchObject([
      { state: 'revoked', memberId: memberId(shop.db, 'openid:oLi') },
    ]);
    for (const openid of ['oLi', 'oWang'])
      await shop.tell(sale({ orderNo: `again-${openid}`, paidFen: 20_000, member: { openid } }));
    expect(couponRows(shop.db).filter(({ state }) => state === 'issued')).toHaveLength(2);
  });

  test('is not given again when the sale that earned it is told once more with another sum', async () => {
    const stage = await staged();
    await take(await friend(stage), await offered(stage));
    await stage.shop.tell(
      sale({ id: 'A1-again', orderNo: 'A1', paidFen: 25_000, version: '2', member: { openid: 'oWang' } }),
    );
    expect(couponRows(stage.shop.db)).toHaveLength(1);
  });

  test('stays with the friend when whoever gave it asks to be forgotten; on its way it goes with her', async () => {
    const kept = await staged();
    const li = await friend(kept);
    const taken = await take(li, await offered(kept));
    await kept.shop.tell(forget('oWang'));
    expect((await li.get(taken.location ?? '')).text).toContain('data-code');

    const gone = await staged();
    const link = await offered(gone);
    const other = await friend(gone);
    await gone.shop.tell(forget('oWang'));
    expect((await other.get(link)).status).toBe(404);
  });

  test('is the return’s to take also when giver and friend have become one member', async () => {
    const stage = await staged();
    const { shop } = stage;
    await take(await friend(stage), await offered(stage));
    await shop.tell({
      type: 'member.merged',
      id: 'm1',
      occurredAt: rfc3339(when),
      data: { from: { openid: 'oWang' }, into: { openid: 'oLi' } },
    });
    const li = memberId(shop.db, 'openid:oLi');
    expect(memberRows(shop.db).filter(({ mergedInto }) => mergedInto === li)).toHaveLength(1);
    expect(couponRows(shop.db)).toMatchObject([{ memberId: li, passedBy: li }]);
    await shop.tell(refund({ orderNo: 'A1', refundNo: 'R1', refundedFen: 20_000, at: when }));
    expect(couponRows(shop.db)).toMatchObject([{ state: 'revoked' }]);
  });

  test('counts once among what the campaign sent, and as used when the friend uses it', async () => {
    const stage = await staged();
    const { shop } = stage;
    await take(await friend(stage), await offered(stage));
    await shop.tell(
      sale({
        orderNo: 'B1',
        paidFen: 8_000,
        member: { openid: 'oLi' },
        couponCodes: [couponRows(shop.db)[0]?.code ?? ''],
      }),
    );
    const [counted] = shop.db.all('SELECT coupons FROM campaign_counters WHERE coupons IS NOT NULL');
    expect(Object.values(JSON.parse(String(counted?.['coupons'])))).toEqual([[1, 0, 1]]);
  });
});
