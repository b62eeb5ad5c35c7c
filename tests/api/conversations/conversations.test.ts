/** 会话 through the API: lists, what is unread, notes, and names that give nobody away. */
import { describe, expect, test } from 'vitest';
import type { AssociateId } from '../../../schema/index.ts';
import { events, openAccount } from '../../support/account.ts';
import { openThreadId, sealOpenid } from '../../../workers/views/thread-ids.ts';
import { seedMaker } from '../../../workers/engine/seeds.ts';
import { join } from '../../support/scenes.ts';
import { memberId } from '../../support/shop.ts';
import { items, openOffice, pages, type Json } from '../support.ts';

const guide = (id: string, name: string) => ({
  id: id as AssociateId,
  name,
  storeId: null,
  openid: null,
  wecomUserId: null,
  endedAt: null,
  successorId: null,
  codesGoOn: false,
  rev: 1,
});

async function open() {
  const office = await openOffice({ associates: [guide('12', '小李'), guide('13', '小王')] });
  const { shop } = office;
  const account = openAccount(shop);
  let said = 0;
  const say = async (openid: string, text: string): Promise<void> => {
    said += 1;
    shop.clock.now += 1_000;
    await account.push(openid, events.say(text, String(said)));
  };
  const list = async (query = ''): Promise<Json[]> =>
    items(await office.admin('GET', `/conversations${query}`));
  return { office, shop, account, say, list };
}

const lastTexts = (found: readonly Json[]): unknown[] => found.map(({ last }) => (last as Json)['text']);

describe('the list', () => {
  test('is newest first, each person once, and a new word brings them to the top', async () => {
    const { say, list } = await open();
    await say('oA', '一');
    await say('oB', '二');
    await say('oC', '三');
    await say('oA', '四');
    expect(lastTexts(await list())).toEqual(['四', '三', '二']);
  });

  test('goes page by page without losing or repeating anyone', async () => {
    const { office, say } = await open();
    for (let person = 0; person < 7; person += 1) await say(`o${String(person)}`, String(person));
    const found = await pages(office.admin, '/conversations', 3);
    expect(found.map(lastTexts)).toEqual([['6', '5', '4'], ['3', '2', '1'], ['0']]);
  });

  test('of an associate holds those who belong to them now, wherever they were written to before', async () => {
    const { office, shop, account, say, list } = await open();
    await account.push('oA', events.follow('adv_12'));
    await account.push('oB', events.follow('adv_13'));
    await account.push('oC', events.follow());
    for (const openid of ['oA', 'oB', 'oC']) await say(openid, openid);
    expect(lastTexts(await list('?associate=12'))).toEqual(['oA']);
    await join(shop, 'oA', '13912345487');
    const body = { phone: '13912345487', associateId: '13' };
    await office.admin('POST', '/members', { body });
    expect(lastTexts(await list('?associate=12'))).toEqual([]);
    expect(lastTexts(await list('?associate=13'))).toEqual(['oB', 'oA']);
  });

  test('shows a member with two accounts once, with what was said through either', async () => {
    const { office, shop, say, list } = await open();
    await say('oA', '一');
    await join(shop, 'oA', '13912345487');
    await say('oA2', '二');
    const id = memberId(shop.db, 'openid:oA');
    shop.db.all(`INSERT INTO identities VALUES ('openid:oA2', ?)`, id);
    expect(await list()).toMatchObject([{ thread: id, last: { text: '二' }, unread: 2 }]);
    const spoken = items(await office.admin('GET', `/conversations/${id}/messages`));
    expect(spoken.map(({ text }) => text)).toEqual(['二', '一']);
  });

  test('a picture is a message without words', async () => {
    const { account, list } = await open();
    await account.push('oA', {
      MsgType: 'image',
      PicUrl: 'http://mmbiz.example/1',
      MediaId: 'm',
      MsgId: '9',
    });
    expect(await list()).toMatchObject([{ last: { kind: 'image', text: null, direction: 'in' } }]);
  });
});

