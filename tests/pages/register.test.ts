/** 注册: a phone that a code proves becomes a member, once (K-03, K-05, K-10). */
import { describe, expect, test, vi } from 'vitest';
import type { Associate } from '../../schema/index.ts';
import { campaign, sale, template } from '../support/builders.ts';
import { couponRows, memberId, memberRows, outboxRows, rowCounts, type ShopSetup } from '../support/shop.ts';
import {
  atForm,
  lastCode,
  logIn,
  openPages,
  ordinary,
  phone,
  problemsIn,
  signUp,
  tokenIn,
  withSms,
  words,
} from './support.ts';
import { barrier, stopTimers } from '../support/timers.ts';

const gift: ShopSetup = {
  now: '2026-11-22 15:00',
  templates: [template('新人券')],
  campaigns: [
    campaign('新人礼', {
      trigger: 'member.joined',
      conditions: [],
      rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
    }),
  ],
};

describe('registering', () => {
  test('with the code from the message makes a member with a gift, and leads to the member’s page', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    const answer = await signUp(pages, visitor, { baby: 'born', bornOn: '2026-11-02' });
    expect([answer.status, answer.location]).toEqual([303, '/m/']);
    expect(memberRows(pages.shop.db)).toMatchObject([
      {
        name: '陈小满',
        phone,
        joinedAt: pages.shop.clock.now,
        children: [{ born: '2026-11-02', isExpected: false }],
      },
    ]);
    expect(couponRows(pages.shop.db)).toHaveLength(1);
    expect(memberId(pages.shop.db, 'openid:oNewcomer')).toBe(memberId(pages.shop.db, `phone:${phone}`));
    expect(words(await visitor.get('/m/'))).toMatch(/^注册成功，欢迎您！.*陈小满，您好/);
    expect((await visitor.get('/m/register')).location).toBe('/m/');
  });

  test('with a wrong code is an error, creates nothing, and what was typed stays', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    await visitor.post('/m/register/code', { ...ordinary, token });
    const wrong = lastCode(pages) === '123456' ? '654321' : '123456';
    const before = rowCounts(pages.shop.db);
    const answer = await visitor.post('/m/register', {
      ...ordinary,
      token,
      name: '王<b>女士',
      baby: 'expecting',
      dueOn: '2027-03-01',
      code: wrong,
    });
    expect(answer.status).toBe(422);
    expect(problemsIn(answer)).toEqual({ code: '验证码不对，或者已经过期，请核对后再填，也可以重新发送' });
    expect(rowCounts(pages.shop.db)).toEqual(before);
    expect(answer.text).toContain(`value="${phone}"`);
    expect(answer.text).toContain('value="王&lt;b&gt;女士"');
    expect(answer.text).toContain('value="2027-03-01"');
    expect(answer.text).toMatch(/id="baby-expecting"[^>]* checked/);
    expect(answer.text).toMatch(/name="agree"[^>]* checked/);
  });

  test('with the same form twice makes one member with one gift', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    await visitor.post('/m/register/code', { ...ordinary, token });
    const form = { ...ordinary, token, code: lastCode(pages) };
    const answers = await Promise.all([visitor.post('/m/register', form), visitor.post('/m/register', form)]);
    answers.push(await visitor.post('/m/register', form));
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '/m/'],
      [303, '/m/'],
      [303, '/m/'],
    ]);
    expect([memberRows(pages.shop.db).length, couponRows(pages.shop.db).length]).toEqual([1, 1]);
    expect(outboxRows(pages.shop.db).filter(({ kind }) => kind === 'joined')).toHaveLength(1);
  });

  test('with the phone of a member of the till binds that member: no second one, and the points are there', async () => {
    const pages = await openPages(gift);
    await pages.shop.tell(sale({ member: { externalId: 'M1001', phone } }));
    const visitor = pages.visitor();
    expect((await signUp(pages, visitor)).status).toBe(303);
    expect(memberRows(pages.shop.db)).toHaveLength(1);
    expect(memberId(pages.shop.db, 'openid:oNewcomer')).toBe(memberId(pages.shop.db, 'ext:pos:M1001'));
    expect(words(await visitor.get('/m/'))).toContain('积分 100');
    expect(couponRows(pages.shop.db)).toHaveLength(1);
  });

  test('a code that was used is used up: it proves nothing else, not even after the member has left', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const code = lastCode(pages);
    const form = tokenIn(await visitor.get('/m/leave'));
    await visitor.post('/m/leave', { token: form, sure: 'yes' });
    await logIn(pages, visitor, 'oNewcomer');
    const token = tokenIn(await visitor.get('/m/register'));
    const answer = await visitor.post('/m/register', { ...ordinary, token, code });
    expect([answer.status, problemsIn(answer)]).toEqual([
      422,
      { code: '这个验证码已经用过了，请重新发送一个' },
    ]);
    expect(memberRows(pages.shop.db)).toMatchObject([{ phone: null, deletedAt: pages.shop.clock.now }]);
  });
});

