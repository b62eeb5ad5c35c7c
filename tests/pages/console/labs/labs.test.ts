/** 接一台不认识的收银机, by its pages alone: a till that sends a form with JSON inside is connected, proven, signed, and changed. */
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSource } from '../../../../workers/db/sources/registered-sources.ts';
import { receiveErp } from '../../../../workers/receive/hook.ts';
import { campaign, spend } from '../../../support/builders.ts';
import { words, type Answered } from '../../support.ts';
import { openConsole, type Console } from '../support.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();
const secret = 'kJ8s-2mQ9-the-vendor';

/** As the till sends a sale: a form, its lines as JSON in a field, yuan as text, a time without a zone, `sign` over the sorted fields. */
function sold(no: string, key = secret): string {
  const fields: Record<string, string> = {
    djlx: 'XS',
    djh: no,
    xssj: '2026-11-22 14:30:00',
    mdbh: '8005',
    sjh: '13912345487',
    xm: '王芳',
    mx: JSON.stringify([{ tm: '6901234567892', mc: '纯牛奶', sl: '2', je: '99.00' }]),
    ssje: '99.00',
  };
  const sorted = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return new URLSearchParams({ ...fields, sign: md5(`${text}&key=${key}`) }).toString();
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What a browser would send of the form that the page holds. */
function formOf({ text }: Answered): Record<string, string> {
  const main = text.replace(/^[\s\S]*<main>/, '');
  const fields: Record<string, string> = {};
  const tags = /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/g;
  for (const [tag] of main.matchAll(tags)) {
    const [open = ''] = /^<[^>]*>/.exec(tag) ?? [];
    const [, name] = /\bname="([^"]+)"/.exec(open) ?? [];
    if (name === undefined || open.includes('type="checkbox"')) continue;
    const inner = tag.slice(open.length);
    const chosen = /<option value="([^"]*)" selected/.exec(inner) ?? /<option value="([^"]*)"/.exec(inner);
    const typed = open.startsWith('<textarea') ? inner.replace('</textarea>', '').trim() : chosen?.[1];
    fields[unescaped(name)] = unescaped(typed ?? /\bvalue="([^"]*)"/.exec(open)?.[1] ?? '');
  }
  return fields;
}

const mapping = '/console/sources/shouyin/mapping';
const signature = '/console/sources/shouyin/signature';

/** Every field of a sale, as a person picks them. */
const picked = {
  'f:~at': 'xssj',
  'f:orderNo': 'djh',
  'f:store.id': 'mdbh',
  'f:member.phone': 'sjh',
  'f:member.name': 'xm',
  'f:lines': 'mx',
  'f:lines.sku': 'tm',
  'f:lines.name': 'mc',
  'f:lines.quantity': 'sl',
  'f:lines.amountFen': 'je',
  'f:amounts.paidFen': 'ssje',
};

async function openTill() {
  const made = await openConsole({ campaigns: [campaign('满50送100分', { conditions: [spend(5_000)] })] });
  const { shop, send } = made;
  const registered = await send('/console/sources/connect/mapping', { name: '门店收银', id: 'shouyin' });
  const [, address = ''] = /id="address" value="([^"]+)"/.exec(registered.text) ?? [];
  const till = async (body: string, { to = unescaped(address), headers = {} } = {}): Promise<number> => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const answer = await receiveErp(
      shop.receiver,
      new Request(to, { method: 'POST', body, headers: type }),
      'shouyin',
    );
    // What was changed is known everywhere half a minute later.
    shop.clock.now += 60_000;
    await shop.work();
    return answer.status;
  };
  return { ...made, till, address: unescaped(address) };
}

async function press(
  { send, owner }: Pick<Console, 'send' | 'owner'>,
  page: Answered | string,
  fields: Record<string, string>,
): Promise<Answered> {
  const path = typeof page === 'string' ? page : mapping;
  const shown = typeof page === 'string' ? await owner.get(page) : page;
  const { token: _, ...held } = formOf(shown);
  return send(path, { ...held, ...fields });
}

const events = (made: Console): unknown[] =>
  made.shop.db.all(
    `SELECT d.state FROM inbox AS i JOIN decisions AS d ON d.seq = i.seq WHERE i.source_id = 'shouyin' ORDER BY i.seq`,
  );
