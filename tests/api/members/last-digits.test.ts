/** 手机尾号找会员: an index leads to those whose phone ends so, however many members there are, and follows whoever joins, parts or leaves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../../scripts/runtime.ts';
import { d1 } from '../../../workers/d1.ts';
import type { Db } from '../../../workers/db/db.ts';
import { findByLastDigits } from '../../../workers/db/members/members.ts';
import { sale } from '../../support/builders.ts';
import { memberId } from '../../support/shop.ts';
import { items, openOffice, type Office } from '../support.ts';

describe('among 5,000 members', () => {
  let runtime: Runtime;
  let db: Db;
  let rowsRead = 0;
  beforeAll(async () => {
    runtime = await startRuntime();
    const inner = d1(await runtime.db());
    db = {
      batch: async (statements) => {
        const results = await inner.batch(statements);
        rowsRead += results.reduce((sum, one) => sum + one.rowsRead, 0);
        return results;
      },
    };
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)`;
    const phone = `'1390' || printf('%07d', i * 37)`;
    await inner.batch([
      {
        sql: `INSERT INTO members (id, name, phone, orders, spent_fen, created_at, version)
          ${numbers} SELECT 'm_' || i, '会员' || i, ${phone}, 0, 0, 0, 1 FROM n`,
        params: [],
      },
      {
        sql: `INSERT INTO identities ${numbers} SELECT 'phone:' || ${phone}, 'm_' || i FROM n
          UNION ALL SELECT 'openid:o' || i, 'm_' || i FROM n`,
        params: [],
      },
    ]);
  });
  afterAll(async () => runtime.stop());

  test('finding one by the last four digits reads fewer than 30 rows', async () => {
    const found = await findByLastDigits(db, { digits: '0037', name: '会员', limit: 20 });
    expect(found.map(({ member }) => member.phone)).toEqual(['13900000037']);
    expect(rowsRead).toBeLessThan(30);
  });
});

const last4 = async ({ pos }: Office, digits: string, name?: string): Promise<unknown[]> =>
  items(await pos('POST', '/members/find', { body: { last4: digits, ...(name && { name }) } })).map(
    ({ id }) => id,
  );

describe('whoever', () => {
  test('has two phones is found by either; merged, by those of both, and once; forgotten, by none', async () => {
    const office = await openOffice();
    const { shop } = office;
    await shop.tell(
      sale({ orderNo: 'A', member: { externalId: 'M1', phone: '13912345487', name: '王秀英' } }),
      sale({ orderNo: 'B', member: { externalId: 'M1', phone: '13800005555' } }),
      sale({ orderNo: 'C', member: { cardNo: 'C2', phone: '13700005487', name: '李建国' } }),
    );
    const [wang, li] = [memberId(shop.db, 'ext:pos:M1'), memberId(shop.db, 'card:pos:C2')];
    expect(await last4(office, '5487')).toEqual([wang, li].toSorted());
    expect(await last4(office, '5487', '建国')).toEqual([li]);
    expect(await last4(office, '5555')).toEqual([wang]);
    await shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { cardNo: 'C2' }, into: { externalId: 'M1' } },
    });
    expect([await last4(office, '5487'), await last4(office, '5555')]).toEqual([[wang], [wang]]);
    await shop.tell({
      type: 'member.deleted',
      id: 'deleted',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1' },
    });
    expect([await last4(office, '5487'), await last4(office, '5555')]).toEqual([[], []]);
  });

  test('changes the phone is found by the new one alone', async () => {
    const office = await openOffice();
    const { shop, admin } = office;
    await shop.tell(sale({ member: { externalId: 'M1', phone: '13912345487' } }));
    const id = memberId(shop.db, 'ext:pos:M1');
    await admin('PUT', `/members/${id}/phone`, { body: { phone: '13800005555', reason: '换号' } });
    expect([await last4(office, '5487'), await last4(office, '5555')]).toEqual([[], [id]]);
  });
});
