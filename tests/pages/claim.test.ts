/** 领券页: opened from a code on a leaflet, by a member, by somebody who is none yet, and by somebody who guesses. */
import { describe, expect, test } from 'vitest';
import { AssociateId, BatchId, BatchInput, StoreId, type CouponBatch } from '../../schema/index.ts';
import { printCodes } from '../../workers/commands/coupons/open-code.ts';
import { couponBatches } from '../../workers/commands/definitions/coupon-batches.ts';
import { readBatch } from '../../workers/db/coupons/batches.ts';
import { store, template } from '../support/builders.ts';
import { couponRows, memberRows } from '../support/shop.ts';
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

type Shopfront = Pages & {
  readonly make: (given?: object) => Promise<CouponBatch>;
  readonly codesOf: (batch: CouponBatch) => Promise<readonly string[]>;
};

const tianhe = { ...store({ id: 'S1' }), name: '天河店' };

const sun = {
  id: AssociateId.parse('g7'),
  name: '孙丽',
  storeId: StoreId.parse('S1'),
  openid: null,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
};

async function openFront(drawn: Parameters<typeof template>[1] = {}): Promise<Shopfront> {
  const pages = await openPages({
    now: '2026-11-01 10:00',
    templates: [template('10元券', { valueFen: 1_000, minSpendFen: 10_000, ...drawn })],
    stores: [store(), tianhe],
    associates: [sun],
  });
  const { db, engine, clock } = pages.shop;
  return {
    ...pages,
    make: async (given = {}) => {
      const input = BatchInput.parse({ kind: 'link', name: '开业传单', templateId: '10元券', ...given });
      const place = { id: BatchId.parse(`b_${String(Math.random()).slice(2)}`), createdAt: clock.now };
      await db.batch(couponBatches.insert(couponBatches.draw(input, place, clock.now, null)));
      const batch = await readBatch(db, place.id);
      if (!batch) throw new Error('the batch was not kept');
      return batch;
    },
    codesOf: async (batch) =>
      (await printCodes(engine, batch, { from: 0, count: 3 })).map(({ code }) => code),
  };
}

const onceIn = ({ text }: Answered): string => /name="once" value="([^"]+)"/.exec(text)?.[1] ?? '';
const linkIn = ({ text }: Answered): string =>
  /class="button" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';

/** Presses the button of the page. */
const press = (visitor: Visitor, path: string, shown: Answered, more: Record<string, string> = {}) =>
  visitor.post(path, { token: tokenIn(shown), once: onceIn(shown), ...more });

async function member(front: Shopfront, openid: string, phone: string): Promise<Visitor> {
  const visitor = front.visitor();
  await signUp(front, visitor, { openid, phone });
  return visitor;
}

