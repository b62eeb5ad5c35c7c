/** 发送验证码: within limits that hold however many ask at once, and charged only for what went out. */
import { describe, expect, test } from 'vitest';
import { newCode } from '../../workers/pages/keys.ts';
import { networkOf } from '../../workers/pages/network.ts';
import { at, sale } from '../support/builders.ts';
import { memberRows } from '../support/shop.ts';
import {
  atForm,
  lastCode,
  openPages,
  ordinary,
  phone,
  problemsIn,
  tokenIn,
  words,
  type Answered,
  type Pages,
  type Visitor,
} from './support.ts';
import { stopTimers } from '../support/timers.ts';

const ask = (visitor: Visitor, token: string, number = phone): Promise<Answered> =>
  visitor.post('/m/register/code', { phone: number, token });
const numbered = (count: number): string => `138${String(count).padStart(8, '0')}`;

async function asker(pages: Pages, openid: string, address: string) {
  const visitor = pages.visitor({ address });
  const token = await atForm(pages, visitor, openid);
  return (number?: string): Promise<Answered> => ask(visitor, token, number);
}

/** As many people as needed, each on a network of their own. */
async function crowd(pages: Pages, size: number) {
  const people = [];
  for (let one = 0; one < size; one += 1) {
    people.push(
      await asker(pages, `oCrowd${String(one)}`, `198.51.${String(one >> 8)}.${String(one & 255)}`),
    );
  }
  return people;
}

test('a code of six digits goes out with the shop’s signature and template, and the page says where to', async () => {
  const pages = await openPages();
  const answer = await (await asker(pages, 'oA', '203.0.113.7'))();
  expect(answer.status).toBe(200);
  expect(words(answer)).toContain('已发到 139****5487，5 分钟内有效');
  expect(pages.messages).toEqual([
    {
      phone,
      templateId: 'SMS_1',
      signName: '阳光小镇',
      params: [{ name: 'code', value: expect.stringMatching(/^\d{6}$/) }],
      text: expect.stringContaining(lastCode(pages)),
    },
  ]);
});

test('codes are six digits, leading zeros and all', () => {
  const drawn = Array.from({ length: 2_000 }, newCode);
  expect(drawn.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
  expect(drawn.some((code) => code.startsWith('0'))).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(1_900);
});

test('a script gets the same in a line of JSON', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  const token = await atForm(pages, visitor);
  const json = async (fields: Record<string, string>): Promise<unknown> => {
    const answer = await visitor.post(
      '/m/register/code',
      { token, ...fields },
      { accept: 'application/json' },
    );
    return [answer.status, JSON.parse(answer.text)];
  };
  expect(await json({ phone: '139' })).toEqual([
    422,
    { ok: false, field: 'phone', message: '请填写 11 位手机号，例如 13912345678', waitSeconds: 0 },
  ]);
  expect(await json({ phone })).toEqual([
    200,
    { ok: true, field: 'code', message: '已发到 139****5487，5 分钟内有效', waitSeconds: 60 },
  ]);
  expect(await json({ phone })).toEqual([
    429,
    { ok: false, field: 'code', message: '刚刚发过一条，请等一分钟再发', waitSeconds: 60 },
  ]);
});

test('nobody learns whether a phone is a member’s: the answers are the same to the letter', async () => {
  const pages = await openPages();
  await pages.shop.tell(sale({ member: { externalId: 'M1', phone } }));
  const visitor = pages.visitor();
  const token = await atForm(pages, visitor);
  const known = await ask(visitor, token, phone);
  const unknown = await ask(visitor, token, '13900005487');
  const plain = ({ text }: Answered): string =>
    text.replaceAll(/nonce="\w+"/g, '').replaceAll(/1390000|1391234/g, '139');
  expect([known.status, plain(known)]).toEqual([unknown.status, plain(unknown)]);
});

test('the table knows neither phone nor code nor openid nor address in clear', async () => {
  const pages = await openPages();
  await (
    await asker(pages, 'oClear', '203.0.113.7')
  )();
  const [row = {}] = pages.shop.db.all(`SELECT * FROM sms_codes`);
  const stored = JSON.stringify(row);
  for (const secret of [phone, lastCode(pages), 'oClear', '203.0.113.7'])
    expect(stored).not.toContain(secret);
  expect(row).toMatchObject({ purpose: 'register', attempts: 0, expires_at: pages.shop.clock.now + 300_000 });
});