describe('a phone that belongs to somebody else', () => {
  test('is refused politely, and sends them to the staff', async () => {
    const pages = await openPages(gift);
    await signUp(pages, pages.visitor(), { openid: 'oOwner' });
    pages.shop.clock.now += 60_000;
    const answer = await signUp(pages, pages.visitor(), { openid: 'oStranger' });
    expect(answer.status).toBe(409);
    expect(words(answer)).toContain('请到店里找店员核对身份');
    expect(memberRows(pages.shop.db)).toHaveLength(1);
  });

  test('is refused also when WeChat tells the stranger’s unionid, and the owner does not get it', async () => {
    const pages = await openPages({
      ...gift,
      unionidOf: async (openid) => (openid === 'oOwner' ? null : 'uStranger'),
    });
    await signUp(pages, pages.visitor(), { openid: 'oOwner' });
    pages.shop.clock.now += 60_000;
    expect((await signUp(pages, pages.visitor(), { openid: 'oStranger' })).status).toBe(409);
    expect(pages.shop.db.all(`SELECT key FROM identities WHERE key LIKE 'unionid:%'`)).toEqual([]);
  });
});

describe('somebody with a new WeChat', () => {
  test('is asked whether the old one was theirs, says yes with the same code, and is in; the old one is out at once', async () => {
    const pages = await openPages(gift);
    const before = pages.visitor();
    await signUp(pages, before, { openid: 'oOld' });
    expect((await before.get('/m/')).status).toBe(200);
    pages.shop.clock.now += 60_000;
    const visitor = pages.visitor();
    const asked = await signUp(pages, visitor, { openid: 'oNew' });
    expect([asked.status, asked.text.includes('name="rebind"')]).toEqual([409, true]);
    const form = { ...ordinary, token: tokenIn(asked), code: lastCode(pages), rebind: 'yes' };
    const answer = await visitor.post('/m/register', form);
    expect([answer.status, answer.location]).toEqual([303, '/m/']);
    expect(words(await visitor.get('/m/'))).toContain('陈小满，您好');
    // Its session still stands, and leads to nobody's page.
    expect((await before.get('/m/')).location).toBe('/m/register');
    expect([memberRows(pages.shop.db).length, couponRows(pages.shop.db).length]).toEqual([1, 1]);
  });

  test('and without a code nobody is asked anything', async () => {
    const pages = await openPages(gift);
    await signUp(pages, pages.visitor(), { openid: 'oOld' });
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor, 'oThief');
    const answer = await visitor.post('/m/register', { ...ordinary, token, code: '000000', rebind: 'yes' });
    expect(answer.status).toBe(422);
    expect(memberId(pages.shop.db, 'openid:oOld')).toBe(memberId(pages.shop.db, `phone:${phone}`));
  });
});

