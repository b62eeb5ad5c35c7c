/** 余额以收银系统为准: the till keeps the balance itself; its word is followed, and where it is not ours the shop is told once a day. */
import { expect, test } from 'vitest';
import { memberId } from '../../support/shop.ts';
import { openOffice, type Json } from '../support.ts';

async function open(keepsBalance: boolean) {
  const office = await openOffice({ config: { keepsBalance } });
  const tell = (type: string, id: string, data: object) =>
    office.shop.tell({
      type: `stored_value.${type}`,
      id,
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { store: { id: '8005' }, member: { externalId: 'M1' }, ...data },
    } as never);
  const look = async (): Promise<Json> =>
    (await office.pos('GET', `/members/${memberId(office.shop.db, 'ext:pos:M1')}/stored-value`)).json;
  const alerts = () => office.shop.db.all(`SELECT text FROM alerts WHERE kind = 'stored.differs'`);
  return { ...office, tell, look, alerts };
}

test('what the till says is left is left, also where a recharge was never told; the shop reads of it once a day', async () => {
  const { tell, look, alerts } = await open(true);
  await tell('recharged', 'a', {
    rechargeNo: 'CZ1',
    principalFen: 10_000,
    balanceAfter: { principalFen: 10_000 },
  });
  await tell('spent', 'b', { spendNo: 'S1', principalFen: 3_000, balanceAfter: { principalFen: 7_000 } });
  expect([await look(), alerts()]).toMatchObject([{ correctedFen: 0, leftFen: 7_000 }, []]);
  // 200 were put in without a word of it.
  await tell('spent', 'c', { spendNo: 'S2', principalFen: 20_000, balanceAfter: { principalFen: 7_000 } });
  await tell('spent', 'd', { spendNo: 'S3', principalFen: 1_000, balanceAfter: { principalFen: 9_000 } });
  expect(await look()).toMatchObject({ rechargedFen: 10_000, leftFen: 9_000, principalFen: 9_000 });
  const sums = await look();
  expect(Number(sums['rechargedFen']) - Number(sums['spentFen']) + Number(sums['correctedFen'])).toBe(9_000);
  expect(alerts()).toMatchObject([{ text: expect.stringContaining('它说 70元，这里算出来是 0元') }]);
});

test('of a till that does not keep it, the balance it tells is not followed', async () => {
  const { tell, look, alerts } = await open(false);
  await tell('recharged', 'a', {
    rechargeNo: 'CZ1',
    principalFen: 10_000,
    balanceAfter: { principalFen: 1 },
  });
  expect([await look(), alerts()]).toMatchObject([{ leftFen: 10_000 }, []]);
});
