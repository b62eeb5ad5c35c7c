/** 原样显示: numbers with more digits than a float keeps are shown, compared and copied as they came. */
import { expect, test } from 'vitest';
import { insertSet } from '../../../workers/db/set.ts';
import { sources } from '../../../schema/index.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { requestOf, sourceOf } from '../../support/erp/fixtures.ts';
import { changed, fixture } from '../../support/erp/tell.ts';
import { inboxRows } from '../../support/shop.ts';
import { openOffice } from '../support.ts';

test('two revisions of a receipt that differ in the nineteenth digit differ, and say in which', async () => {
  const { admin, shop } = await openOffice();
  const first = fixture('pospal', 'sale');
  await shop.db.batch([insertSet(sources, [sourceOf(first)])]);
  const second = changed(first, ['1234567890123456789', '1234567890123456788']);
  for (const one of [first, second]) {
    await receiveErp(shop.receiver, requestOf(one, { now: shop.clock.now }), 'shop');
  }
  const { json } = await admin('GET', `/events/${String(inboxRows(shop.db).at(-1)?.id)}`);
  expect(json['diff']).toEqual([
    { path: 'uid', before: '1234567890123456789', after: '1234567890123456788' },
  ]);
  for (const shown of [json['body'], json['curl']]) {
    expect(shown).toContain('"uid":1234567890123456788');
    expect(shown).toContain('"customerUid":967000000000000123');
  }
});

test('a secret that is a number is covered like one that is text', async () => {
  const { admin, shop } = await openOffice();
  await shop.post({ type: 'ping', id: 'p', sign: 411391574328276013n.toString(), token: 12_345_678 });
  const { json } = await admin('GET', `/events/${String(inboxRows(shop.db)[0]?.id)}`);
  expect(JSON.parse(String(json['body']))).toMatchObject({ sign: '****', token: '****' });
});
