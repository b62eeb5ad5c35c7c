/** What every channel promises to the messages that go through it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import type { Context, Lines } from '../../workers/deliver/channels/define.ts';
import { channels } from '../../workers/deliver/channels/index.ts';
import { messageKinds } from '../../workers/deliver/words/words.ts';
import { fileOf, forgotten } from '../support/registry.ts';
import { smsSettings } from '../support/sms.ts';

const folder = 'workers/deliver/channels';

/** Somebody who can be reached every way, and a shop that has set up everything. */
const open: Context = {
  message: {
    seq: 7,
    kind: 'text',
    purpose: 'service',
    slots: { text: '谢谢光临', welcomeCode: 'W1', askedAt: '0' },
    text: '谢谢光临',
    url: null,
  },
  recipient: {
    memberId: 'm1',
    openid: 'open-1',
    phone: '13912345487',
    wecomUserId: 'wang',
    windows: [{ act: 'said', until: 2, messagesLeft: 5 }],
    permissions: new Map([['S1', 1]]),
    marketingSmsAt: [],
  },
  settings: MerchantSettings.parse({
    wechatTemplates: { text: { id: 'T1', fields: { thing1: 'text' } } },
    wechatSubscriptions: { text: { id: 'S1', fields: { thing1: 'text' } } },
    sms: smsSettings(['text']),
  }),
  now: 1,
};
const closed: Context = {
  ...open,
  message: { ...open.message, slots: { text: '谢谢光临' } },
  recipient: {
    memberId: null,
    openid: null,
    phone: null,
    wecomUserId: null,
    windows: [],
    permissions: new Map(),
    marketingSmsAt: null,
  },
  settings: MerchantSettings.parse({}),
};

type Heard = { readonly line: string; readonly what: unknown };

/** Lines that only write down what they are asked, and answer what they are told to. */
function listening(verdict: Awaited<ReturnType<Lines['sms']>>): { heard: Heard[]; lines: Lines } {
  const heard: Heard[] = [];
  const ok = { ok: true, reply: { errcode: 0, errmsg: 'ok', rid: null } } as const;
  const note = (line: string) => async (token: string, what: object) => {
    expect(token).toBe('token-1');
    heard.push({ line, what });
    return { ...ok, reply: { ...ok.reply, invalidUserIds: [] } };
  };
  const wechat = note('wechat');
  return {
    heard,
    lines: {
      wechat: async (call) => {
        await call({ sendTemplate: wechat, sendCustom: wechat, sendSubscription: wechat }, 'token-1');
        return verdict;
      },
      wecom: async (call) => {
        await call({ sendApp: note('wecom'), sendWelcome: note('wecom'), agentId: 1 }, 'token-1');
        return verdict;
      },
      sms: async (message) => {
        heard.push({ line: 'sms', what: message });
        return verdict;
      },
    },
  };
}

test('every file of the folder is in the list, and every channel has its file', async () => {
  expect(await forgotten(folder, channels)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(channels.map(({ name }) => fileOf(name)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(channels.map(({ name }) => name)).size).toBe(channels.length);
});

test('every kind of message knows only channels that exist, each once, and at least one', () => {
  const names = new Set<string>(channels.map(({ name }) => name));
  for (const [kind, { channels: wanted }] of Object.entries(messageKinds)) {
    expect({ kind, known: wanted.filter((name) => names.has(name)) }).toEqual({ kind, known: wanted });
    expect(new Set(wanted).size).toBe(wanted.length);
    expect(wanted.length).toBeGreaterThan(0);
  }
});

describe.each(channels)('$name', (channel) => {
  test('is open to somebody who can be reached every way, and says so without doing anything', () => {
    expect(channel.permits(open)).toBeNull();
    expect(channel.permits(structuredClone(open))).toBeNull();
  });

  test('says in Chinese why it cannot carry a message to nobody', () => {
    expect(channel.permits(closed)).toMatch(/\p{Script=Han}/u);
  });

  test('sends once, over its own line, to the one it was told, and hands back the verdict as it came', async () => {
    const verdict = { verdict: 'unsuitable', why: '不行', errcode: 43004 } as const;
    const { heard, lines } = listening(verdict);
    expect(await channel.send(open, lines)).toEqual(verdict);
    expect(heard).toEqual([{ line: channel.line, what: expect.anything() }]);
    expect(JSON.stringify(heard[0]?.what)).toMatch(/open-1|wang|13912345487|W1/);
  });

  test('counts for the one it sends to, if it counts at all, and is only exhausted if it counts', () => {
    const quota = channel.quota(open);
    const whose = ['open-1', 'm1'];
    expect(quota === null || whose.includes(quota.key[0])).toBe(true);
    expect(quota === null && channel.exhaustedBy.size > 0).toBe(false);
  });

  test('has a name for the merchant, and a price that is not negative', () => {
    expect(channel.label).toMatch(/\p{Script=Han}/u);
    expect(channel.costMilliYuan).toBeGreaterThanOrEqual(0);
  });
});