/** What the page of the only event says it brought. */
async function brought({ shop, owner }: Console): Promise<string> {
  const [event] = shop.db.all(`SELECT id FROM inbox WHERE source_id = 'shouyin'`);
  const page = words(await owner.get(`/console/events/${String(event?.['id'])}`));
  return page.slice(page.indexOf('带来了什么'));
}

test('the address is there at once, the body is taken apart by itself, and what is picked is seen, tried, saved and counted', async () => {
  const made = await openTill();
  const { owner, till, send, shop } = made;
  expect(await till(sold('A-1'))).toBe(200);
  expect(events(made)).toEqual([{ state: 'parked' }]);

  const opened = await owner.get(mapping);
  expect(formOf(opened)).toMatchObject({ 's:0': 'form', 's:1': 'json', 'a:1': 'mx' });
  // What can be picked, with what stands there; of a person, only as much as may be seen.
  expect(opened.text).toContain('<option value="ssje">99.00</option>');
  expect(opened.text).toContain('<option value="sjh">139****5487</option>');
  expect(opened.text).not.toContain('13912345487');
  expect(words(opened)).toContain('小票号：还没有说在哪一栏');

  const first = await press(made, opened, { ...picked, 'f:amounts.paidFen': '' });
  expect(words(first)).toContain('实付：还没有说在哪一栏');
  expect(first.text).toContain('<option value="tm">6901234567892</option>');
  const seen = await press(made, first, { 'f:amounts.paidFen': 'ssje', act: 'look' });
  expect(words(seen)).toContain('都读出来了');
  expect(words(seen)).toMatch(/商品 1 · 这一行的金额 99元/);

  const dry = await press(made, seen, { act: 'dry' });
  expect(words(dry)).toContain('会处理：销售');
  expect((await readSource(shop.db, 'shouyin'))?.config?.['mapping']).toBeUndefined();

  const saved = await press(made, seen, { act: 'save' });
  expect([saved.status, saved.location]).toEqual([303, '/console/sources/shouyin?said=mapped']);
  expect(JSON.stringify((await readSource(shop.db, 'shouyin'))?.config)).not.toMatch(
    /13912345487|王芳|%E7%8E%8B%E8%8A%B3/,
  );
  await send('/console/sources/shouyin/replay', {});
  expect(events(made)).toEqual([{ state: 'parked' }]);
  await send('/console/sources/shouyin/replay', { sure: 'yes' });
  await shop.work();
  expect(events(made)).toEqual([{ state: 'done' }]);
  expect(await brought(made)).toContain('积分 +199');
});

const packings: Readonly<
  Record<string, (json: string) => readonly [body: string, decode: readonly object[]]>
