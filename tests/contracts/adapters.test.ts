/** Every ERP adapter keeps the same promises: what it verifies, stores once, acknowledges in its vendor's words and understands. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CanonicalEvent, sources } from '../../schema/index.ts';
import { insertSet } from '../../workers/db/set.ts';
import { processPending } from '../../workers/engine/process.ts';
import { adapterNamed, adapters } from '../../workers/receive/erp/index.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import {
  absencesOf,
  fixtureFolders,
  fixturesOf,
  origin,
  requestOf,
  rowOf,
  sourceOf,
  type Expected,
  type Fixture,
} from '../support/erp/fixtures.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { events } from '../support/inbox.ts';
import type { Row } from '../../workers/db/db.ts';
import { unpackBody } from '../../workers/db/inbox/packed-body.ts';

const adapterFolder = new URL('../../workers/receive/erp/', import.meta.url).pathname;
const withFixtures = new Set(fixtureFolders());

/** The exact words each vendor waits for; anything else and it sends again. */
const acknowledgements: Readonly<Record<string, { body: string | RegExp; contentType: string }>> = {
  generic: { body: /^\{"ok":true,"eventId":"ev_\w+","duplicate":false\}$/, contentType: 'application/json' },
  hmac: { body: /^\{"ok":true,"eventId":"ev_\w+","duplicate":false\}$/, contentType: 'application/json' },
  mapping: { body: 'SUCCESS', contentType: 'text/plain' },
  youzan: { body: '{"code":0,"msg":"success"}', contentType: 'application/json' },
  pospal: { body: '{"status":"success"}', contentType: 'application/json' },
  feidu: { body: 'success', contentType: 'text/plain; charset=utf-8' },
  weimob: { body: '{"code":{"errcode":0,"errmsg":"success"}}', contentType: 'application/json' },
  jst: { body: '{"code":"0","msg":"执行成功"}', contentType: 'application/json; charset=utf-8' },
  qimen: {
    body: '<?xml version="1.0" encoding="utf-8"?><response><flag>success</flag><code>0</code><message>ok</message></response>',
    contentType: 'text/xml; charset=utf-8',
  },
  eleme: { body: '{"message":"ok"}', contentType: 'application/json' },
  meituan: { body: '{"data":"OK"}', contentType: 'application/json' },
  keruyun: { body: '{"code":0,"message":"success"}', contentType: 'application/json' },
  yonyou: { body: 'success', contentType: 'text/plain; charset=utf-8' },
  shopify: { body: '{"ok":true}', contentType: 'application/json' },
  square: { body: '{"ok":true}', contentType: 'application/json' },
  woocommerce: { body: '{"ok":true}', contentType: 'application/json' },
  stripe: { body: '{"received":true}', contentType: 'application/json' },
  loyverse: { body: '{"ok":true}', contentType: 'application/json' },
};

/** Deliveries that every adapter has a fixture of; probes, duplicates, forgeries and junk are made of these. */
const needed = ['sale', 'revision', 'refund', 'test', 'unknown'] as const;
/** A sentence, not a shrug. */
const reasonLengthMin = 20;

const now = Date.parse('2026-11-22T15:00:00+08:00');

async function shopFor(fixture: Fixture): Promise<Shop> {
  const shop = await openShop();
  await shop.db.batch([insertSet(sources, [sourceOf(fixture)])]);
  return shop;
}

const deliver = (shop: Shop, request: Request): Promise<Response> =>
  receiveErp(shop.receiver, request, 'shop');

const send = (
  shop: Shop,
  fixture: Fixture,
  how: { text?: string; isForged?: boolean } = {},
): Promise<Response> => deliver(shop, requestOf(fixture, { now, ...how }));

const inboxOf = ({ db }: Shop) =>
  db
    .all(`SELECT sender_id AS senderId, type, state, revision, note, body FROM ${events} ORDER BY seq`)
    .map((row): Row => ({ ...row, body: unpackBody(String(row['body'])) }));

function named(adapter: string, name: string): Fixture {
  const fixture = fixturesOf(adapter).find((known) => known.name === name);
  if (!fixture) throw new Error(`tests/fixtures/erp/${adapter}/${name}.json is missing`);
  return fixture;
}

/** The fixture that stands for an ordinary delivery. */
const ordinary = (adapter: string): Fixture =>
  named(adapter, absencesOf(adapter).has('sale') ? 'refund' : 'sale');

