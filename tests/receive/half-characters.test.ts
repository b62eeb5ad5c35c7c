/** 半个字符: a lone surrogate is no UTF-8. Through whatever door it comes, no table holds one, and no id is made of one. */
import { getSignature } from '@wecom/crypto';
import { createCipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as tables from '../../schema/index.ts';
import { json, statement } from '../../workers/db/db.ts';
import { insertSet } from '../../workers/db/set.ts';
import { insertAlerts } from '../../workers/db/upkeep/alerts.ts';
import { processPending } from '../../workers/engine/process.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import { importFile } from '../../workers/receive/files/import.ts';
import { receiveWechat } from '../../workers/receive/wechat/wechat.ts';
import { openOffice } from '../api/support.ts';
import { official, openAccount } from '../support/account.ts';
import { line, sale } from '../support/builders.ts';
import { inboxRows, openShop, signedRequest, till, type Shop } from '../support/shop.ts';
import { sqliteDb, type TestDb } from '../support/sqlite.ts';
import { xlsx } from './files/files-support.ts';

/** Any text of UTF-16: half of what is drawn are halves. */
const spoilt = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0x20, max: 0xffff })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((units) => String.fromCharCode(...units));
const high = '\ud83d';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Every text of the database, as its bytes lie there, and every text within the JSON that is made of it in SQL. */
function expectWellFormed(db: TestDb): void {
  for (const { name } of db.all(`SELECT name FROM sqlite_master WHERE type = 'table'`)) {
    for (const { name: column } of db.all(`SELECT name FROM pragma_table_info(?)`, String(name))) {
      const rows = db.all(
        `SELECT CAST(${String(column)} AS BLOB) AS bytes FROM ${String(name)} WHERE typeof(${String(column)}) = 'text'`,
      );
      for (const { bytes } of rows) {
        const text = utf8.decode(bytes as Uint8Array);
        // A body is kept as it came, and its escapes are ASCII; nothing is ever read out of it in SQL.
        if (name === 'inbox' && column === 'body') continue;
        expect(`${String(name)}.${String(column)} ${text}`).not.toMatch(/\\ud[89ab]/i);
      }
    }
  }
}

const decide = async ({ engine, clock }: Shop): Promise<void> => {
  while ((await processPending(engine, 250, clock.now)) > 0);
};

describe('the database', () => {
  test('takes any text, alone, in a row, in a list of ids or in a document, and keeps it well-formed', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt, spoilt, async (one, other) => {
        const db = sqliteDb();
        await db.batch([
          statement(
            `INSERT INTO settings (key, value) VALUES ('text', ?1), ('json', ?2)`,
            one,
            json([one, { [other]: one }]),
          ),
          insertSet(tables.stores, [{ id: 'S1' as never, name: other, timezone: 'Asia/Shanghai' }]),
          insertSet(tables.sources, [{ ...till, name: one, config: { [one]: [other] } }]),
          insertAlerts([{ id: one, kind: 'wechat.callback-refused', sourceId: 'x', text: other, at: 0 }]),
        ]);
        expectWellFormed(db);
        // As SQL reads it out, too.
        const [read] = db.all(`SELECT CAST(value ->> 0 AS BLOB) AS bytes FROM settings WHERE key = 'json'`);
        expect(utf8.decode(read?.['bytes'] as Uint8Array)).toBe(one.toWellFormed());
        db.close();
      }),
      { numRuns: 50 },
    );
  });

  test('leaves whole characters as they are, however they are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(json({ [text]: [text, '\\ud83d'] })).toBe(JSON.stringify({ [text]: [text, '\\ud83d'] }));
        expect(statement('', text).params).toEqual([text]);
      }),
    );
  });
});

describe('a till', () => {
  test('may cut a name in the middle of a character: the sale counts, and the name is shown with a mark', async () => {
    const shop = await openShop();
    const event = sale({
      id: 'E1',
      orderNo: 'C1',
      member: { externalId: 'M1', name: `妞妞${high}` },
      lines: [line({ name: `${high}奶粉`, amountFen: 100 })],
    });
    await shop.tell(event, {
      ...event,
      id: 'E2',
      type: 'member.updated',
      data: { externalId: 'M1', name: `${high}妈` },
    });
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(shop.db.all('SELECT name FROM members')).toEqual([{ name: '\ufffd妈' }]);
    expectWellFormed(shop.db);
  });

  test('whose ids hold half of a character is told so: at once for the event’s own, in the event for the others', async () => {
    const shop = await openShop();
    expect(await shop.post(sale({ id: `x${high}y` }))).toMatchObject({
      status: 400,
      body: { field: 'id', detail: expect.stringContaining('half of a character') },
    });
    await shop.tell(sale({ id: 'E1', orderNo: `C${high}` }));
    expect(inboxRows(shop.db).map(({ note }) => note)).toEqual([
      {
        code: 'UNREADABLE',
        faults: [{ field: 'data.orderNo', says: expect.stringContaining('half of a character') }],
      },
    ]);
    expectWellFormed(shop.db);
  });

  test('may send any text in any field, in JSON with escapes', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt, spoilt, async (one, other) => {
        const shop = await openShop();
        const event = sale({ id: one, orderNo: other, member: { externalId: one, name: other } });
        const text = JSON.stringify({ ...event, extra: { [one]: other } });
        await receiveErp(shop.receiver, signedRequest(text, shop.clock.now), till.id);
        await shop.tell(
          sale({ id: 'E1', member: { externalId: 'M1', name: one }, lines: [line({ name: other })] }),
        );
        expectWellFormed(shop.db);
        shop.db.close();
      }),
      { numRuns: 50 },
    );
  });
});

