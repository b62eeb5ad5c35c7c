/** 退货更正: the same return told again with other content is corrected by a higher version, and otherwise shown, never dropped. */
import { describe, expect, test } from 'vitest';
import { campaign, line, refund, sale } from '../../support/builders.ts';
import {
  balanceOf,
  inboxRows,
  ledgerFaults,
  ledgerRows,
  memberRows,
  openShop,
  saleRows,
  type Shop,
} from '../../support/shop.ts';

const m1 = 'ext:pos:M1';
const back = (version: string, amountFen: number) =>
  refund({
    id: `told-${version}-${amountFen}`,
    version,
    lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen })],
  });
const last = (shop: Shop) => {
  const row = inboxRows(shop.db).at(-1);
  return [row?.state, row?.note];
};
const stands = (shop: Shop) => ({
  points: balanceOf(shop.db, m1),
  keptFen: saleRows(shop.db)[0]?.keptFen,
  spentFen: memberRows(shop.db)[0]?.spentFen,
});

const sold = async (): Promise<Shop> => {
  const shop = await openShop();
  await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
  return shop;
};

describe('of 200, 50 come back, and the till tells the same return again', () => {
  test('with 80 and a higher version: 80 came back, and the ledger says what changed', async () => {
    const shop = await sold();
    await shop.tell(back('1', 5_000));
    expect(stands(shop)).toEqual({ points: 150, keptFen: 15_000, spentFen: 15_000 });
    await shop.tell(back('2', 8_000));
    expect(stands(shop)).toEqual({ points: 120, keptFen: 12_000, spentFen: 12_000 });
    expect(
      ledgerRows(shop.db)
        .filter(({ account }) => account === 'points')
        .map(({ delta, cause }) => [delta, cause]),
    ).toEqual([
      [200, 'sale:pos:8005-372'],
      [-50, 'refund:pos:8005-372/R1'],
      [-30, 'refund:pos:8005-372/R1@2'],
    ]);
    expect(shop.db.all('SELECT refund_no, version, refunded_fen FROM refunds')).toEqual([
      { refund_no: 'R1', version: '2', refunded_fen: 8_000 },
    ]);
  });

  test('with 20 and a higher version: 30 points come back to the member', async () => {
    const shop = await sold();
    await shop.tell(back('1', 5_000));
    await shop.tell(back('2', 2_000));
    expect(stands(shop)).toEqual({ points: 180, keptFen: 18_000, spentFen: 18_000 });
  });

  test.each([
    ['the newer first', ['10', '9']],
    ['the older first', ['9', '10']],
  ])('in two versions, %s, in one group or one by one: version 10 stands', async (_, versions) => {
    for (const isOneGroup of [true, false]) {
      const shop = await sold();
      const told = versions.map((version) => back(version, version === '10' ? 8_000 : 5_000));
      if (isOneGroup) await shop.tell(...told);
      else for (const body of told) await shop.tell(body);
      expect(stands(shop)).toEqual({ points: 120, keptFen: 12_000, spentFen: 12_000 });
      expect(ledgerFaults(shop.db)).toEqual([]);
    }
  });

  test('with 80 under the same version: parked with both amounts and what to do, and nothing changes', async () => {
    const shop = await sold();
    await shop.tell(back('1', 5_000));
    await shop.tell(back('1', 8_000));
    expect(last(shop)).toEqual([
      'parked',
      { code: 'REFUND_CHANGED', refundNo: 'R1', version: '1', refundedFen: 8_000, knownFen: 5_000 },
    ]);
    expect(stands(shop)).toEqual({ points: 150, keptFen: 15_000, spentFen: 15_000 });
  });

  test('with the same money for other goods under the same version: parked as well', async () => {
    const shop = await openShop();
    await shop.tell(sale({ lines: [line({ sku: 'milk' }), line({ sku: 'nappy' })] }));
    await shop.tell(refund({ id: 'a', lines: [line({ sku: 'milk', originalLineNo: '1' })] }));
    await shop.tell(refund({ id: 'b', lines: [line({ sku: 'nappy', originalLineNo: '2' })] }));
    expect(last(shop)[0]).toBe('parked');
  });

  test('with its lines in another order, or under another event id: known, and no more', async () => {
    const shop = await openShop();
    const lines = [line({ sku: 'milk', originalLineNo: '1' }), line({ sku: 'nappy', originalLineNo: '2' })];
    await shop.tell(sale({ lines: [line({ sku: 'milk' }), line({ sku: 'nappy' })] }));
    await shop.tell(refund({ id: 'a', lines }));
    await shop.tell(refund({ id: 'b', lines: lines.toReversed() }));
    expect(last(shop)).toEqual(['ignored', { code: 'REFUND_KNOWN', refundNo: 'R1' }]);
  });

  test('with an older version than the one that stands: ignored, and said so', async () => {
    const shop = await sold();
    await shop.tell(back('3', 5_000));
    await shop.tell(back('2', 8_000));
    expect(last(shop)).toEqual([
      'ignored',
      { code: 'REFUND_OUTDATED', refundNo: 'R1', version: '2', knownVersion: '3' },
    ]);
  });
});

test('two versions that waited for their sale end in the higher one', async () => {
  const shop = await openShop();
  await shop.tell(back('2', 8_000), back('1', 5_000));
  await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
  expect(stands(shop)).toEqual({ points: 120, keptFen: 12_000, spentFen: 12_000 });
});

test('a correction that leaves the basket above a threshold again earns what it stands for', async () => {
  const shop = await openShop({ campaigns: [campaign('满188')] });
  await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
  expect(balanceOf(shop.db, m1)).toBe(300);
  await shop.tell(back('1', 5_000));
  expect(balanceOf(shop.db, m1)).toBe(150);
  await shop.tell(back('2', 1_000));
  expect(balanceOf(shop.db, m1)).toBe(290);
});

describe('a return without an original', () => {
  const orphan = (given: Parameters<typeof refund>[0] = {}) =>
    refund({
      orderNo: null,
      scope: 'no_original',
      member: { externalId: 'M1' },
      refundedFen: 5_000,
      ...given,
    });

  test('told again with another amount is parked: nobody can say what the first one took', async () => {
    const shop = await sold();
    await shop.tell(orphan({ id: 'a' }));
    await shop.tell(orphan({ id: 'b', version: '2', refundedFen: 8_000 }));
    expect(last(shop)).toEqual([
      'parked',
      { code: 'ORPHAN_REFUND_CHANGED', refundNo: 'R1', refundedFen: 8_000, knownFen: 5_000 },
    ]);
    expect(balanceOf(shop.db, m1)).toBe(150);
  });

  test('told again with its sale is parked, and takes nothing a second time', async () => {
    const shop = await sold();
    await shop.tell(orphan({ id: 'a' }));
    await shop.tell(refund({ id: 'b', lines: [line({ originalLineNo: '1', amountFen: 5_000 })] }));
    expect(last(shop)).toEqual([
      'parked',
      { code: 'REFUND_TAKEN_BEFORE', refundNo: 'R1', orderNo: '8005-372' },
    ]);
    expect(balanceOf(shop.db, m1)).toBe(150);
  });
});