> = {
  'base64 as a whole': (json) => [base64(json), [{ do: 'base64' }, { do: 'json' }]],
  'an escaped text': (json) => [encodeURIComponent(json), [{ do: 'url_decode' }, { do: 'json' }]],
  'base64 within a form': (json) => [
    new URLSearchParams({ v: '1', data: base64(json) }).toString(),
    [{ do: 'form' }, { do: 'base64', at: 'data' }, { do: 'json', at: 'data' }],
  ],
  'base64 within JSON': (json) => [
    JSON.stringify({ v: 1, data: base64(json) }),
    [{ do: 'json' }, { do: 'base64', at: 'data' }, { do: 'json', at: 'data' }],
  ],
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each(Object.entries(packings))(
  'whose sale it was is no part of the sample, also in %s',
  async (_, pack) => {
    const made = await openTill();
    const fields = Object.fromEntries(new URLSearchParams(sold('A-1')));
    const [body, decode] = pack(JSON.stringify({ ...fields, mx: JSON.parse(fields['mx'] ?? '') as unknown }));
    await made.till(body);
    const opened = await made.owner.get(mapping);
    const steps = Object.fromEntries(
      decode.flatMap((step, place) =>
        Object.entries(step).map(([name, value]) => [`${name === 'do' ? 's' : 'a'}:${place}`, String(value)]),
      ),
    );
    const inData = JSON.stringify(decode).includes('"at"') ? 'data.' : '';
    const paths = Object.entries(picked).map(([name, path]) => [
      name,
      name.startsWith('f:lines.') ? path : inData + path,
    ]);
    const typed = await press(made, opened, { ...Object.fromEntries(paths), ...steps, act: 'look' });
    expect((await press(made, typed, { act: 'save' })).status).toBe(303);
    const source = await readSource(made.shop.db, 'shouyin');
    const kept = JSON.stringify(source?.config?.['mapping']);
    expect(kept).toContain('"samples":[{');
    expect(kept.replaceAll(/[\w+/]{40,}=*/g, (one) => Buffer.from(one, 'base64').toString())).not.toMatch(
      /13912345487|王芳|%E7%8E%8B%E8%8A%B3/,
    );
  },
);

test('what is nothing without a phone is proven by another one than hers', async () => {
  const made = await openTill();
  await made.till(JSON.stringify({ kh: 'K-1', sj: '2026-11-22 14:30:00', sjh: '13912345487' }));
  const spec = {
    decode: [{ do: 'json' }],
    events: [
      {
        type: 'member.created',
        id: { path: 'kh', as: 'id' },
        occurredAt: { path: 'sj', as: 'datetime' },
        data: { object: { phone: { path: 'sjh', as: 'phone', required: true } } },
      },
    ],
  };
  const text = await press(made, await made.owner.get(mapping), { act: 'text' });
  const saved = await press(made, text, { text: JSON.stringify(spec), act: 'save' });
  expect(saved.status).toBe(303);
  expect(JSON.stringify((await readSource(made.shop.db, 'shouyin'))?.config)).not.toContain('13912345487');
});

test('the signature of what came is found, taken over by one click, and from then on asked for', async () => {
  const made = await openTill();
  const { till, send, shop, address } = made;
  await till(sold('A-1'));
  const wrong = await press(made, signature, { secret: 'somebody-elses-secret' });
  expect(words(wrong)).toContain('没有一种对得上');
  expect(words(wrong)).toContain('密钥不对，或者内容改过');

  const found = await press(made, signature, { secret });
  expect(words(found)).toContain('对上了 各栏按名字排好，连同密钥一起算');
  const [, take = ''] = /name="take" value="(\{[^"]+)"/.exec(found.text) ?? [];
  const taken = await send(signature, { ...formOf(found), take: unescaped(take) });
  expect(words(taken)).toContain('以后这样验签');
  const after = await readSource(shop.db, 'shouyin');
  expect(after?.config?.['verifier']).toMatchObject({ scheme: 'kv-digest', params: { secretGlue: '&key=' } });
  expect(after?.secrets).toEqual([{ secret, validTo: null }]);
  expect(await till(sold('A-2'))).toBe(200);
  expect(await till(sold('A-3', 'somebody-elses-secret'))).toBe(401);
  expect(await till(sold('A-3'), { to: address.replace(/\?.*/, '') })).toBe(200);
  expect(JSON.stringify(shop.db.all('SELECT * FROM audit_rows'))).not.toContain(secret);

  // And back to an address with a word in it, where nobody knows how it is signed.
  const asked = await send(signature, { ...formOf(found), take: 'url-token' });
  expect(words(asked)).toContain('原来的密钥马上作废');
  const open = await send(signature, { take: 'url-token', sure: 'yes' });
  expect(open.text).toMatch(/shouyin\?token=[\w-]{43}/);
});

test('an HMAC in a header of an odd name is found in what came, for its headers were kept', async () => {
  const made = await openTill();
  const body = sold('A-1').replace(/&sign=.*/, '');
  const code = createHmac('sha256', secret).update(body).digest('hex');
  await made.till(body, { headers: { 'x-jd-qm': code } });
  const found = await press(made, signature, { secret });
  expect(words(found)).toContain('对上了 正文的 HMAC');
  expect(found.text).toContain('x-jd-qm');
});

test('what a till sends again is one event, though its headers are others', async () => {
  const made = await openTill();
  for (const attempt of ['1', '2']) await made.till(sold('A-1'), { headers: { 'x-attempt': attempt } });
  expect(events(made)).toHaveLength(1);
});

test('what opens doors at the till stands on no page, in a field or in a header', async () => {
  const made = await openTill();
  const fields = { djh: 'A-1', app_secret: 'opens-1', token: 'opens-2' };
  const headers = { 'x-access-token': 'opens-3', 'x-app-secret': 'opens-4', 'api-key': 'opens-5' };
  await made.till(JSON.stringify(fields), { headers });
  const event = String(made.shop.db.all('SELECT id FROM inbox')[0]?.['id']);
  for (const path of [mapping, signature, `/console/events/${event}`])
    expect((await made.owner.get(path)).text).not.toMatch(/opens-\d/);
});

