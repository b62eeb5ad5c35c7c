/** access_token: one for everybody, refreshed by one. */
import { describe, expect, test } from 'vitest';
import { tokens } from '../../workers/deliver/tokens.ts';
import { openShop } from '../support/shop.ts';
import { account, playWechat, type Call, type Reply } from '../support/wechat.ts';

async function senders(count: number, answer?: (call: Call) => Reply | undefined) {
  const { db } = await openShop();
  const clock = { now: 1_795_330_800_000 };
  const wechat = playWechat(answer);
  // Isolates know nothing of each other but the database.
  const all = Array.from({ length: count }, () =>
    tokens({ db, client: wechat.client, account, clock: () => clock.now }),
  );
  const [one] = all;
  if (!one) throw new Error('no senders');
  return {
    all,
    one,
    clock,
    wechat,
    stored: () => db.all(`SELECT token, expires_at, refreshing_until FROM wechat_tokens`),
  };
}

describe('100 senders that want a token at once', () => {
  test('get the same one, fetched once', async () => {
    const { all, wechat } = await senders(100);
    const got = await Promise.all(all.map(({ token }) => token(null)));
    expect(new Set(got.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"token":"token-1"}']));
    expect(wechat.calls.length).toBe(1);
  });

  test('whose token was refused get one new token, forced out once', async () => {
    // WeChat gives the old token again until it is forced to make another.
    const answer = ({ path, body }: Call): Reply | undefined =>
      path === '/cgi-bin/stable_token' && body['force_refresh'] === false
        ? { access_token: 'old', expires_in: 7200 }
        : undefined;
    const { all, one, wechat } = await senders(100, answer);
    expect(await one.token(null)).toEqual({ token: 'old' });
    wechat.calls.length = 0;
    const got = await Promise.all(all.map(({ token }) => token('old')));
    expect(new Set(got.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"token":"token-1"}']));
    expect(wechat.calls.map(({ body }) => body['force_refresh'])).toEqual([false, true]);
  });
});

test('a token that somebody has replaced in the meantime is not replaced again', async () => {
  const { one, wechat } = await senders(1);
  await one.token(null);
  const second = await one.token('token-1');
  expect(second).toEqual({ token: 'token-2' });
  // A sender that was slow, and failed with the first.
  expect(await one.token('token-1')).toEqual({ token: 'token-2' });
  expect(wechat.calls.length).toBe(2);
});

test('a token is used until five minutes before its end', async () => {
  const { one, clock, wechat } = await senders(1);
  await one.token(null);
  clock.now += 7_200_000 - 5 * 60_000 - 1;
  expect(await one.token(null)).toEqual({ token: 'token-1' });
  clock.now += 1;
  expect(await one.token(null)).toEqual({ token: 'token-2' });
  expect(wechat.calls.length).toBe(2);
});

test('when WeChat gives none, the reason is told and the next one may try at once', async () => {
  let isDown = true;
  const { one, stored } = await senders(1, () =>
    isDown ? { errcode: 40125, errmsg: 'invalid appsecret' } : undefined,
  );
  expect(await one.token(null)).toEqual({ why: 'access_token: 40125 invalid appsecret' });
  expect(stored()).toEqual([{ token: null, expires_at: 0, refreshing_until: 0 }]);
  isDown = false;
  expect(await one.token(null)).toEqual({ token: 'token-1' });
});

test('a refresher that died leaves the field free after ten seconds', async () => {
  const { db } = await openShop();
  const clock = { now: 1_795_330_800_000 };
  const wechat = playWechat();
  db.all(`INSERT INTO wechat_tokens VALUES (?, NULL, 0, ?)`, account.appId, clock.now + 10_000);
  const waiting = tokens({ db, client: wechat.client, account, clock: () => clock.now }).token(null);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(wechat.calls.length).toBe(0);
  clock.now += 10_000;
  expect(await waiting).toEqual({ token: 'token-1' });
});
