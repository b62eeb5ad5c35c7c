/** 会员生日: told by the till, by a file or by herself on the page; it goes with the person. */
import { expect, test } from 'vitest';
import { inboxRows, memberRows, openShop } from '../support/shop.ts';
import { openOffice } from '../api/support.ts';
import { atForm, openPages, ordinary, signUp, words } from '../pages/support.ts';
import { counter } from '../receive/files/files-support.ts';

const told = (type: 'member.created' | 'member.updated', data: object, id: string = type) => ({
  type,
  id,
  occurredAt: '2026-11-22T14:00:00+08:00',
  data: { externalId: 'M1', ...data },
});

test('a till that tells 1990-05-20 is believed, and one that says nothing of it later changes nothing', async () => {
  const shop = await openShop();
  await shop.tell(told('member.created', { birthday: '1990-05-20' }));
  await shop.tell(told('member.updated', { level: '金卡' }));
  expect(memberRows(shop.db)).toMatchObject([{ birthdayOn: '1990-05-20', level: '金卡' }]);
});

test('a birthday of 1890 parks the event, and names the field', async () => {
  const shop = await openShop();
  await shop.tell(told('member.created', { birthday: '1890-05-20' }));
  const [row] = inboxRows(shop.db);
  expect([row?.state, JSON.stringify(row?.note)]).toEqual(['parked', expect.stringContaining('birthday')]);
});

test('a file with a column 生日 is read', async () => {
  const { shop, upload } = await counter();
  await upload('会员编号,生日\nM1,1990/5/20\n', { kind: 'members' });
  await shop.work();
  expect(memberRows(shop.db)).toMatchObject([{ birthdayOn: '1990-05-20' }]);
});

test('she may tell it when she registers; a day after today is said beside the field', async () => {
  const pages = await openPages({ now: '2026-11-22 15:00' });
  const visitor = pages.visitor();
  const token = await atForm(pages, visitor);
  const wrong = await visitor.post('/m/register', {
    ...ordinary,
    token,
    birthdayOn: '2027-01-01',
    code: '123456',
  });
  expect([wrong.status, words(wrong)]).toEqual([422, expect.stringContaining('生日不能晚于今天')]);
  await signUp(pages, pages.visitor(), { birthdayOn: '1990-05-20' });
  expect(memberRows(pages.shop.db)).toMatchObject([{ birthdayOn: '1990-05-20' }]);
});

test('the office sees it, the till does not', async () => {
  const office = await openOffice();
  await office.shop.tell(told('member.created', { birthday: '1990-05-20' }));
  const id = String(memberRows(office.shop.db)[0]?.id);
  const seen = async (client: typeof office.admin) =>
    (await client('GET', `/members/${id}`)).json['birthday'];
  expect([await seen(office.admin), await seen(office.pos)]).toEqual(['1990-05-20', null]);
});

test('two records that are one person keep it, and a member who is deleted has none', async () => {
  const shop = await openShop();
  await shop.tell(told('member.created', { cardNo: '1' }));
  await shop.tell({
    ...told('member.created', { birthday: '1990-05-20' }, 'other'),
    data: { externalId: 'M2', birthday: '1990-05-20' },
  });
  await shop.tell({
    type: 'member.merged',
    id: 'merged',
    occurredAt: '2026-11-22T14:30:00+08:00',
    data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
  });
  const kept = memberRows(shop.db).map(({ mergedInto, birthdayOn }) => [mergedInto === null, birthdayOn]);
  expect(kept.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [false, null],
    [true, '1990-05-20'],
  ]);
  await shop.tell({
    type: 'member.deleted',
    id: 'gone',
    occurredAt: '2026-11-22T14:40:00+08:00',
    data: { externalId: 'M1' },
  });
  expect(memberRows(shop.db).map(({ birthdayOn }) => birthdayOn)).toEqual([null, null]);
});