describe('what is unread', () => {
  test('is what they said since the last answer, or since somebody said that they have read', async () => {
    const { office, say, list } = await open();
    await say('oA', '一');
    await say('oA', '二');
    await say('oA', '三');
    const [found] = await list();
    expect(found?.['unread']).toBe(3);
    const thread = String(found?.['thread']);
    const spoken = items(await office.admin('GET', `/conversations/${thread}/messages`));
    const upTo = spoken.find(({ text }) => text === '二')?.['id'];
    const read = await office.admin('PUT', `/conversations/${thread}/read`, { body: { upTo } });
    expect([read.status, read.json]).toEqual([200, { unread: 1 }]);
    expect((await list())[0]?.['unread']).toBe(1);
    await office.admin('POST', `/conversations/${thread}/messages`, { body: { text: '好' } });
    expect((await list())[0]).toMatchObject({ unread: 0, last: { text: '好', direction: 'out' } });
    await say('oA', '四');
    expect((await list())[0]?.['unread']).toBe(1);
  });

  test('is not changed by a message of somebody else', async () => {
    const { office, say, list } = await open();
    await say('oA', '一');
    await say('oB', '二');
    const [b, a] = await list();
    const [own] = items(await office.admin('GET', `/conversations/${String(b?.['thread'])}/messages`));
    const path = `/conversations/${String(a?.['thread'])}/read`;
    const { status, json } = await office.admin('PUT', path, { body: { upTo: own?.['id'] } });
    expect([status, json['code']]).toEqual([404, 'unknown_message']);
  });
});

describe('notes', () => {
  test('a call and a visit are on the member’s record beside what was written', async () => {
    const { office, shop, say } = await open();
    await say('oA', '奶粉到了吗');
    await join(shop, 'oA', '13912345487');
    const id = memberId(shop.db, 'openid:oA');
    const add = (kind: string, text: string) => {
      shop.clock.now += 60_000;
      return office.admin('POST', `/members/${id}/contacts`, { body: { kind, text, associateId: '12' } });
    };
    const { status, json } = await add('call', '约周六来店');
    expect([status, json]).toEqual([
      201,
      {
        id: expect.stringMatching(/^note_/),
        direction: 'note',
        channel: 'phone',
        kind: 'call',
        text: '约周六来店',
        associateId: '12',
        at: '2026-11-22T07:01:01.000Z',
      },
    ]);
    await add('visit', '来过了');
    const found = await pages(office.admin, `/members/${id}/contacts`, 2);
    expect(found.map((page) => page.map(({ kind, text }) => [kind, text]))).toEqual([
      [
        ['visit', '来过了'],
        ['call', '约周六来店'],
      ],
      [['text', '奶粉到了吗']],
    ]);
  });

  test('the same note twice under one key is one note; the second answer does not repeat its words', async () => {
    const { office } = await open();
    const { json } = await office.pos('POST', '/members', { body: { phone: '13912345487' } });
    const path = `/members/${String(json['id'])}/contacts`;
    const given = { body: { kind: 'call', text: '无人接听' }, headers: { 'idempotency-key': 'n1' } };
    const first = await office.admin('POST', path, given);
    expect((await office.admin('POST', path, given)).json).toEqual({ ...first.json, text: null });
    expect(items(await office.admin('GET', path))).toMatchObject([{ text: '无人接听' }]);
  });

  test('a supervisor’s guidance stands in the conversation, and does not bring it to the top', async () => {
    const { office, say, list } = await open();
    await say('oA', '太贵了');
    await say('oB', '在吗');
    const thread = String((await list())[1]?.['thread']);
    const body = { text: '可以送一包湿巾' };
    const { status, json } = await office.admin('POST', `/conversations/${thread}/notes`, { body });
    expect([status, json]).toMatchObject([201, { direction: 'note', kind: 'guidance', channel: 'office' }]);
    const spoken = items(await office.admin('GET', `/conversations/${thread}/messages`));
    expect(spoken.map(({ direction, text }) => [direction, text])).toContainEqual(['note', '可以送一包湿巾']);
    expect(await list()).toMatchObject([{ last: { text: '在吗' } }, { last: { text: '太贵了' }, unread: 1 }]);
  });

  test('a member who is merged into another brings the record along', async () => {
    const { office, shop } = await open();
    const told = async (data: object) =>
      String((await office.pos('POST', '/members', { body: data })).json['id']);
    const from = await told({ cardNo: '11' });
    await office.admin('POST', `/members/${from}/contacts`, { body: { kind: 'visit', text: '来过' } });
    const into = await told({ phone: '13912345487' });
    await shop.tell({
      type: 'member.merged',
      id: 'merge-1',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { cardNo: '11' }, into: { phone: '13912345487' } },
    });
    for (const id of [from, into]) {
      const found = items(await office.admin('GET', `/members/${id}/contacts`));
      expect(found.map(({ text }) => text)).toEqual(['来过']);
    }
  });
});

