/** 来源设置: nothing half-checked is stored; what is wrong is named where it stands, and what to do about it. */
import { describe, expect, test } from 'vitest';
import { readSource } from '../../../workers/db/sources/registered-sources.ts';
import { adapters } from '../../../workers/receive/erp/index.ts';
import { items, openOffice, type Json } from '../support.ts';

const secret = 'the-dealers-own-secret';
const rule = {
  when: [{ path: 'lx', is: 'XS' }],
  type: 'sale.voided',
  id: { path: 'dh', as: 'id' },
  occurredAt: { path: 'sj', as: 'datetime' },
  data: { object: { orderNo: { path: 'dh', as: 'id' } } },
};
const sample = {
  name: '作废单',
  body: '{"lx":"XS","dh":"A7","sj":"2026-11-22 14:00:00"}',
  expected: {
    type: 'sale.voided',
    occurredAt: '2026-11-22T14:00:00+08:00',
    data: { orderNo: 'A7' },
  },
};
const mapping = (spec: object = { events: [rule] }, samples: readonly object[] = [sample], version = 1) => ({
  name: '收银',
  adapter: 'mapping',
  secret,
  config: { verifier: { scheme: 'md5-body-suffix' }, mapping: { version, spec, samples } },
});
const mapped = (config: object) => {
  const source = mapping();
  return { ...source, config: { ...source.config, ...config } };
};
const youzan = (config: object) => ({
  name: '有赞',
  adapter: 'youzan',
  secret: { client_id: 'a', client_secret: 'b' },
  config,
});
const hmac = (config: object) => ({ name: '自研', adapter: 'hmac', secret, config });
const feidu = (config: object) => ({ name: '飞度', adapter: 'feidu', config });

const pospalPoll = {
  kind: 'pospal',
  host: 'https://area8-win.pospal.cn:443',
  appId: '425063AF22F0F8E3A6E4AB6B34F49FF2',
};
const pospal = (poll: object, config: object = { signedBy: 'v1' }, own: unknown = '425063184122690880') => ({
  name: '银豹',
  adapter: 'pospal',
  secret: own,
  config: { ...config, poll },
});
const httpPoll = { kind: 'http', url: 'https://erp.example.cn/api/tickets' };

