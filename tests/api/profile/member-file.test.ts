/** 会员档案 over HTTP: J-24, A-12, J-18, with what stays hidden, and what is left after a merger and a farewell. */
import { expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { forgetAll } from '../../support/forgetting.ts';
import { useStages } from '../../support/reminding.ts';
import { memberId } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const idNumber = '11010519491231002X';

async function open(given: object = {}) {
  const office = await openOffice({});
  await office.admin('PUT', '/settings', { body: given });
  await office.shop.tell(sale({ orderNo: '1', member: { externalId: 'M1', phone: '13912345487' } }));
  await office.shop.tell(sale({ orderNo: '2', member: { externalId: 'M2', phone: '13800138000' } }));
  const [one, other] = ['M1', 'M2'].map((no) => String(memberId(office.shop.db, `ext:pos:${no}`)));
  const put = async (body: object, id = one) => office.admin('PUT', `/members/${id}/file`, { body });
  const look = async (id = one): Promise<Json> => (await office.admin('GET', `/members/${id}/file`)).json;
  return { ...office, one: one ?? '', other: other ?? '', put, look };
}
const audit = ({ shop }: Office) =>
  shop.db
    .all(`SELECT act, before, after FROM audit_rows WHERE act LIKE '%file' ORDER BY seq`)
    .map(({ act, before, after }) => [act, JSON.parse(String(before)), JSON.parse(String(after))]);
/** Of every row of every table. */
const everything = ({ shop }: Office): string =>
  shop.db
    .all(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => JSON.stringify(shop.db.all(`SELECT * FROM "${String(name)}"`)))
    .join('\n');

test('J-24, A-12: name, sex, birthday, address, postcode, work, income, education and a remark; each change is in the audit, before and after', async () => {
  const office = await open();
  const file = {
    name: '周女士',
    birthday: '1990-05-20',
    sex: 'female',
    address: '天河路1号',
    postcode: '510620',
    occupation: '教师',
    income: '5000-10000',
    education: 'bachelor',
    remark: '周末有空',
  };
  expect((await office.put(file)).json).toEqual({ ...file, idNumber: null, idConsentAt: null });
  await office.put({ address: '体育东路5号', remark: null });
  expect(await office.look()).toMatchObject({ ...file, address: '体育东路5号', remark: null });
  expect(audit(office)[1]).toEqual([
    'PUT /members/{id}/file',
    { address: '天河路1号', remark: '周末有空' },
    { address: '体育东路5号', remark: null },
  ]);
  expect((await office.admin('GET', `/members/${office.one}`)).json).toMatchObject({
    name: '周女士',
    birthday: '1990-05-20',
  });
});

test('what cannot be so is refused by its field, and a till neither reads nor writes a file', async () => {
  const office = await open();
  for (const [field, value] of Object.entries({
    postcode: '5106',
    income: '很多',
    education: 'x',
    sex: 'x',
    address: 'a'.repeat(201),
    birthday: '1990-02-30',
    remark: '',
  }))
    expect((await office.put({ [field]: value })).json).toMatchObject({ field });
  expect((await office.pos('GET', `/members/${office.one}/file`)).status).toBe(403);
  expect((await office.put({ sex: 'male' }, 'nobody')).json).toMatchObject({ code: 'unknown_member' });
});

test('J-24: an identity number is kept only where the shop wants it, with consent and its checksum, and nobody reads it again', async () => {
  const office = await open();
  const given = { idNumber, idConsent: true };
  expect((await office.put(given)).json).toMatchObject({ code: 'id_number_off' });
  await office.admin('PUT', '/settings', { body: { memberFile: { idNumber: true } } });
  expect((await office.put({ idNumber })).json).toMatchObject({ field: 'idConsent' });
  for (const wrong of ['110105194912310021', '11010519491331002X', '1101051949123100'])
    expect((await office.put({ idNumber: wrong, idConsent: true })).json).toMatchObject({
      field: 'idNumber',
    });
  const masked = '**************002X';
  expect((await office.put({ idNumber: '110105 19491231 002x', idConsent: true })).json).toMatchObject({
    idNumber: masked,
    idConsentAt: '2026-11-22T07:00:00.000Z',
  });
  expect(audit(office)).toEqual([
    [
      'PUT /members/{id}/file',
      { idNumber: null, idConsentAt: null },
      { idNumber: masked, idConsentAt: expect.any(Number) as number },
    ],
  ]);
  expect(everything(office)).not.toContain('19491231');
  await office.admin('PUT', '/settings', { body: { memberFile: { idNumber: false } } });
  expect((await office.put({ idNumber: null })).json).toMatchObject({ idNumber: null, idConsentAt: null });
});

test('merged, the one who stays keeps what is filled in, and blanks are filled; what is emptied then stays empty', async () => {
  const office = await open({ memberFile: { idNumber: true } });
  await office.put({ address: '天河路1号', remark: '甲' });
  await office.put({ address: '北京路2号', occupation: '医生', idNumber, idConsent: true }, office.other);
  await office.shop.tell({
    type: 'member.merged',
    id: 'm',
    occurredAt: '2026-11-22T15:00:00+08:00',
    data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
  } as never);
  const both = { address: '天河路1号', remark: '甲', occupation: '医生', idNumber: '**************002X' };
  expect(await office.look()).toMatchObject(both);
  expect(await office.look(office.other)).toMatchObject(both);
  await office.put({ occupation: null, address: null });
  expect(await office.look()).toMatchObject({ ...both, occupation: null, address: null });
});

test('forgotten, nothing of the file is left, nor of the one that a merger brought', async () => {
  const office = await open();
  await office.put({ address: '天河路1号' });
  await office.put({ address: '北京路2号' }, office.other);
  await office.shop.tell(
    {
      type: 'member.merged',
      id: 'm',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
    } as never,
    {
      type: 'member.deleted',
      id: 'd',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1' },
    },
  );
  await forgetAll(office.shop);
  expect(office.shop.db.all(`SELECT * FROM member_files`)).toEqual([]);
  expect(everything(office)).not.toMatch(/天河路|北京路/);
  expect((await office.admin('GET', `/members/${office.one}/file`)).status).toBe(404);
});

test('a system tells a file of a member: it fills blanks, takes nobody’s word away, and what cannot be so is left out', async () => {
  const office = await open();
  await office.put({ address: '天河路1号' });
  const told = (id: string, more: object) =>
    office.shop.tell({
      type: 'member.updated',
      id,
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1', ...more },
    } as never);
  await told('a', { address: '别处', occupation: '教师', sex: 'female', postcode: '5106', income: 'x' });
  expect(await office.look()).toMatchObject({
    address: '天河路1号',
    occupation: '教师',
    sex: 'female',
    postcode: null,
    income: null,
  });
});

test('J-18: the view of a member says what each child uses and how long still; a till sees the stage, and no day that betrays a birthday', async () => {
  const office = await open({ useStages });
  const body = { phone: '13912345487', name: '李', children: [{ born: '2026-05-27' }] };
  await office.admin('POST', '/members', { body });
  const of = async (who: 'admin' | 'pos') =>
    (await office[who]('GET', `/members/${office.one}`)).json['inUse'];
  // 179 days old on 2026-11-22.
  expect(await of('admin')).toMatchObject([
    { goods: 'milk', stage: '1段', nextStage: '2段', nextOn: '2026-11-23', daysLeft: 1, isByHand: false },
    { goods: 'nappy', stage: 'M', nextStage: 'L', daysLeft: 91 },
  ]);
  expect(await of('pos')).toMatchObject([
    { stage: '1段', nextStage: '2段', nextOn: null, daysLeft: null },
    {},
  ]);
});
