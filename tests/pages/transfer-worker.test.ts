/** 确认收款 as it is deployed: the whole Worker on workerd and D1; the test plays WeChat. */
import { getJsApiSignature } from '@wecom/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { paySettings } from '../support/pay.ts';
import { account } from '../support/wechat.ts';
import { newVisitor, stateIn, words } from './support.ts';

let runtime: Runtime;
const asked: string[] = [];

/** The code says who comes back. */
async function outside(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  asked.push(pathname);
  switch (pathname) {
    case '/sns/oauth2/access_token':
      return Response.json({ access_token: 't', openid: searchParams.get('code'), scope: 'snsapi_base' });
    case '/cgi-bin/stable_token':
      return Response.json({ access_token: 'token', expires_in: 7200 });
    case '/cgi-bin/ticket/getticket':
      return Response.json({ errcode: 0, errmsg: 'ok', ticket: 'ticket', expires_in: 7200 });
    default:
      return new Response('nobody is here', { status: 404 });
  }
}

const memberId = 'm1';

beforeAll(async () => {
  runtime = await startRuntime({
    vars: {
      ...paySettings,
      SEED: 'a seed of at least thirty-two characters',
      WECHAT_APP_ID: account.appId,
      WECHAT_APP_SECRET: account.secret,
    },
    outbound: outside,
  });
  const db = await runtime.db();
  await db.batch([
    db
      .prepare(`INSERT INTO members (id, orders, spent_fen, created_at, version) VALUES (?, 0, 0, 0, 1)`)
      .bind(memberId),
    db.prepare(`INSERT INTO identities (key, member_id) VALUES ('openid:oPaid', ?)`).bind(memberId),
    db
      .prepare(
        `INSERT INTO transfers (out_bill_no, member_id, kind, amount_fen, openid, terms, state, package_info, recalls,
           day_on, asked_at, rev, due_at, attempts)
         VALUES ('HK1', ?, 'red-packet', 888, 'oPaid', '{}', 'waiting', 'package=', '[]', '2026-11-22', 0, 1, ?, 1)`,
      )
      .bind(memberId, Date.now() + 86_400_000),
  ]);
});
afterAll(() => runtime.stop());

test('20 looks at the same moment are signed with one ticket, and WeChat is asked with the keys of the deployment', async () => {
  const visitor = newVisitor((path, init) => fetch(new URL(path, runtime.url), init));
  const begun = await visitor.get('/m/login?to=%2Fm%2Ftransfers%2FHK1');
  const back = await visitor.get(`/m/login/return?code=oPaid&state=${stateIn(begun)}`);
  expect(back.location).toBe('/m/transfers/HK1');
  const phone = { 'user-agent': 'MicroMessenger/8.0.60' };
  const pages = await Promise.all(Array.from({ length: 20 }, () => visitor.get('/m/transfers/HK1', phone)));
  const url = new URL('/m/transfers/HK1', runtime.url).href;
  for (const page of pages) {
    expect(words(page)).toContain('红包 金额（元） 8.88 等您确认收款');
    const [, text = ''] = /data-confirm="([^"]*)"/.exec(page.text) ?? [];
    const { config, request } = JSON.parse(text.replaceAll('&quot;', '"'));
    expect(request).toEqual({ mchId: paySettings.PAY_MCH_ID, appId: account.appId, package: 'package=' });
    const { nonceStr, timestamp } = config;
    const theirs = getJsApiSignature({ ticket: 'ticket', url, nonceStr, timestamp });
    expect(config).toEqual({ appId: account.appId, ...theirs });
    expect(page.headers.get('content-security-policy')).toContain(' https://res.wx.qq.com; ');
  }
  expect(asked.filter((path) => path.startsWith('/cgi-bin/')).toSorted()).toEqual([
    '/cgi-bin/stable_token',
    '/cgi-bin/ticket/getticket',
  ]);
});
