/** What every channel promises to the messages that go through it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { channels } from '../../workers/deliver/channels/index.ts';
import { messageKinds } from '../../workers/deliver/words.ts';
import { fileOf, forgotten } from '../support/registry.ts';
import { playWechat } from '../support/wechat.ts';

const folder = 'workers/deliver/channels';
const outgoing = { seq: 7, kind: 'text', openid: 'open-1', slots: { text: '谢谢光临' }, text: '谢谢光临' };
const settings = MerchantSettings.parse({
  wechatTemplates: { text: { id: 'T1', fields: { thing1: 'text' } } },
});

test('every file of the folder is in the list, and every channel has its file', async () => {
  expect(await forgotten(folder, channels)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(channels.map(({ name }) => fileOf(name)).filter((file) => !files.includes(file))).toEqual([]);
});

test('every kind of message knows only channels that exist, and at least one', () => {
  const names = new Set<string>(channels.map(({ name }) => name));
  for (const [kind, { channels: wanted }] of Object.entries(messageKinds)) {
    expect({ kind, known: wanted.filter((name) => names.has(name)) }).toEqual({ kind, known: wanted });
    expect(wanted.length).toBeGreaterThan(0);
  }
});

describe.each(channels)('$name', ({ prepare }) => {
  test('sends to the one it was told, with the token it was given, and hands back the answer as it came', async () => {
    const wechat = playWechat(() => ({ errcode: 43004, errmsg: 'require subscribe' }));
    const prepared = prepare(outgoing, settings);
    if ('unsuitable' in prepared) throw new Error(prepared.unsuitable);
    expect(await prepared(wechat.client, 'token-1')).toEqual({
      ok: true,
      reply: { errcode: 43004, errmsg: 'require subscribe' },
    });
    expect(wechat.calls.map(({ token, body }) => [token, body['touser']])).toEqual([['token-1', 'open-1']]);
  });

  test('says why it cannot carry a message, without sending anything', () => {
    const empty = prepare({ ...outgoing, text: '', slots: {} }, MerchantSettings.parse({}));
    expect(empty).toEqual({ unsuitable: expect.stringMatching(/\p{Script=Han}/u) });
  });
});