test('a file in workers/receive/erp that makes an adapter is registered, once and under its own name', async () => {
  const registered = adapters.map(({ name }) => name);
  expect(new Set(registered).size).toBe(registered.length);
  for (const file of readdirSync(adapterFolder).filter((name) => name.endsWith('.ts'))) {
    const module = (await import(`${adapterFolder}${file}`)) as Readonly<Record<string, unknown>>;
    const made = Object.values(module).filter(
      (value) => typeof value === 'object' && value !== null && 'normalise' in value && 'split' in value,
    );
    const names = made.map((adapter) => String(Reflect.get(Object(adapter), 'name')));
    if (names.length > 0) expect(names, file).toEqual([file.replace('.ts', '')]);
    for (const name of names) expect(registered, file).toContain(name);
  }
});

test('every adapter has fixtures and an acknowledgement of its own, and no folder is left over', () => {
  const names = adapters.map(({ name }) => name).toSorted();
  expect([...withFixtures].toSorted()).toEqual(names);
  expect(Object.keys(acknowledgements).toSorted()).toEqual(names);
});

test('an adapter that nobody knows answers to nothing', () => {
  expect(adapterNamed('')).toBeNull();
  expect(adapterNamed('toString')).toBeNull();
});

describe.each(adapters.map(({ name }) => name))('%s', (name) => {
  const absences = absencesOf(name);
  const acknowledgement = acknowledgements[name];
  if (!acknowledgement) throw new Error(`say how ${name} is acknowledged`);
  const expectAcknowledged = async (response: Response): Promise<void> => {
    expect(response.headers.get('content-type')).toBe(acknowledgement.contentType);
    const body = await response.text();
    if (typeof acknowledgement.body === 'string') expect(body).toBe(acknowledgement.body);
    else expect(body).toMatch(acknowledgement.body);
    expect(response.ok).toBe(true);
  };

  test('every kind of delivery has its fixture, or says there why the vendor sends none', () => {
    const fixtures = fixturesOf(name).map((fixture) => fixture.name);
    const unsaid = needed.filter((kind) => !fixtures.includes(kind) && !absences.has(kind));
    expect(unsaid, `add tests/fixtures/erp/${name}/<kind>.json, or {"none": "why"} there`).toEqual([]);
    for (const [kind, reason] of absences) {
      expect(needed as readonly string[]).toContain(kind);
      expect(reason.length, `${name}/${kind}: ${reason}`).toBeGreaterThan(reasonLengthMin);
    }
  });

  test('a probe by GET or HEAD stores nothing', async () => {
    const shop = await shopFor(ordinary(name));
    for (const method of ['GET', 'HEAD']) {
      const response = await deliver(shop, new Request(`${origin}/hooks/erp/shop`, { method }));
      // Standard Webhooks knows no probe; vendors want their own word.
      expect(response.status).toBe(name === 'generic' || name === 'hmac' ? 405 : 200);
    }
    expect(inboxOf(shop)).toEqual([]);
  });

  test('a good delivery is stored once and acknowledged in the words it waits for', async () => {
    const fixture = ordinary(name);
    const shop = await shopFor(fixture);
    await expectAcknowledged(await send(shop, fixture));
    expect(inboxOf(shop).map(({ senderId, type }) => ({ senderId, type }))).toEqual(
      fixture.events.map(({ senderId, type }) => ({ senderId, type })),
    );
    await processPending(shop.engine, 100, now);
    expect(inboxOf(shop).map(({ state, note }) => [state, String(note)])).toEqual(
      fixture.events.map(({ parked }) => [
        expect.stringMatching(parked === undefined ? /^(done|waiting)$/ : /^parked$/),
        expect.stringMatching(parked === undefined ? '' : 'READ_BACK_NEEDED'),
      ]),
    );
  });

  test('a second delivery of it changes nothing', async () => {
    const fixture = ordinary(name);
    const shop = await shopFor(fixture);
    await send(shop, fixture);
    const before = inboxOf(shop);
    const again = await send(shop, fixture);
    expect(again.status).toBe(200);
    expect(inboxOf(shop)).toEqual(before);
  });

  test('a bad signature stores nothing, and says so', async () => {
    const fixture = ordinary(name);
    const shop = await shopFor(fixture);
    const response = await send(shop, fixture, { isForged: true });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toMatch(/success|^ok$/i);
    expect(inboxOf(shop)).toEqual([]);
  });

  test('no signature at all stores nothing', async () => {
    const fixture = ordinary(name);
    const shop = await shopFor(fixture);
    const response = await deliver(
      shop,
      new Request(`${origin}/hooks/erp/shop`, {
        method: 'POST',
        headers: { ...fixture.headers },
        body: fixture.text,
      }),
    );
    expect(response.status).toBe(401);
    expect(inboxOf(shop)).toEqual([]);
  });

  test('a source without a secret takes nothing', async () => {
    const fixture = ordinary(name);
    const shop = await openShop();
    await shop.db.batch([insertSet(sources, [{ ...sourceOf(fixture), secrets: [] }])]);
    const response = await send(shop, fixture);
    expect([401, 503]).toContain(response.status);
    expect(inboxOf(shop)).toEqual([]);
  });

  test('a malformed body is never stored as if it were understood', async () => {
    const fixture = ordinary(name);
    const shop = await shopFor(fixture);
    const response = await send(shop, fixture, { text: `${fixture.text.slice(0, -9)}{"` });
    const rows = inboxOf(shop);
    if (response.ok) expect(rows.every(({ type }) => String(type).startsWith(`${name}.`))).toBe(true);
    else expect(rows).toEqual([]);
  });

  if (!absences.has('revision')) {
    test('a correction is kept beside what it corrects', async () => {
      const shop = await shopFor(ordinary(name));
      await send(shop, ordinary(name));
      await expectAcknowledged(await send(shop, named(name, 'revision')));
      const rows = inboxOf(shop);
      expect(rows).toHaveLength(2);
      expect(
        rows.every(
          ({ senderId, revision }, place) =>
            place === 0 || revision === 2 || senderId !== rows[0]?.['senderId'],
        ),
      ).toBe(true);
    });
  }

  if (!absences.has('test')) {
    test('a test push is acknowledged, verified like any other, and never processed', async () => {
      const fixture = named(name, 'test');
      const shop = await shopFor(fixture);
      expect((await send(shop, fixture, { isForged: true })).status).toBe(401);
      await expectAcknowledged(await send(shop, fixture));
      await processPending(shop.engine, 100, now);
      expect(inboxOf(shop).map(({ state }) => state)).toEqual(['ignored']);
      expect(shop.db.all('SELECT count(*) AS n FROM sales')).toEqual([{ n: 0 }]);
    });
  }

  test('a kind of event that nobody knows is acknowledged, kept and ignored or shown', async () => {
    const fixture = named(name, 'unknown');
    const shop = await shopFor(fixture);
    await expectAcknowledged(await send(shop, fixture));
    await processPending(shop.engine, 100, now);
    expect(inboxOf(shop).every(({ state }) => state === 'ignored' || state === 'parked')).toBe(true);
    expect(inboxOf(shop)).toHaveLength(1);
  });

  if (!absences.has('refund')) {
    test('a refund carries positive amounts, and takes back, waits for its sale, or waits to be read back', async () => {
      const fixture = named(name, 'refund');
      const shop = await shopFor(fixture);
      await expectAcknowledged(await send(shop, fixture));
      await processPending(shop.engine, 100, now);
      const refunds = inboxOf(shop).filter(({ type }) => /refund\.(completed|thin)$/.test(String(type)));
      expect(refunds.length).toBeGreaterThan(0);
      for (const { state, note } of refunds) {
        if (state === 'parked') expect(note).toContain('READ_BACK_NEEDED');
        else expect(['done', 'waiting']).toContain(state);
      }
      for (const { type, event } of fixture.events) {
        if (type === 'refund.completed') expect(JSON.stringify(event)).not.toMatch(/(Fen|quantity)":"?-/);
      }
    });
  }

  test.each(fixturesOf(name).map((fixture) => [`${fixture.name}: ${fixture.says}`, fixture] as const))(
    '%s',
    async (_, fixture) => {
      const shop = await shopFor(fixture);
      await send(shop, fixture);
      const adapter = adapterNamed(name);
      const rows = inboxOf(shop);
      expect(rows).toHaveLength(fixture.events.length);
      rows.forEach(({ senderId, type, body }, place) => {
        const expected = fixture.events[place];
        const row = rowOf({ senderId: String(senderId), type: String(type), body: String(body) });
        // Stored bodies are JSON, so that they can be masked and shown.
        expect(() => JSON.parse(row.body) as unknown).not.toThrow();
        expect({ senderId, type }).toEqual({ senderId: expected?.senderId, type: expected?.type });
        expectOutcome(adapter?.normalise(row, sourceOf(fixture)), expected);
      });
    },
  );
});

function expectOutcome(made: unknown, expected: Expected | undefined): void {
  if (expected?.event === undefined) {
    const { ignored, parked } = expected ?? {};
    expect(made).toEqual(ignored === undefined ? { parked } : { ignored });
    return;
  }
  const canonical = CanonicalEvent.parse({ type: expected.type, ...expected.event });
  const { data, ...rest } = canonical;
  const event = { namespace: 'pos', ...rest };
  if (canonical.type === 'sale.voided') {
    expect(made).toMatchObject({ event: { ...event, saleId: `pos:${canonical.data.orderNo}` } });
  } else if (canonical.type === 'product.removed') {
    expect(made).toMatchObject({ event: { ...event, sku: canonical.data.sku } });
  } else {
    const { unreadPhones } = expected;
    const said = unreadPhones && { unreadPhones };
    expect(made).toEqual({ event: expect.objectContaining({ ...event, data }), ...said });
  }
}