describe('limits', () => {
  test('one a minute and five a day for a phone, whoever asks; the next day begins at midnight', async () => {
    const pages = await openPages({ now: '2026-11-22 22:00' });
    const people = await crowd(pages, 7);
    const statuses: number[] = [];
    for (const person of people.slice(0, 6)) {
      statuses.push((await person()).status);
      pages.shop.clock.now += 60_000;
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await people[6]?.();
    expect(words(refused ?? { text: '' })).toContain('今天的验证码次数用完了');
    expect(Number(refused?.headers.get('retry-after'))).toBe(
      (at('2026-11-23 00:00') - pages.shop.clock.now) / 1000,
    );
    pages.shop.clock.now = at('2026-11-23 00:00');
    expect((await people[6]?.())?.status).toBe(200);
  });

  test('59 seconds are too early', async () => {
    const pages = await openPages();
    const person = await asker(pages, 'oA', '203.0.113.7');
    await person();
    pages.shop.clock.now += 59_000;
    const early = await person();
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    pages.shop.clock.now += 1_000;
    expect((await person()).status).toBe(200);
  });

  test('ten a day for one account, with whatever phones', async () => {
    const pages = await openPages();
    const person = await asker(pages, 'oA', '203.0.113.7');
    const statuses: number[] = [];
    for (let one = 0; one < 11; one += 1) statuses.push((await person(numbered(one))).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });

  test('twenty an hour for one address, with whatever accounts and phones', async () => {
    const pages = await openPages();
    const statuses: number[] = [];
    for (let one = 0; one < 21; one += 1) {
      const person = await asker(pages, `oRoom${String(one)}`, '203.0.113.7');
      statuses.push((await person(numbered(one))).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    pages.shop.clock.now += 3_600_000;
    expect((await (await asker(pages, 'oLater', '203.0.113.7'))()).status).toBe(200);
  });

  test('two hundred an hour for the whole shop', async () => {
    const pages = await openPages();
    const people = await crowd(pages, 201);
    const statuses: number[] = [];
    for (const [one, person] of people.entries()) statuses.push((await person(numbered(one))).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    expect(statuses.at(-1)).toBe(429);
  });

  test('hold when fifty ask in the same moment: one message for the phone', async () => {
    const pages = await openPages();
    const people = await crowd(pages, 50);
    const statuses = await Promise.all(people.map(async (person) => (await person()).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(pages.messages).toHaveLength(1);
  });

  test('an old address is one household, and so is a network of new ones', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:DB8:1:2:bbbb:1:2:3'));
    expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:1::'));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
  });

  test('what is older than a day is not kept', async () => {
    const pages = await openPages({ now: '2026-11-22 15:00' });
    await (
      await asker(pages, 'oA', '203.0.113.7')
    )();
    pages.shop.clock.now = at('2026-11-23 00:30');
    await (
      await asker(pages, 'oB', '203.0.113.8')
    )(numbered(1));
    expect(pages.shop.db.all(`SELECT count(*) AS n FROM sms_codes`)).toEqual([{ n: 1 }]);
  });
});

describe('a code', () => {
  async function waiting(pages: Pages) {
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    await ask(visitor, token);
    const send = (code: string): Promise<Answered> =>
      visitor.post('/m/register', { ...ordinary, token, code });
    return { visitor, token, send };
  }
  const other = (code: string): string => (code === '111111' ? '222222' : '111111');

  test('bears five guesses: after five wrong ones the right one is wrong too', async () => {
    const pages = await openPages();
    const { send } = await waiting(pages);
    for (let tries = 0; tries < 5; tries += 1) expect((await send(other(lastCode(pages)))).status).toBe(422);
    const late = await send(lastCode(pages));
    expect(problemsIn(late)).toHaveProperty('code');
    expect(memberRows(pages.shop.db)).toEqual([]);
  });

  test('bears five guesses also when twenty arrive at once', async () => {
    const pages = await openPages();
    const { send } = await waiting(pages);
    await Promise.all(Array.from({ length: 20 }, () => send(other(lastCode(pages)))));
    expect((await send(lastCode(pages))).status).toBe(422);
    expect(pages.shop.db.all(`SELECT attempts FROM sms_codes`)).toEqual([{ attempts: 5 }]);
  });

  test('is good for the fourth minute and not for the sixth', async () => {
    const [early, late] = [await openPages(), await openPages()];
    const [first, second] = [await waiting(early), await waiting(late)];
    early.shop.clock.now += 4 * 60_000;
    late.shop.clock.now += 5 * 60_000;
    expect((await first.send(lastCode(early))).status).toBe(303);
    expect((await second.send(lastCode(late))).status).toBe(422);
  });

  test('that was followed by another is good no more', async () => {
    const pages = await openPages();
    const { visitor, token, send } = await waiting(pages);
    const first = lastCode(pages);
    pages.shop.clock.now += 60_000;
    await ask(visitor, token);
    if (first !== lastCode(pages)) expect((await send(first)).status).toBe(422);
    expect((await send(lastCode(pages))).status).toBe(303);
  });

  test('works for the phone and the account it was asked for with, and for no other', async () => {
    const pages = await openPages();
    const { token, visitor } = await waiting(pages);
    const code = lastCode(pages);
    const otherPhone = await visitor.post('/m/register', { ...ordinary, phone: '13900000000', token, code });
    expect(otherPhone.status).toBe(422);
    const thief = pages.visitor();
    const stolen = await thief.post('/m/register', {
      ...ordinary,
      token: await atForm(pages, thief, 'oThief'),
      code,
    });
    expect(stolen.status).toBe(422);
    expect(memberRows(pages.shop.db)).toEqual([]);
  });
});

describe('a provider', () => {
  test('that refuses is reported at once, may be tried again at once, and the day is not charged', async () => {
    const pages = await openPages();
    const person = await asker(pages, 'oA', '203.0.113.7');
    pages.sms.verdict = { verdict: 'retry', why: '余额不足' };
    for (let tries = 0; tries < 6; tries += 1) {
      const answer = await person();
      expect(answer.status).toBe(503);
      expect(words(answer)).toContain('短信没有发出去，请稍后再试');
    }
    pages.sms.verdict = { verdict: 'sent' };
    for (let day = 0; day < 5; day += 1) {
      expect((await person()).status).toBe(200);
      pages.shop.clock.now += 60_000;
    }
  });

  test('that refuses for an hour is not asked for ever: twenty times an address', async () => {
    const pages = await openPages();
    const person = await asker(pages, 'oA', '203.0.113.7');
    pages.sms.verdict = { verdict: 'retry', why: '余额不足' };
    for (let tries = 0; tries < 30; tries += 1) await person();
    expect(pages.messages).toHaveLength(20);
  });

  test('that does not answer keeps nobody waiting for more than five seconds, and a code that arrives after all is good', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    pages.sms.verdict = new Promise<never>(() => undefined);
    const timers = stopTimers();
    const asked = ask(visitor, token);
    while (pages.messages.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await timers.pass(5_000);
    const answer = await asked;
    expect(answer.status).toBe(503);
    expect(words(answer)).toContain('一分钟后还没收到，请再发一次');
    const late = await visitor.post('/m/register', { ...ordinary, token, code: lastCode(pages) });
    expect(late.status).toBe(303);
  });

  test('that the shop does not have is said, and nothing is counted', async () => {
    const without = await openPages({ hasSms: false });
    const off = await openPages({ settings: { shopName: '本店' } });
    for (const pages of [without, off]) {
      const answer = await (await asker(pages, 'oA', '203.0.113.7'))();
      expect(answer.status).toBe(503);
      expect(words(answer)).toContain('本店还没有开通短信');
      expect(pages.shop.db.all(`SELECT * FROM sms_codes`)).toEqual([]);
    }
  });
});

test('what was typed stays when the code is sent without a script', async () => {
  const pages = await openPages();
  const visitor = pages.visitor();
  const token = await atForm(pages, visitor);
  const typed = { ...ordinary, baby: 'born', bornOn: '2026-01-02', token };
  const answer = await visitor.post('/m/register/code', typed);
  expect(answer.text).toContain(`value="${phone}"`);
  expect(answer.text).toContain('value="2026-01-02"');
  expect(answer.text).toMatch(/name="agree"[^>]* checked/);
  expect(answer.text).toContain('data-wait="60"');
  expect(tokenIn(answer)).toBe(token);
  expect(problemsIn(answer)).toEqual({});
});