describe('a source is refused', () => {
  test.each<[string, object, string, RegExp]>([
    ['for a word nobody knows', youzan({ signBy: 'body' }), 'config.signBy', /not known here/],
    ['for a choice that is none', youzan({ signedBy: 'x' }), 'config.signedBy', /"event"\|"body"/],
    ['for a zone that is none', hmac({ zone: 'Beijing' }), 'config.zone', /Asia\/Shanghai/],
    ['for a network that is none', hmac({ addresses: ['10.0.0.1', 'a'] }), 'config.addresses.1', /network/],
    ['for a missing setting of its scheme', hmac({ signedBy: 'hmac' }), 'config.signature.algorithm', /./],
    [
      'for a wrong setting of its scheme',
      hmac({ signature: { skip: true } }),
      'config.signature.skip',
      /leave it out/,
    ],
    ['for a scheme that is none', feidu({ signedBy: 'nobody' }), 'config.signedBy', /no signature scheme/],
    [
      'for settings of another adapter',
      { ...youzan({ store: {} }), adapter: 'stripe' },
      'config.store.id',
      /missing/,
    ],
    ['for alarms nobody can keep', hmac({ silenceAlarmMinutes: 1 }), 'config.silenceAlarmMinutes', />=10/],
    [
      'for a canonical sender with a signature of its own',
      { ...hmac({ signature: {} }), adapter: 'generic' },
      'config.signature',
      /leave it out/,
    ],
    [
      'for a mapping without a sample',
      mapping(undefined, []),
      'config.mapping.samples',
      /at least one sample/,
    ],
    [
      'for a sample without what it must become',
      mapping(undefined, [{ body: sample.body }]),
      'config.mapping.samples.0.expected',
      /an event/,
    ],
    [
      'for a sample that becomes something else',
      mapping(undefined, [{ ...sample, expected: { ...sample.expected, data: { orderNo: 'A8' } } }]),
      'config.mapping.samples.0',
      /^作废单: data\.orderNo is "A7", and "A8" is expected$/,
    ],
    [
      'for samples that are all ignored',
      mapping({ events: [{ ...rule, type: 'ignore' }] }, [{ ...sample, expected: { ignored: true } }]),
      'config.mapping.samples',
      /none of them becomes an event/,
    ],
    [
      'for a mistake deep in its mapping',
      mapping({ events: [{ ...rule, id: { path: 'dh', as: 'number' } }] }),
      'config.mapping.spec.events.0.id.as',
      /"id"/,
    ],
    [
      'for a verifier that is none',
      mapped({ verifier: { scheme: 'md5' } }),
      'config.verifier.scheme',
      /no signature/,
    ],
    [
      'for a wrong setting of its verifier',
      mapped({ verifier: { scheme: 'md5-body-suffix', params: { toleranceSeconds: -1 } } }),
      'config.verifier.params.toleranceSeconds',
      />=0/,
    ],
    [
      'for no verifier at all',
      { ...mapping(), config: {} },
      'config.verifier',
      /is missing; it is an object/,
    ],
    ['for a way to poll that is none', pospal({ kind: 'fax' }), 'config.poll.kind', /one of .*pospal/],
    ['for polling without an address', pospal({ ...pospalPoll, host: undefined }), 'config.poll.host', /./],
    [
      'for polling in the clear',
      pospal({ ...pospalPoll, host: 'http://pospal.cn' }),
      'config.poll.host',
      /https/,
    ],
    [
      'for polling what is behind us',
      mapped({ poll: { kind: 'http', url: 'https://192.168.1.10/tickets' } }),
      'config.poll.url',
      /not a public one/,
    ],
    [
      'for a secret among its settings',
      mapped({ poll: { ...httpPoll, headers: { authorization: 'Bearer abcdefgh' } } }),
      'config.poll.headers.authorization',
      /write \{secret\}/,
    ],
    [
      'for polling with a secret it does not have',
      { ...feidu({ poll: { ...httpPoll, headers: { authorization: 'Bearer {secret}' } } }) },
      'config.poll',
      /same namespace/,
    ],
    [
      'for polling with one secret where it has two',
      youzan({ poll: { ...httpPoll, sign: { kind: 'kv' } } }),
      'config.poll',
      /has client_id, client_secret/,
    ],
  ])('%s', async (_, body, field, remedy) => {
    const { admin, shop } = await openOffice();
    const { json } = await admin('PUT', '/sources/a', { body });
    expect(json).toMatchObject({ status: 422, code: 'invalid', field });
    const [first] = json['issues'] as Json[];
    expect(first).toMatchObject({ field, message: expect.stringMatching(remedy) });
    expect(JSON.stringify(json)).not.toContain('abcdefgh');
    expect(await readSource(shop.db, 'a')).toBeNull();
  });
});

test('every mistake is named at once, and what was there before stays', async () => {
  const { admin, shop } = await openOffice();
  await admin('PUT', '/sources/a', { body: youzan({ zone: 'Asia/Urumqi' }) });
  const { json } = await admin('PUT', '/sources/a', {
    body: { ...youzan({ zone: 'x', signedBy: 'y', poll: 1 }), secret: undefined },
  });
  expect(new Set((json['issues'] as Json[]).map(({ field }) => field))).toEqual(
    new Set(['config.signedBy', 'config.zone', 'config.poll']),
  );
  expect((await readSource(shop.db, 'a'))?.config).toEqual({ zone: 'Asia/Urumqi' });
});