describe('a member who opens a link', () => {
  test('sees what it is, until when and where, claims it by one button, and sees her coupon', async () => {
    const front = await openFront({ stores: 'claiming' });
    const { id } = await front.make({
      to: '2026-11-08T00:00:00+08:00',
      total: 50,
      placements: [{ name: '传单', storeId: 'S1' }],
    });
    const visitor = await member(front, 'oWang', '13912345487');
    const path = `/m/claim/${id}?at=0`;
    const shown = await visitor.get(path);
    for (const said of [
      '10元券',
      '满 100 元可用',
      '领取截止：11月7日',
      '现在领，有效期至',
      '只能在天河店使用',
      '每人限领 1 张',
      '还剩 50 张',
    ])
      expect(words(shown)).toContain(said);
    const sent = await press(visitor, `/m/claim/${id}`, shown, { at: '0' });
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/m\/coupon\?of=\d+-0$/)]);
    expect(words(await visitor.get(sent.location ?? ''))).toContain('领到了，券已经放进您的券包');
    expect(couponRows(front.shop.db)).toMatchObject([{ batchId: id, placement: 0, storeId: 'S1' }]);
  });

  test('and taps twice has one; opened again, it says that she has had hers, and leads to it', async () => {
    const front = await openFront();
    const { id } = await front.make();
    const visitor = await member(front, 'oWang', '13912345487');
    const shown = await visitor.get(`/m/claim/${id}`);
    const sent = await Promise.all([
      press(visitor, `/m/claim/${id}`, shown),
      press(visitor, `/m/claim/${id}`, shown),
    ]);
    expect(sent.map(({ location }) => location)).toEqual([sent[0].location, sent[0].location]);
    expect(couponRows(front.shop.db)).toHaveLength(1);
    const again = await visitor.get(`/m/claim/${id}`);
    expect(words(again)).toContain('您已经领过 1 张，每人最多 1 张。');
    expect(again.text).toContain(sent[0].location ?? 'nowhere');
    expect(again.text).not.toContain('<button class="button">领取');
    expect((await press(visitor, `/m/claim/${id}`, shown, { once: 'another' })).status).toBe(409);
  });

  test('before its time, after it, and when all are gone, reads so with the numbers', async () => {
    const front = await openFront();
    const early = await front.make({ from: '2026-11-02T09:00:00+08:00' });
    const last = await front.make({ total: 1, to: '2026-11-03T00:00:00+08:00' });
    const [one, other] = [await member(front, 'oA', '13912345401'), await member(front, 'oB', '13912345402')];
    expect(words(await one.get(`/m/claim/${early.id}`))).toContain('还没开始：2026-11-02 09:00 起可以领。');
    const shown = await other.get(`/m/claim/${last.id}`);
    await press(one, `/m/claim/${last.id}`, await one.get(`/m/claim/${last.id}`));
    const late = await press(other, `/m/claim/${last.id}`, shown);
    expect([late.status, words(late)]).toEqual([
      409,
      expect.stringContaining('领完了：一共 1 张，都被领走了。'),
    ]);
    front.shop.clock.now += 3 * 24 * 3_600_000;
    expect(words(await one.get(`/m/claim/${last.id}`))).toContain('您已经领过 1 张');
    expect(words(await other.get(`/m/claim/${last.id}`))).toContain(
      '已结束：2026-11-03 00:00 以后不能再领。',
    );
  });

  test('that is nowhere, or is a printed batch, is told so', async () => {
    const front = await openFront();
    const { id } = await front.make({ kind: 'codes', count: 2 });
    const visitor = await member(front, 'oWang', '13912345487');
    for (const one of [id, 'b_nobody', '%E5%88%B8', 'a'.repeat(300)]) {
      const answer = await visitor.get(`/m/claim/${one}`);
      expect([answer.status, words(answer)]).toEqual([404, expect.stringContaining('没有这个领券活动')]);
    }
  });
});