describe('the name of a thread', () => {
  test('is the same every time, opens only here, and cannot be made up', async () => {
    const { shop, office } = await open();
    const sealed = await sealOpenid(shop.engine, 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o');
    expect(await sealOpenid(shop.engine, 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o')).toBe(sealed);
    expect(await sealOpenid(shop.engine, 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6p')).not.toBe(sealed);
    expect(await openThreadId(shop.engine, sealed)).toBe('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o');
    const elsewhere = { ...shop.engine, seeds: seedMaker('another secret of thirty-two characters!') };
    expect(await openThreadId(elsewhere, sealed)).toBe(null);
    for (const made of [`${sealed.slice(0, -2)}AA`, 'o_', 'o_!!', 'o_oUpF8uMuAJO', 'm_NOBODY']) {
      const { status, json } = await office.admin('GET', `/conversations/${made}/messages`);
      expect([made, status, json['code']]).toEqual([made, 404, 'unknown_thread']);
    }
  });
});

describe('followers', () => {
  test('are listed by openid with their member, whose they are, and whether they can be written to', async () => {
    const { office, shop, account, say } = await open();
    await account.push('oB', events.follow('src_hospital'));
    shop.clock.now += 120_000;
    await account.push('oA', events.follow('adv_12'));
    await join(shop, 'oA', '13912345487');
    // The minute after following has three of its own; what lasts is what is told.
    await say('oA', '在吗');
    const id = memberId(shop.db, 'openid:oA');
    expect(items(await office.admin('GET', '/fans'))).toMatchObject([
      {
        openid: 'oA',
        thread: id,
        memberId: id,
        associateId: '12',
        source: 'associate:12',
        window: { isOpen: true, messagesLeft: 5, until: '2026-11-24T07:02:01.000Z' },
      },
      {
        openid: 'oB',
        thread: expect.stringMatching(/^o_/),
        memberId: null,
        source: 'hospital',
        followedAt: '2026-11-22T07:00:00.000Z',
        window: { isOpen: false, messagesLeft: 0, until: null },
      },
    ]);
    const mine = items(await office.admin('GET', '/fans?associate=12'));
    expect(mine.map(({ openid }) => openid)).toEqual(['oA']);
  });

  test('are listed page by page, and no address holds an openid', async () => {
    const { office, account } = await open();
    for (const openid of ['oA', 'oB', 'oC']) await account.push(openid, events.follow());
    const found = await pages(office.admin, '/fans', 2);
    expect(found.map((page) => page.map(({ openid }) => openid))).toEqual([['oA', 'oB'], ['oC']]);
    const { json } = await office.admin('GET', '/fans?limit=1');
    expect(atob(String(json['next']).replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('oA');
    const { status } = await office.admin('GET', '/fans?after=Im9BIg');
    expect(status).toBe(422);
  });
});