describe('somebody with a new phone', () => {
  const newPhone = '13800138000';

  test('changes it with a code to the new one, and keeps what is theirs', async () => {
    const pages = await openPages(gift);
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    expect((await visitor.get('/m/')).text).toContain('href="/m/phone"');
    const token = tokenIn(await visitor.get('/m/phone'));
    pages.shop.clock.now += 60_000;
    const sent = await visitor.post('/m/phone/code', { token, phone: newPhone });
    expect([sent.status, words(sent).includes('已发到 138****8000')]).toEqual([200, true]);
    const wrong = await visitor.post('/m/phone', { token, phone: newPhone, code: '' });
    expect([wrong.status, Object.keys(problemsIn(wrong))]).toEqual([422, ['code']]);
    const answer = await visitor.post('/m/phone', { token, phone: newPhone, code: lastCode(pages) });
    expect([answer.status, answer.location]).toEqual([303, '/m/']);
    expect(memberRows(pages.shop.db)).toMatchObject([{ phone: newPhone }]);
    expect(couponRows(pages.shop.db)).toHaveLength(1);
  });

  test('does not get it when it is another member’s, and a stranger is led to the registration', async () => {
    const pages = await openPages(gift);
    await signUp(pages, pages.visitor(), { openid: 'oOther', phone: newPhone });
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    const token = tokenIn(await visitor.get('/m/phone'));
    pages.shop.clock.now += 60_000;
    await visitor.post('/m/phone/code', { token, phone: newPhone });
    const answer = await visitor.post('/m/phone', { token, phone: newPhone, code: lastCode(pages) });
    expect([answer.status, words(answer).includes('属于另一位会员')]).toEqual([409, true]);
    const stranger = pages.visitor();
    await logIn(pages, stranger, 'oStranger');
    expect((await stranger.get('/m/phone')).location).toBe('/m/register');
  });
});

describe('the unionid', () => {
  const unionids = (shop: { db: { all: (sql: string) => unknown[] } }): unknown[] =>
    shop.db.all(`SELECT key FROM identities WHERE key LIKE 'unionid:%'`);

  test('is kept with the member when the account gives one', async () => {
    const pages = await openPages({ unionidOf: async () => 'uOne' });
    expect((await signUp(pages, pages.visitor())).status).toBe(303);
    expect(unionids(pages.shop)).toEqual([{ key: 'unionid:uOne' }]);
  });

  test('keeps nobody waiting: after two seconds it is done without, and so it is when WeChat is down', async () => {
    const slow = barrier();
    const never = await openPages({ unionidOf: async () => slow.stay().then(() => null) });
    const timers = stopTimers();
    const signingUp = signUp(never, never.visitor());
    await slow.reached;
    await timers.pass(2_000);
    expect((await signingUp).status).toBe(303);
    const down = await openPages({ unionidOf: () => Promise.reject(new Error('down')) });
    expect((await signUp(down, down.visitor())).status).toBe(303);
    expect([...unionids(never.shop), ...unionids(down.shop)]).toEqual([]);
  });
});