describe('somebody who is no member yet', () => {
  test('logs in, registers, and has the coupon she came for; who sent her is remembered', async () => {
    const front = await openFront();
    const { id } = await front.make();
    const visitor = front.visitor();
    const path = `/m/claim/${id}?guide=g7&src=leaflet`;
    const door = await visitor.get(path);
    expect(new URL(door.location ?? '', 'https://shop.example').searchParams.get('to')).toBe(path);
    expect((await logIn(front, visitor, 'oNew', path)).location).toBe(path);
    const shown = await visitor.get(path);
    expect(words(shown)).toContain('注册会员后领取');
    const form = await visitor.get(linkIn(shown));
    expect(words(form)).toContain('注册好就能领到您要的券');
    const hidden = Object.fromEntries(
      [...form.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
      ),
    );
    await visitor.post('/m/register/code', { ...ordinary, ...hidden });
    const joined = await visitor.post('/m/register', { ...ordinary, ...hidden, code: lastCode(front) });
    expect([joined.status, joined.location]).toEqual([303, expect.stringMatching(/^\/m\/coupon\?of=/)]);
    expect(couponRows(front.shop.db)).toMatchObject([{ batchId: id }]);
    expect(memberRows(front.shop.db)).toMatchObject([{ associateId: 'g7', source: 'leaflet' }]);
  });

  test('with a printed code has it after registering, and reads why where it is gone by then', async () => {
    const front = await openFront();
    const batch = await front.make({ kind: 'codes', count: 3 });
    const [code = ''] = await front.codesOf(batch);
    const join = async (openid: string, phone: string) => {
      const visitor = front.visitor();
      await logIn(front, visitor, openid);
      const token = tokenIn(await visitor.get('/m/register'));
      const fields = { ...ordinary, phone, token, claim: `/m/claim?code=${code}` };
      await visitor.post('/m/register/code', fields);
      return {
        visitor,
        to: (await visitor.post('/m/register', { ...fields, code: lastCode(front) })).location ?? '',
      };
    };
    expect((await join('oA', '13912345401')).to).toMatch(/^\/m\/coupon\?of=/);
    const late = await join('oB', '13912345402');
    expect(late.to).toBe(`/m/claim?code=${code}`);
    const shown = await late.visitor.get(late.to);
    expect(words(await press(late.visitor, '/m/claim', shown, { code }))).toContain(
      '已经被领过，一个码只能领一次',
    );
  });

  test('is led to no page of another shop by a claim that names one', async () => {
    const front = await openFront();
    const visitor = front.visitor();
    await signUp(front, visitor);
    for (const claim of [
      'https://evil.example/m/claim/x',
      '//evil.example/m/claim',
      '/m/claimed',
      '/a/',
      '/m/claim/../../a/',
    ])
      expect((await visitor.get(`/m/register?claim=${encodeURIComponent(claim)}`)).location).toBe('/m/');
  });

  test('is led from the coupons to the registration', async () => {
    const front = await openFront();
    const visitor = front.visitor();
    await logIn(front, visitor, 'oNobody');
    for (const path of ['/m/coupons', '/m/coupon?of=1-0'])
      expect((await visitor.get(path)).location).toBe('/m/register');
  });
});

describe('a printed code that is typed', () => {
  test('is found from the coupons, shows what it is, and is claimed', async () => {
    const front = await openFront();
    const batch = await front.make({ kind: 'codes', count: 3 });
    const [code = ''] = await front.codesOf(batch);
    const visitor = await member(front, 'oWang', '13912345487');
    for (const path of ['/m/', '/m/coupons'])
      expect((await visitor.get(path)).text).toContain('href="/m/claim"');
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const shown = await visitor.get(`/m/claim?code=${encodeURIComponent(typed)}`);
    expect(words(shown)).toContain('10元券');
    const sent = await press(visitor, '/m/claim', shown, { code: typed });
    expect(sent.location).toMatch(/^\/m\/coupon\?of=/);
    // Her own code, typed once more, is her coupon.
    expect((await press(visitor, '/m/claim', shown, { code, once: 'x'.repeat(20) })).location).toBe(
      sent.location,
    );
  });

  test.each([
    ['0001', 422, '券码是 20 位，这里有 4 位'],
    ['0001-0000-0000-0000-0001', 422, '有一位输错了'],
    ['0000-0000-0000-0000-0000', 404, '没有这个券码'],
  ])('%s is answered in words, and stands there to be mended', async (code, status, said) => {
    const front = await openFront();
    const visitor = await member(front, 'oWang', '13912345487');
    const answer = await visitor.get(`/m/claim?code=${code}`);
    expect([answer.status, words(answer)]).toEqual([status, expect.stringContaining(said)]);
    expect(answer.text).toContain(`value="${code}"`);
  });

  test('is not found by trying: ten an hour for a person, fifty for a network', async () => {
    const front = await openFront();
    const guess = '/m/claim?code=0000-0000-0000-0000-0000';
    const seen: number[] = [];
    for (let person = 0; person < 6; person += 1) {
      const visitor = front.visitor({ address: '198.51.100.9' });
      await logIn(front, visitor, `oGuest${String(person)}`);
      for (let place = 0; place < 11; place += 1) seen.push((await visitor.get(guess)).status);
    }
    expect(seen.filter((status) => status === 404)).toHaveLength(50);
    const elsewhere = front.visitor({ address: '198.51.100.10' });
    await logIn(front, elsewhere, 'oSomebody');
    expect((await elsewhere.get(guess)).status).toBe(404);
  });
});
