import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { wechatTemplates } from '../../scripts/first-run.ts';
import { seedShop } from '../../scripts/seed.ts';
import { messageKinds } from '../../workers/deliver/words/words.ts';
import { firstTemplates } from '../../workers/sandbox/state/templates.ts';
import { blocksOf } from '../support/guide.ts';

type Call = { call: string; token: string | undefined; body: Record<string, unknown> };

/** An API that remembers what it was asked, gives every coupon template an id, and answers `status` to members. */
async function recordingApi(memberStatus: number) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const call = `${request.method} ${request.url}`;
      calls.push({ call, token: request.headers.authorization, body: JSON.parse(body) });
      response.statusCode = call === 'POST /api/v1/members' ? memberStatus : 200;
      response.end(JSON.stringify({ id: `id-${calls.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { calls, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('the demo shop has 2 stores, 3 associates, 12 products, 6 coupons, 5 campaigns, 1 plan, 2 exchange items, a draw, a package and 4 members, one of whom has paid ahead', async () => {
  const api = await recordingApi(201);
  await seedShop(api.url, 'the-token');
  api.close();
  const counts = new Map<string, number>();
  for (const { call } of api.calls) {
    const noun = call.split('/')[3] ?? '';
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    stores: 2,
    associates: 3,
    products: 12,
    'coupon-templates': 6,
    campaigns: 5,
    'reminder-plans': 1,
    'exchange-items': 2,
    'package-templates': 1,
    lotteries: 1,
    // Four of them, a top-up and a package.
    members: 6,
  });
  expect(new Set(api.calls.map(({ token }) => token))).toEqual(new Set(['Bearer the-token']));

  const bodyOf = (name: string) => api.calls.find(({ body }) => body['name'] === name)?.body;
  const idOf = (name: string) => `id-${api.calls.findIndex(({ body }) => body['name'] === name) + 1}`;
  expect(bodyOf('满388抽红包送15元券')).toMatchObject({
    conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 38_800 }],
    exclude: [{ kind: 'tag', ids: ['特价'] }],
    group: '消费红包',
    pick: 'best',
    rewards: [
      { kind: 'red-packet', minFen: 500, maxFen: 1000 },
      { kind: 'coupon', templateId: idOf('15元回头券'), count: 1 },
    ],
  });
  expect(
    api.calls.find(({ call }) => call.startsWith('PUT /api/v1/products/6901234'))?.body,
  ).not.toHaveProperty('priceFen');
});

test('a member who is there already is left alone, and any other refusal stops the seeding', async () => {
  const taken = await recordingApi(409);
  await seedShop(taken.url, 'the-token');
  taken.close();
  const refused = await recordingApi(422);
  await expect(seedShop(refused.url, 'the-token')).rejects.toThrow('POST /members answered 422');
  refused.close();
});

test('the demo and the guide carry a card for every kind of message that may go by card', () => {
  const byCard = Object.keys(messageKinds).filter((kind) =>
    messageKinds[kind]?.channels.includes('wechat-template'),
  );
  expect(Object.keys(wechatTemplates).toSorted()).toEqual(byCard.toSorted());
  const own = new Map(firstTemplates.map(({ id, fields }) => [id, fields.map(({ key }) => key)]));
  const facts = { payload: {}, shopName: '阳光小镇母婴', storeName: (id: string) => id };
  for (const [kind, { id, fields }] of Object.entries(wechatTemplates)) {
    expect(Object.keys(fields)).toEqual(own.get(id));
    const slots = Object.keys(messageKinds[kind]?.slots(facts) ?? {});
    // What a message says of its own time comes from its payload.
    for (const slot of Object.values(fields)) {
      if (!['product', 'endsOn', 'birthdayOn'].includes(slot))
        expect([kind, slots]).toEqual([kind, expect.arrayContaining([slot])]);
    }
  }
  const guide = blocksOf('docs/wechat-setup.md').find(({ text }) => text.includes('"wechatTemplates":{'));
  const told = JSON.parse(/'(\{[\s\S]*\})'/.exec(guide?.text ?? '')?.[1] ?? '{}') as object;
  expect(told).toEqual({ wechatTemplates });
});