describe('what cannot be true is not taken (422), and said beside the field', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['no phone', { phone: '' }, { phone: '请填写手机号' }],
    ['a phone of ten digits', { phone: '1391234548' }, { phone: '请填写 11 位手机号，例如 13912345678' }],
    ['a landline', { phone: '12012345678' }, { phone: '请填写 11 位手机号，例如 13912345678' }],
    ['a masked phone', { phone: '139****5487' }, { phone: '请填写 11 位手机号，例如 13912345678' }],
    ['no code', { code: '' }, { code: '请点「发送验证码」，再填收到的 6 位数字' }],
    ['a code of five digits', { code: '12345' }, { code: '验证码是 6 位数字' }],
    ['a name of 21 characters', { name: '陈'.repeat(21) }, { name: '称呼请控制在 20 个字以内' }],
    ['no word of a baby', { baby: '' }, { baby: '请选一项' }],
    ['a baby without a birthday', { baby: 'born', bornOn: '' }, { bornOn: '请选择宝宝的生日' }],
    [
      'a birthday tomorrow',
      { baby: 'born', bornOn: '2026-11-23' },
      { bornOn: '这一天还没有到。宝宝还没出生的话，请选「孕期」并填预产期' },
    ],
    ['a birthday in 2008', { baby: 'born', bornOn: '2008-11-21' }, { bornOn: '请填 18 岁以内宝宝的生日' }],
    [
      'a birthday that is none',
      { baby: 'born', bornOn: '2026-02-30' },
      { bornOn: '请填写日期，例如 2026-05-20' },
    ],
    ['a pregnancy without a date', { baby: 'expecting', dueOn: '' }, { dueOn: '请选择预产期' }],
    [
      'a due date 301 days away',
      { baby: 'expecting', dueOn: '2027-09-19' },
      { dueOn: '预产期最晚是 2027-09-18，请再核对一下' },
    ],
    [
      'a due date long past',
      { baby: 'expecting', dueOn: '2026-10-24' },
      { dueOn: '预产期已经过去很久了。宝宝出生了的话，请选「已出生」并填生日' },
    ],
    ['no agreement', { agree: '' }, { agree: '请先阅读并勾选同意，我们才能保存您的资料' }],
    [
      'several things at once',
      { phone: '1', agree: '', baby: 'born', bornOn: '' },
      {
        phone: '请填写 11 位手机号，例如 13912345678',
        bornOn: '请选择宝宝的生日',
        agree: '请先阅读并勾选同意，我们才能保存您的资料',
      },
    ],
  ])('%s', async (_, given, problems) => {
    const pages = await openPages({ now: '2026-11-22 15:00' });
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    const answer = await visitor.post('/m/register', { ...ordinary, code: '123456', ...given, token });
    expect(answer.status).toBe(422);
    expect(problemsIn(answer)).toEqual(problems);
    expect(memberRows(pages.shop.db)).toEqual([]);
  });

  test('a form with something else wrong in it costs no guess', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    await visitor.post('/m/register/code', { ...ordinary, token });
    for (let tries = 0; tries < 6; tries += 1) {
      await visitor.post('/m/register', { ...ordinary, token, code: '000000', agree: '' });
    }
    expect((await visitor.post('/m/register', { ...ordinary, token, code: lastCode(pages) })).status).toBe(
      303,
    );
  });

  test.each([
    [
      'a phone and a code with spaces',
      '139 1234 5487',
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
    ],
    ['a phone with its country', '+86 139-1234-5487', (code: string) => code],
    [
      'digits of a Chinese keyboard',
      '１３９１２３４５４８７',
      (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ],
  ])('%s is understood', async (_, typed, write) => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    await visitor.post('/m/register/code', { ...ordinary, phone: typed, token });
    const answer = await visitor.post('/m/register', {
      ...ordinary,
      phone: typed,
      code: write(lastCode(pages)),
      token,
    });
    expect(answer.status).toBe(303);
    expect(memberRows(pages.shop.db)).toMatchObject([{ phone }]);
  });
});

describe('an invitation (K-03)', () => {
  const wang = {
    id: 'G7',
    name: '小王',
    storeId: '8005',
    openid: null,
    wecomUserId: null,
  } as unknown as Associate;

  test('by G7’s article survives the login, and the member is G7’s, of her shop, and from there', async () => {
    const pages = await openPages({ associates: [wang] });
    const visitor = pages.visitor();
    const sent = await visitor.get('/m/register?guide=G7&src=article%3A12');
    const to = new URL(sent.location ?? '', 'https://x.example').searchParams.get('to') ?? '';
    const back = await logIn(pages, visitor, 'oNewcomer', to);
    const form = await visitor.get(back.location ?? '');
    const [, guide] = /name="guide" value="([^"]*)"/.exec(form.text) ?? [];
    const [, src] = /name="src" value="([^"]*)"/.exec(form.text) ?? [];
    const carried = { ...ordinary, token: tokenIn(form), guide: guide ?? '', src: src ?? '' };
    await visitor.post('/m/register/code', carried);
    await visitor.post('/m/register', { ...carried, code: lastCode(pages) });
    expect(memberRows(pages.shop.db)).toMatchObject([
      { associateId: 'G7', storeId: '8005', source: 'article:12' },
    ]);
  });

  test('by nobody we know, or of a shape that is not ours, is left out', async () => {
    const pages = await openPages({ associates: [wang] });
    const visitor = pages.visitor();
    await signUp(pages, visitor, { guide: 'G8', src: '"><script>' });
    expect(memberRows(pages.shop.db)).toMatchObject([{ associateId: null, source: null }]);
    const page = await pages.visitor().get('/m/register?guide=%22%3E&src=a%0Ab');
    expect(page.location).toBe('/m/login?to=%2Fm%2Fregister');
  });
});

