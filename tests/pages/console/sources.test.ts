/** 来源: a system is connected by form, its page says what it sends and where, and its secret is changed without losing a sale. */
import { expect, test } from 'vitest';
import { readSource } from '../../../workers/db/sources/registered-sources.ts';
import { senders } from '../../../workers/receive/senders.ts';
import { fieldOf, type Field } from '../../../workers/pages/console/form/field.ts';
import { systemForm, wordsOfSystem } from '../../../workers/pages/console/access/systems.ts';
import { systemWords } from '../../../workers/pages/console/words/systems.ts';
import { line, refund, sale } from '../../support/builders.ts';
import { words } from '../support.ts';
import { openConsole } from './support.ts';

test.each(senders.kinds())(
  '$label says in Chinese how it is connected, and every field of its form has its words',
  (kind) => {
    expect(systemWords[kind.name]?.steps.length).toBeGreaterThan(0);
    const names = (field: Field): string[] => [
      field.name,
      ...(field.is === 'group' ? field.fields.flatMap(names) : []),
    ];
    const asked = names(fieldOf(systemForm(senders, kind))).filter((name) => name !== '');
    expect(asked.filter((name) => wordsOfSystem(kind)[name] === undefined)).toEqual([]);
  },
);

/** What each form is filled with; a system that is not here needs only a name and an id. */
const filled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  youzan: { 'secret.client_id': '5f0c7b1e9a', 'secret.client_secret': 'abcdef0123456789' },
  pospal: {
    secret: '425063184122690880',
    host: 'https://area8-win.pospal.cn:443',
    appId: '425063AF22F0F8E3A6E4AB6B34F49FF2',
  },
  weimob: {
    'secret.clientId': 'abcdef012345',
    'secret.clientSecret': 'abcdef0123456789',
    shopId: '4000000000',
  },
  jst: { secret: 'abcdef0123456789' },
  qimen: { secret: 'abcdef0123456789', storeId: '8005' },
  eleme: { secret: 'abcdef0123456789' },
  meituan: { secret: 'abcdef0123456789' },
  keruyun: { secret: 'abcdef0123456789' },
  yonyou: {
    'secret.token': 'abcdef',
    'secret.encodingAesKey': 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    'secret.suiteKey': 'suite0123',
  },
  shopify: { secret: 'abcdef0123456789' },
  square: { secret: 'abcdef0123456789' },
  stripe: { secret: 'whsec_abcdef0123456789' },
  loyverse: { secret: 'abcdef0123456789' },
};

test('each system is registered by what its form asks, and shows its address', async () => {
  const { send, shop } = await openConsole();
  const wrong: string[] = [];
  for (const { name, label } of senders.kinds()) {
    const answer = await send(`/console/sources/connect/${name}`, {
      name: label,
      id: `s-${name}`,
      ...filled[name],
    });
    const isThere = (await readSource(shop.db, `s-${name}`)) !== null;
    if (!isThere || (name !== 'pospal' && !answer.text.includes(`/hooks/erp/s-${name}`)))
      wrong.push(`${name}: ${words(answer).slice(0, 300)}`);
  }
  expect(wrong).toEqual([]);
});

test('an id that is taken and a secret of another shape are refused at their fields, and nothing is changed', async () => {
  const { send, shop } = await openConsole();
  const before = await readSource(shop.db, 'till');
  const taken = await send('/console/sources/connect/jst', {
    name: '聚水潭',
    id: 'till',
    secret: 'abcdef0123456789',
  });
  expect([taken.status, taken.text.includes('这个编号已经有了')]).toEqual([409, true]);
  expect(await readSource(shop.db, 'till')).toEqual(before);
  const short = await send('/console/sources/connect/stripe', { name: 'Stripe', id: 'stripe', secret: 'no' });
  expect([short.status, short.text.includes('id="secret-problem"')]).toEqual([422, true]);
});

test('its page shows what came, what waits for a person, and the address to paste', async () => {
  const { owner, shop } = await openConsole();
  await shop.tell(sale({ orderNo: 'A-1', lines: [line({ amountFen: 20_000 })] }));
  await shop.tell(refund({ orderNo: 'A-1', refundNo: 'R1', lines: [line({ lineNo: '9', sku: 'nothing' })] }));
  const page = await owner.get('/console/sources/till');
  expect(page.text).toContain('https://shop.example/hooks/erp/till');
  expect(words(page)).toMatch(/一天内发来 2 条/);
  expect(words(page)).toContain('试一笔');
  expect(words(await owner.get('/console/sources'))).toContain('通用接口（签名 JSON）');
});

test('another secret is asked about first, shown once, and kept out of the audit; the old one goes on for a day', async () => {
  const { send, owner, shop } = await openConsole();
  const path = '/console/sources/till/rotate';
  await send(path, {});
  expect((await readSource(shop.db, 'till'))?.secrets).toHaveLength(1);
  const changed = await send(path, { sure: 'yes' });
  const [, secret = ''] = /id="secret" value="([^"]+)"/.exec(changed.text) ?? [];
  const after = await readSource(shop.db, 'till');
  expect(after?.secrets).toEqual([
    { secret, validTo: null },
    { secret: expect.any(String), validTo: shop.clock.now + 24 * 3_600_000 },
  ]);
  expect((await owner.get('/console/sources/till')).text).not.toContain(secret);
  expect(JSON.stringify(shop.db.all('SELECT * FROM audit_rows'))).not.toContain(secret);
});
