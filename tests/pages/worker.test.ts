/** 会员页 as it is deployed: the whole Worker on workerd and D1; the test plays WeChat and the SMS provider. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { account } from '../support/wechat.ts';
import { newVisitor, ordinary, stateIn, tokenIn, withSms, words, type Visitor } from './support.ts';

let runtime: Runtime;
/** As 阿里云 is asked to send it. */
const Letter = z.object({ PhoneNumbers: z.string(), SignName: z.string(), TemplateParam: z.string() });
const letters: z.infer<typeof Letter>[] = [];

/** The code says who comes back. */
async function outside(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  switch (pathname) {
    case '/sns/oauth2/access_token':
      return Response.json({ access_token: 't', openid: searchParams.get('code'), scope: 'snsapi_base' });
    case '/cgi-bin/stable_token':
      return Response.json({ access_token: 'token', expires_in: 7200 });
    case '/cgi-bin/user/info': {
      const openid = searchParams.get('openid') ?? '';
      return Response.json({ subscribe: 1, openid, unionid: `u-${openid}`, subscribe_time: 1 });
    }
    case '/':
      letters.push(Letter.parse(Object.fromEntries(searchParams)));
      return Response.json({ Code: 'OK', Message: 'OK', BizId: String(letters.length), RequestId: 'r' });
    default:
      return new Response('nobody is here', { status: 404 });
  }
}

beforeAll(async () => {
  runtime = await startRuntime({
    vars: {
      SEED: 'a seed of at least thirty-two characters',
      WECHAT_APP_ID: account.appId,
      WECHAT_APP_SECRET: account.secret,
      SMS_PROVIDER: 'aliyun',
      SMS_KEY_ID: 'key-id',
      SMS_KEY_SECRET: 'key-secret',
    },
    outbound: outside,
  });
  const settings = { ...withSms, domainFiles: { 'MP_verify_aBc123.txt': 'aBc123' } };
  const db = await runtime.db();
  await db
    .prepare(`INSERT INTO settings (key, value) VALUES ('merchant', ?)`)
    .bind(JSON.stringify(settings))
    .run();
});
afterAll(() => runtime.stop());

const newPhone = (): Visitor => newVisitor((path, init) => fetch(new URL(path, runtime.url), init));

async function atForm(openid: string): Promise<{ visitor: Visitor; token: string }> {
  const visitor = newPhone();
  const begun = await visitor.get('/m/login?to=%2Fm%2Fregister');
  expect(new URL(begun.location ?? '').host).toBe('open.weixin.qq.com');
  await visitor.get(`/m/login/return?code=${openid}&state=${stateIn(begun)}`);
  return { visitor, token: tokenIn(await visitor.get('/m/register')) };
}

const codeIn = (phone: string): string =>
  /\d{6}/.exec(letters.findLast(({ PhoneNumbers }) => PhoneNumbers === phone)?.TemplateParam ?? '')?.[0] ??
  '';

test('somebody registers, is known by phone, openid and unionid, sees the purse, and leaves', async () => {
  const { visitor, token } = await atForm('oWorker');
  await visitor.post('/m/register/code', { ...ordinary, token });
  expect(letters).toEqual([
    {
      PhoneNumbers: ordinary.phone,
      SignName: '阳光小镇',
      TemplateParam: expect.stringMatching(/^\{"code":"\d{6}"\}$/),
    },
  ]);
  const form = { ...ordinary, token, code: codeIn(ordinary.phone) };
  const answers = await Promise.all([visitor.post('/m/register', form), visitor.post('/m/register', form)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  const db = await runtime.db();
  const { results } = await db.prepare(`SELECT key FROM identities ORDER BY key`).all();
  expect(results).toEqual([
    { key: 'openid:oWorker' },
    { key: `phone:${ordinary.phone}` },
    { key: 'unionid:u-oWorker' },
  ]);
  expect(words(await visitor.get('/m/'))).toContain('陈小满，您好');
  const leaving = tokenIn(await visitor.get('/m/leave'));
  expect(words(await visitor.post('/m/leave', { token: leaving, sure: 'yes' }))).toMatch(/^已经注销/);
  expect(await db.prepare(`SELECT count(*) AS n FROM identities`).first()).toEqual({ n: 0 });
});

test('thirty people who ask for a code for one phone at the same moment send it one message', async () => {
  const phone = '13800001111';
  const people = await Promise.all(Array.from({ length: 30 }, (_, one) => atForm(`oCrowd${String(one)}`)));
  const statuses = await Promise.all(
    people.map(
      async ({ visitor, token }) => (await visitor.post('/m/register/code', { phone, token })).status,
    ),
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 29 }, () => 429)]);
  expect(letters.filter(({ PhoneNumbers }) => PhoneNumbers === phone)).toHaveLength(1);
});

test('pages, their stylesheet and the verification file are where they belong, and the rest of the Worker is as before', async () => {
  const visitor = newPhone();
  expect(await visitor.get('/m')).toMatchObject({ status: 308, location: '/m/' });
  const privacy = await visitor.get('/m/privacy');
  const [, style = ''] = /rel="stylesheet" href="([^"]+)"/.exec(privacy.text) ?? [];
  expect((await visitor.get(style)).headers.get('content-type')).toContain('text/css');
  expect(await visitor.get('/MP_verify_aBc123.txt')).toMatchObject({ status: 200, text: 'aBc123' });
  expect((await visitor.get('/m/nowhere')).status).toBe(404);
  expect(JSON.parse((await visitor.get('/nowhere')).text)).toMatchObject({ code: 'unknown_route' });
});