test('the office may enter any text: what is shown is mended, and an id of half a character is refused', async () => {
  const { admin, shop } = await openOffice();
  await fc.assert(
    fc.asyncProperty(spoilt, async (text) => {
      await admin('PUT', '/stores/S1', { body: { name: text } });
      await admin('PUT', '/associates/g1', { body: { name: text, wecomUserId: text } });
      await admin('POST', '/members', { body: { externalId: 'M1', name: text } });
      await admin('PUT', '/settings', { body: { shopName: text.slice(0, 20) } });
    }),
    { numRuns: 20 },
  );
  expectWellFormed(shop.db);
  const refused = await admin('POST', '/members', { body: { externalId: `M${high}` } });
  expect([refused.status, refused.json['field']]).toEqual([422, 'externalId']);
});

test('a workbook may write halves: two of them are the character, one alone is a mark', async () => {
  const shop = await openShop();
  const bytes = xlsx([
    ['会员编号', '手机号', '姓名'],
    ['M1', '13912345487', '_xD83D__xDE00_妈妈_xD83D_'],
  ]);
  const given = {
    kind: 'members',
    mode: 'commit',
    history: 'auto',
    pointsFrom: 'import',
    source: till,
    content: { bytes },
    now: shop.clock.now,
  } as const;
  expect(await importFile({ db: shop.db, engine: shop.engine }, given)).toMatchObject({ errors: [] });
  await decide(shop);
  expect(shop.db.all('SELECT name FROM members')).toEqual([{ name: '😀妈妈\ufffd' }]);
  expectWellFormed(shop.db);
});

/** As WeChat seals any bytes, also those that are no text. */
function sealedBytes(message: Uint8Array): string {
  const key = Buffer.from(`${official.encodingAESKey}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([Buffer.alloc(16, 'r'), length, message, Buffer.from(official.appId)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64');
}

/** A message of WeChat's, sealed and signed as it is. */
function pushed(message: string | Uint8Array, now: number): Request {
  const sealed = sealedBytes(typeof message === 'string' ? Buffer.from(message) : message);
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), '1234'];
  const plain = [official.token, timestamp, nonce].toSorted().join('');
  const query = new URLSearchParams({
    signature: createHash('sha1').update(plain).digest('hex'),
    timestamp,
    nonce,
    encrypt_type: 'aes',
    msg_signature: getSignature(official.token, timestamp, nonce, sealed),
  });
  const body = `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  return new Request(`https://shop.example/hooks/wechat?${query.toString()}`, { method: 'POST', body });
}

test('a fan may say half of a character, in JSON and in XML: what WeChat signed is never lost over it', async () => {
  const shop = await openShop();
  const { receiver } = openAccount(shop);
  const said = {
    ToUserName: 'gh_1',
    FromUserName: 'o1',
    CreateTime: 1_795_330_740,
    MsgType: 'text',
    MsgId: 1,
  };
  const text = JSON.stringify({ ...said, Content: `好${high}` });
  expect((await receiveWechat(receiver, pushed(text, shop.clock.now))).status).toBe(200);
  const xml = `<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1795330740</CreateTime><MsgType>text</MsgType><Content>好&#xD83D;&#xDE00;&#xD83D;</Content><MsgId>2</MsgId></xml>`;
  expect((await receiveWechat(receiver, pushed(xml, shop.clock.now))).status).toBe(200);
  // What was cut between the bytes of a character.
  const bytes = Buffer.from(xml.replace(/&#.*;/, '说').replace('<MsgId>2', '<MsgId>3'));
  const cutAt = bytes.indexOf('</Content>') - 1;
  const cut = Buffer.concat([bytes.subarray(0, cutAt), bytes.subarray(cutAt + 1)]);
  expect((await receiveWechat(receiver, pushed(cut, shop.clock.now))).status).toBe(200);
  await decide(shop);
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(shop.db.all('SELECT text FROM contacts ORDER BY seq')).toEqual([
    { text: '好\ufffd' },
    { text: '好😀\ufffd' },
    { text: '好\ufffd' },
  ]);
  expectWellFormed(shop.db);
});