test('银豹 that is polled is registered with one secret, or with the two of its signed pushes', async () => {
  const { admin } = await openOffice();
  const pull = await admin('PUT', '/sources/pull', { body: pospal(pospalPoll) });
  expect(pull.json).toMatchObject({
    config: { signedBy: 'v1', poll: pospalPoll },
    webhook: { scheme: 'pospal-v1', acknowledgement: { body: '{"status":"success"}' } },
  });
  const both = { appId: 'PPAPP', appKey: '425063184122690880' };
  const push = await admin('PUT', '/sources/push', { body: pospal(pospalPoll, {}, both) });
  expect([push.status, push.json['webhook']]).toEqual([
    201,
    expect.objectContaining({ scheme: 'pospal-v3' }),
  ]);
});

test('a system with a bearer token is polled without the token in its settings', async () => {
  const { admin } = await openOffice();
  const poll = { ...httpPoll, headers: { authorization: 'Bearer {secret}' } };
  const { status, json } = await admin('PUT', '/sources/a', { body: mapped({ poll }) });
  expect([status, json['config']]).toEqual([201, expect.objectContaining({ poll })]);
  expect(JSON.stringify(json)).not.toContain(secret);
});

test('a changed mapping has a higher version, and one that is there is not left out', async () => {
  const { admin } = await openOffice();
  const other = { events: [rule], otherwise: 'ignore' };
  const put = (body: object) => admin('PUT', '/sources/a', { body });
  await put(mapping(undefined, [sample], 3));
  const again = await put(mapping(other, [sample], 3));
  expect(again.json).toMatchObject({
    status: 422,
    field: 'config.mapping.version',
    detail: expect.stringContaining('give a changed mapping 4'),
  });
  expect((await put(mapping(undefined, [sample], 2))).json).toMatchObject({
    field: 'config.mapping.version',
  });
  expect(
    (await put({ ...mapping(), config: { verifier: { scheme: 'md5-body-suffix' } } })).json,
  ).toMatchObject({
    field: 'config.mapping',
    detail: expect.stringContaining('version 3'),
  });
  // Another sample proves the same mapping once more.
  expect((await put(mapping(undefined, [sample, sample], 3))).status).toBe(200);
  expect((await put(mapping(other, [sample], 4))).status).toBe(200);
});

test('of two who change a source at the same moment, one is told', async () => {
  const office = await openOffice();
  const { admin } = office;
  await admin('PUT', '/sources/a', { body: mapping() });
  const versions = [2, 3].map((version) =>
    admin('PUT', '/sources/a', { body: mapping(undefined, [sample], version) }),
  );
  const statuses = (await Promise.all(versions)).map(({ status, json }) => json['code'] ?? status);
  expect(new Set(statuses)).toEqual(new Set([200, 'changed_meanwhile']));
});

test('what a source can be is listed with its label, its schemes, its settings and its secret', async () => {
  const { admin } = await openOffice();
  const answer = await admin('GET', '/source-adapters');
  const known = new Map(items(answer).map((item) => [item['name'], item]));
  expect([...known.keys()]).toEqual(adapters.map(({ name }) => name));
  const schemesOf = (name: string): unknown[] => [known.get(name)?.['schemes']].flat();
  const secretOf = (name: string) => schemesOf(name)[0];
  expect(known.get('youzan')).toMatchObject({ label: '有赞' });
  expect(secretOf('youzan')).toMatchObject({
    scheme: 'youzan-event-sign',
    secret: { form: 'named', names: ['client_id', 'client_secret'], madeBy: 'sender' },
  });
  expect(secretOf('generic')).toMatchObject({
    secret: { form: 'text', looksLike: 'whsec_ and the base64 of 24 to 64 bytes', madeBy: 'us' },
  });
  expect(secretOf('stripe')).toMatchObject({ secret: { form: 'text', madeBy: 'sender' } });
  expect(secretOf('feidu')).toMatchObject({ secret: { form: 'address', madeBy: 'us' } });
  expect(schemesOf('mapping').length).toBeGreaterThan(20);
  expect(known.get('youzan')?.['config']).toMatchObject({
    type: 'object',
    properties: { signedBy: { enum: ['event', 'body'] }, addresses: { type: 'array' } },
  });
  expect(answer.json['poll']).toMatchObject({ oneOf: expect.arrayContaining([expect.anything()]) });
});
