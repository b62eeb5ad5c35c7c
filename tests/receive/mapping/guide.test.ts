/** 接入指南: the steps of docs/connect-your-erp.md, with the very blocks that stand there. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { processPending } from '../../../workers/engine/process.ts';
import { mapping as adapter } from '../../../workers/receive/erp/mapping.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { checkMapping } from '../../../workers/receive/mapping/check.ts';
import { requestOf, rowOf, sourceOf, type Fixture } from '../../support/erp/fixtures.ts';
import { now, shopOf } from '../../support/erp/tell.ts';
import { events } from '../../support/inbox.ts';

const guide = readFileSync(new URL('../../../docs/connect-your-erp.md', import.meta.url).pathname, 'utf8');

/** The text between the fences, as a reader would copy it into the file of that name. */
function block(name: string): string {
  const [, text] = new RegExp(`\`\`\`json ${name}\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  if (text === undefined) throw new Error(`the guide has no block ${name}`);
  return text;
}

const payload = block('payload.json');
const config: Readonly<Record<string, unknown>> = {
  verifier: { scheme: 'md5-body-suffix' },
  answer: {
    success: { body: 'SUCCESS', contentType: 'text/plain' },
    failure: { body: 'FAIL', contentType: 'text/plain' },
  },
  mapping: {
    version: 1,
    spec: JSON.parse(block('mapping.json')) as unknown,
    samples: [{ name: '一张小票', body: payload, expected: JSON.parse(block('expected.json')) as unknown }],
  },
};
const receipt: Fixture = {
  adapter: 'mapping',
  name: 'guide',
  says: 'the receipt of the guide',
  scheme: 'md5-body-suffix',
  config,
  headers: {},
  query: {},
  text: payload,
  events: [],
};

test('the mapping of the guide turns its payload into the event beside it, and may be saved', () => {
  expect(checkMapping(config)).toMatchObject({ ok: true });
  expect(adapter.checkConfig?.(config)).toEqual([]);
});

test('the receipt is sent twice, answered in the till’s words, and counts once', async () => {
  const shop = await shopOf(sourceOf(receipt));
  for (let time = 0; time < 2; time += 1) {
    const response = await receiveErp(shop.receiver, requestOf(receipt, { now }), 'shop');
    expect([response.status, await response.text()]).toEqual([200, 'SUCCESS']);
  }
  const forged = await receiveErp(shop.receiver, requestOf(receipt, { now, isForged: true }), 'shop');
  expect([forged.status, await forged.text()]).toEqual([401, 'FAIL']);
  await processPending(shop.engine, 10, now);
  expect(shop.db.all('SELECT id, store_id, paid_fen FROM sales')).toEqual([
    { id: 'pos:80012026112200017', store_id: '8005', paid_fen: 10360 },
  ]);
  expect(shop.db.all(`SELECT state FROM ${events}`)).toEqual([{ state: 'done' }]);
});

test('what the payload lacks is parked in the till’s words, and a better mapping reads it', async () => {
  const without = { ...receipt, text: payload.replace('"ssje"', '"shishou"') };
  const shop = await shopOf(sourceOf(receipt));
  await receiveErp(shop.receiver, requestOf(without, { now }), 'shop');
  await processPending(shop.engine, 10, now);
  expect(shop.db.all(`SELECT state, note FROM ${events}`)).toEqual([
    {
      state: 'parked',
      note: JSON.stringify({
        code: 'UNREADABLE',
        faults: [{ field: 'ssje', says: 'is required and not there' }],
      }),
    },
  ]);

  const spec = JSON.stringify(config).replaceAll('"path":"ssje"', '"path":"ssje|shishou"');
  const better = JSON.parse(spec) as typeof config;
  expect(checkMapping(better)).toMatchObject({ ok: true });
  const body = String(shop.db.all('SELECT body FROM inbox')[0]?.['body']);
  const row = rowOf({ senderId: 'x', type: 'sale.completed', body });
  expect(adapter.normalise(row, { ...sourceOf(receipt), config: better })).toMatchObject({
    event: { saleId: 'pos:80012026112200017', data: { amounts: { paidFen: 10360 } } },
  });
});
