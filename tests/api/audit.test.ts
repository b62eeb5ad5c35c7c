/** 操作记录 of programs: what a token changed stands beside what people changed, without secrets, and goes with a forgotten member. */
import { expect, test } from 'vitest';
import { sale } from '../support/builders.ts';
import { forgetAll } from '../support/forgetting.ts';
import { memberId } from '../support/shop.ts';
import { employ, signInAs } from '../pages/console/support.ts';
import { openPages, words } from '../pages/support.ts';
import { openOffice } from './support.ts';

const rows = ({ shop }: Awaited<ReturnType<typeof openOffice>>): unknown[] =>
  shop.db
    .all(`SELECT by, act, subject, person_id FROM audit_rows ORDER BY seq`)
    .map((row) => Object.values(row));

test('a store that a program entered is in the owner’s list, under the token’s name', async () => {
  const office = await openOffice();
  await office.admin('PUT', '/stores/9001', { body: { name: '越秀店' } });
  expect(rows(office)).toEqual([['hk_admin', 'PUT /stores/{id}', '9001', null]]);
  const pages = await openPages({ shop: office.shop });
  const owner = await signInAs(pages, await employ(pages, 'owner'));
  const list = words(await owner.get('/console/audit'));
  expect(list).toContain('令牌：hk_admin');
  expect(list).toContain('接口调用 PUT /stores/{id} 越秀店');
});

test('what is only read, tried or refused leaves nothing; neither does a till', async () => {
  const office = await openOffice();
  await office.shop.tell(sale({ member: { phone: '13912345487' } }));
  await office.admin('GET', '/stores');
  await office.admin('POST', '/wechat/replies/try', { body: { text: '积分' } });
  await office.admin('PUT', '/stores/9001', { body: { name: '' } });
  await office.pos('POST', '/members', { body: { phone: '13912345487', name: '李女士' } });
  expect(rows(office)).toEqual([]);
});

test('the same request sent twice with its key is one row', async () => {
  const office = await openOffice();
  const headers = { 'idempotency-key': 'k1' };
  const body = { name: '店员机', scope: 'admin' };
  await office.admin('POST', '/tokens', { body, headers });
  await office.admin('POST', '/tokens', { body, headers });
  expect(rows(office)).toHaveLength(1);
});

test('a member who asks to be forgotten is in no row any more; who did what stays', async () => {
  const office = await openOffice();
  await office.shop.tell(sale({ member: { externalId: 'M1', phone: '13912345487' } }));
  const id = String(memberId(office.shop.db, 'ext:pos:M1'));
  await office.admin('PUT', `/members/${id}/phone`, { body: { phone: '13800138000', reason: '本人到店' } });
  await office.shop.tell({
    type: 'member.deleted',
    id: 'd',
    occurredAt: '2026-11-22T15:00:00+08:00',
    data: { externalId: 'M1' },
  });
  await forgetAll(office.shop);
  expect(office.shop.db.all(`SELECT subject, before, after FROM audit_rows`)).toEqual([
    { subject: id, before: null, after: null },
  ]);
});