describe('a form that is not from here', () => {
  test.each([
    ['without the token of the page', { token: '' }, 403],
    ['with the token of another session', { token: 'f'.repeat(64) }, 403],
  ])('%s is not taken', async (_, given, status) => {
    const pages = await openPages();
    const visitor = pages.visitor();
    await atForm(pages, visitor);
    for (const path of ['/m/register', '/m/register/code', '/m/leave']) {
      expect((await visitor.post(path, { ...ordinary, sure: 'yes', ...given })).status).toBe(status);
    }
    expect(pages.messages).toEqual([]);
  });

  test('without a login is sent back to log in, with its invitation', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    visitor.cookies.clear();
    const answer = await visitor.post('/m/register', { ...ordinary, token, guide: 'G7' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('href="/m/login?to=%2Fm%2Fregister%3Fguide%3DG7"');
  });

  test('in another format, or too large, is not read', async () => {
    const pages = await openPages();
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    const json = await visitor.post('/m/register', { token }, { 'content-type': 'application/json' });
    expect(json.status).toBe(415);
    expect((await visitor.post('/m/register', { token, name: 'x'.repeat(9_000) })).status).toBe(413);
  });
});

test('a database that fails after the code was right loses nothing: the same form works as soon as it is back', async () => {
  let isDown = false;
  const pages = await openPages({
    ...gift,
    through: (db) => ({
      batch: (statements) => {
        const isWrite = statements.some(({ sql }) => sql.includes('INSERT INTO applied_events'));
        return isDown && isWrite ? Promise.reject(new Error('database is locked')) : db.batch(statements);
      },
    }),
  });
  const visitor = pages.visitor();
  const token = await atForm(pages, visitor);
  await visitor.post('/m/register/code', { ...ordinary, token });
  const form = { ...ordinary, token, code: lastCode(pages) };
  isDown = true;
  const failed = await visitor.post('/m/register', form);
  expect(failed.status).toBe(503);
  expect(words(failed)).toContain('刚才没有存上');
  isDown = false;
  expect((await visitor.post('/m/register', form)).status).toBe(303);
  expect([memberRows(pages.shop.db).length, couponRows(pages.shop.db).length]).toEqual([1, 1]);
});

test('nothing that was typed, and nobody’s openid, gets into the log', async () => {
  const lines: string[] = [];
  const spies = (['info', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line)),
  );
  const pages = await openPages(gift);
  const visitor = pages.visitor();
  pages.sms.verdict = { verdict: 'retry', why: '没有接受' };
  const token = await atForm(pages, visitor);
  await visitor.post('/m/register/code', { ...ordinary, token });
  pages.sms.verdict = { verdict: 'sent' };
  await visitor.post('/m/register/code', { ...ordinary, token });
  await visitor.post('/m/register/code', { ...ordinary, token });
  await visitor.get('/m/login/return?code=secret-code&state=secret-state');
  await visitor.post('/m/register', { ...ordinary, token, code: lastCode(pages) });
  for (const spy of spies) spy.mockRestore();
  expect(lines.length).toBeGreaterThan(0);
  const told = lines.join('\n');
  for (const secret of [phone, '陈小满', 'oNewcomer', token, 'secret', lastCode(pages), '203.0.113.7'])
    expect(told).not.toContain(secret);
});

describe('a shop that sells nothing for babies', () => {
  test('does not ask a pet owner for a baby, and takes the registration without an answer', async () => {
    const pages = await openPages({ ...gift, settings: { ...withSms, trade: 'pets' } });
    const visitor = pages.visitor();
    const token = await atForm(pages, visitor);
    expect(words(await visitor.get('/m/register'))).not.toContain('宝宝');
    await visitor.post('/m/register/code', { ...ordinary, token });
    const { baby: _baby, ...without } = ordinary;
    const answer = await visitor.post('/m/register', { ...without, code: lastCode(pages), token });
    expect([answer.status, answer.location]).toEqual([303, '/m/']);
    expect(memberRows(pages.shop.db)).toMatchObject([{ phone, children: null }]);
  });
});
