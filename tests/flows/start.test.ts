/** 开箱: a newcomer starts Huike, sends the README's sale, and sees everything it brought, through the real runtime. */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programOf } from '../support/readme.ts';
import { forget, newStateDir, runProgram, startHuike, type Running } from '../support/running.ts';
import { until } from '../support/until.ts';

type Json = Record<string, unknown>;

const stateDir = newStateDir();
let huike: Running;
let credentials: { apiToken: string; erp: { source: string; url: string; secret: string } };

/** What a newcomer sees who asks again and again from the first moment on. */
const seen = { refusedWhileStarting: 0, statuses: new Set<number>() };

beforeAll(async () => {
  huike = await startHuike(stateDir, async ({ url, output, isOver }) => {
    // A start whose port was taken showed what somebody else answers there.
    seen.statuses.clear();
    while (!isOver()) {
      const status = await fetch(`${url}/healthz`).then(
        (answer) => answer.status,
        () => null,
      );
      if (status !== null) seen.statuses.add(status);
      else if (output().startsWith('Starting Huike')) seen.refusedWhileStarting += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  credentials = (await (await fetch(`${huike.url}/sandbox/api/credentials`)).json()) as typeof credentials;
});
afterAll(async () => {
  await huike.stop();
  forget(stateDir);
});

async function api(path: string): Promise<Json> {
  const response = await fetch(`${huike.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${credentials.apiToken}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

const dayMs = 86_400_000;
const startedAt = Date.now();
/** A time of day in Shanghai, so many days from today. */
const on = (days: number, time: string): string =>
  `${new Date(startedAt + 8 * 3_600_000 + days * dayMs).toISOString().slice(0, 10)}T${time}:00+08:00`;

const itemsOf = (list: Json): Json[] => list['items'] as Json[];

async function memberBy(query: string): Promise<Json> {
  const [member] = itemsOf(await api(`/members?${query}`));
  if (!member) throw new Error(`no member for ${query}`);
  return member;
}

function send(event: Json, id: string): Promise<Response> {
  const body = JSON.stringify(event);
  const sentAt = new Date();
  return fetch(credentials.erp.url, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(credentials.erp.secret).sign(id, sentAt, body),
    },
  });
}

const sandbox = async (path: string, body: Json): Promise<Json> => {
  const response = await fetch(`${huike.url}/sandbox/api${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return (await response.json()) as Json;
};

test('it says that it is starting and lets nobody in; whoever is let in finds everything ready', () => {
  expect(seen.refusedWhileStarting).toBeGreaterThan(0);
  expect([...seen.statuses].filter((status) => status !== 200)).toEqual([]);
});

test('the program in the README is acknowledged, and its member has 207 points without waiting for the clock’s minute', async () => {
  const { url, secret } = credentials.erp;
  expect(await runProgram(programOf('README.md'), [url, secret])).toMatch(/^202 \{"ok":true,"eventId":"ev_/);
  await until(async () => itemsOf(await api('/members?phone=13912345487')).length === 1);
  await until(async () => (await memberBy('phone=13912345487'))['points'] === 207);
});

test('an address that was registered with a slash at its end is the same address', async () => {
  const { url, secret } = credentials.erp;
  const again = await runProgram(programOf('README.md'), [`${url}/`, secret]);
  expect(again).toMatch(/^20[02] \{"ok":true,"eventId":"ev_/);
});

test('a sale of 400 yuan of milk powder brings points, a coupon, a red packet, a tag, a reminder and a message', async () => {
  const openid = 'oStoryMember';
  await sandbox('/follow', { openid });
  const sale = {
    type: 'sale.completed',
    id: 'story-1',
    occurredAt: on(-1, '15:10'),
    test: false,
    data: {
      orderNo: 'story-1',
      version: '1',
      store: { id: '8005', name: '天河店' },
      associate: { id: 'g7', name: '小王' },
      member: { externalId: 'M-story', phone: '13800001111', name: '周女士', openid },
      lines: [{ lineNo: '1', sku: await milkPowder(), name: '奶粉', quantity: '2', amountFen: 40000 }],
      amounts: { paidFen: 40000 },
    },
  };
  expect((await send(sale, 'msg-story-1')).status).toBe(202);
  const messages = async (): Promise<Json[]> =>
    itemsOf((await (await fetch(`${huike.url}/sandbox/api/messages?openid=${openid}`)).json()) as Json);
  // The welcome was there before.
  await until(async () => JSON.stringify(await messages()).includes('400元'));

  const member = await memberBy('phone=13800001111');
  const id = String(member['id']);
  const { wallet } = member['accounts'] as Record<string, number>;
  expect(member['points']).toBeGreaterThanOrEqual(400);
  expect(wallet).toBeGreaterThanOrEqual(500);
  expect(wallet).toBeLessThanOrEqual(1000);
  expect(member['tags']).not.toEqual([]);
  expect(itemsOf(await api(`/members/${id}/coupons`)).map(({ state }) => state)).toContain('issued');
  expect(itemsOf(await api(`/members/${id}/sales`))).toHaveLength(1);
  const told = JSON.stringify(await messages());
  expect(told).toContain('400元');
  expect(told).toContain('天河店');

  const again = await send(sale, 'msg-story-1-again');
  expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ duplicate: true })]);
});

test('the reminder is told on the morning it is due, and not a minute before', async () => {
  const openid = 'oStoryMember';
  const count = async (): Promise<number> =>
    itemsOf((await (await fetch(`${huike.url}/sandbox/api/messages?openid=${openid}`)).json()) as Json)
      .length;
  const before = await count();
  // Two tins of seven days each, bought yesterday: used up after fourteen days, reminded five days before.
  await sandbox('/cron', { at: on(8, '08:59') });
  expect(await count()).toBe(before);
  await sandbox('/cron', { at: on(8, '09:00') });
  expect(await count()).toBe(before + 1);
  await sandbox('/cron', { at: on(8, '09:01') });
  expect(await count()).toBe(before + 1);
});

test('bringing everything back takes back the points and the packet, and revokes the coupon', async () => {
  const refund = {
    type: 'refund.completed',
    id: 'story-1-r',
    occurredAt: on(-1, '19:00'),
    data: {
      refundNo: 'story-r1',
      orderNo: 'story-1',
      scope: 'full',
      lines: [],
      amounts: { refundedFen: 40000 },
    },
  };
  expect((await send(refund, 'msg-story-2')).status).toBe(202);
  const id = String((await memberBy('phone=13800001111'))['id']);
  const states = async (): Promise<unknown[]> =>
    itemsOf(await api(`/members/${id}/coupons`))
      .filter((coupon) => coupon['saleId'] !== null)
      .map(({ state }) => state);
  await until(async () => (await states()).every((state) => state === 'revoked'));
  const member = await memberBy('phone=13800001111');
  expect((member['accounts'] as Record<string, number>)['wallet']).toBe(0);
  expect((member['stats'] as Record<string, number>)['orders']).toBe(0);
});

test('a second process on the same state refuses to start and says why, and the first goes on', async () => {
  await expect(startHuike(stateDir)).rejects.toThrow(`Another process works on ${stateDir}`);
  expect((await memberBy('phone=13912345487'))['points']).toBe(207);
});

test('what was stored is still there after a restart', async () => {
  await huike.stop();
  huike = await startHuike(stateDir);
  expect((await memberBy('phone=13912345487'))['points']).toBe(207);
});

async function milkPowder(): Promise<string> {
  const { products } = await import('../../workers/sandbox/demo/goods.ts');
  const product = products.find(({ categoryPath }) => categoryPath.some(({ id }) => id === '01'));
  if (!product) throw new Error('the demo shop sells no milk powder');
  return product.sku;
}