test('what is no header, no address and no JSON is said at its field, in Chinese', async () => {
  const made = await openTill();
  await made.till(sold('A-1'));
  const page = await press(made, signature, { headers: 'x sign = 1', url: 'till' });
  expect([page.status, words(page)]).toEqual([422, expect.stringContaining('请求头一行一个')]);
  expect(words(page)).toContain('请填以 http 开头');
  const text = await press(made, await made.owner.get(mapping), { act: 'text' });
  expect(words(await press(made, text, { text: '{"events"', act: 'look' }))).toContain('这不是 JSON');
  // What is no mapping at all is said as well, when it is put back into the form.
  for (const odd of ['{"events":[]}', '{"events":[null,1]}', '{"decode":["json",null],"events":[{}]}']) {
    const form = await press(made, text, { text: odd, act: 'form' });
    expect([odd, form.status, (await press(made, form, { act: 'look' })).status]).toEqual([odd, 200, 200]);
  }
  const strange = {
    decode: [{ do: 'form' }],
    events: [
      {
        type: 'sale.completed',
        id: { path: 'djh' },
        data: { object: { member: { object: { mobile: { path: 'sjh' } } } } },
      },
    ],
  };
  const named = await press(made, text, { text: JSON.stringify(strange), act: 'save' });
  expect(words(named)).toContain('没有叫 mobile 的栏目，是不是 phone？');
  expect((await readSource(made.shop.db, 'shouyin'))?.config?.['mapping']).toBeUndefined();
});

test('a return gets a rule of its own; a mapping that is changed later is tried before it is saved, and is written down', async () => {
  const made = await openTill();
  const { owner, till, shop } = made;
  await till(sold('A-1'));
  await press(made, await owner.get(mapping), {
    ...picked,
    'w:0': 'djlx',
    'o:0': 'is',
    'v:0': 'XS',
    act: 'save',
  });
  const refund = sold('R-1').replace('djlx=XS', 'djlx=TH') + '&ydh=A-1';
  await till(refund);
  expect(events(made)).toEqual([{ state: 'parked' }, { state: 'parked' }]);

  // It was taken apart before it was stored.
  const added = await press(made, await owner.get(mapping), { act: 'add' });
  const typed = await press(made, added, {
    'w:0': 'djlx',
    'v:0': 'TH',
    'f:~at': 'xssj',
    'f:refundNo': 'djh',
    'f:orderNo': 'ydh',
    'f:scope': '=full',
    'f:amounts.refundedFen': 'ssje',
    'u:amounts.refundedFen': 'yuan:abs',
    act: 'look',
  });
  expect(words(typed)).toContain('都读出来了');
  expect(words(await press(made, typed, { act: 'dry' }))).toMatch(/会处理：退货.*会处理：销售/);
  expect((await press(made, typed, { act: 'save' })).status).toBe(303);
  const rows = shop.db.all(
    `SELECT before, after FROM audit_rows WHERE act = 'source.mapping' ORDER BY rowid`,
  );
  expect(rows).toHaveLength(2);
  expect(JSON.parse(String(rows[1]?.['before']))).toMatchObject({ version: 1 });
  expect(JSON.parse(String(rows[1]?.['after']))).toMatchObject({ version: 2 });
  expect(JSON.stringify(rows)).not.toMatch(/13912345487|王芳/);

  // What was proven before may not become something else unseen.
  const other = await press(made, await owner.get(mapping), { 'f:store.id': '=8006', act: 'save' });
  expect(words(other)).toContain('原来存下的样例会读成别的');
  const accepted = await press(made, other, { act: 'save', accept: 'yes' });
  expect(accepted.status).toBe(303);
});

test('a till of another source, and a source with an adapter of its own, are nothing for this mapping', async () => {
  const made = await openTill();
  expect((await made.owner.get('/console/sources/till/mapping')).status).toBe(404);
  expect((await made.owner.get('/console/sources/till/signature')).status).toBe(200);
  const theirs = made.shop.db.all('SELECT id FROM inbox LIMIT 1')[0]?.['id'];
  expect(theirs).toBeUndefined();
});
