/** 门店换绑: another WeChat, phone or associate for a member: by the office alone, with a reason that stays. */
import { describe, expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { memberId } from '../../support/shop.ts';
import { items, openOffice } from '../support.ts';

const phone = '13912345487';

async function withMember() {
  const office = await openOffice();
  await office.shop.tell(sale({ member: { externalId: 'M1', phone, openid: 'oOld' } }));
  const id = memberId(office.shop.db, 'ext:pos:M1');
  const kept = async (): Promise<unknown[]> =>
    items(await office.admin('GET', `/members/${id}/contacts`)).map(({ kind, channel, text }) => [
      kind,
      channel,
      text,
    ]);
  return { ...office, id, kept };
}

describe('the office', () => {
  test('binds another WeChat, the old one leads nowhere, and who did it and why is on record', async () => {
    const { admin, id, kept } = await withMember();
    const body = { openid: 'oNew', reason: '换了手机', proof: '身份证' };
    const answer = await admin('PUT', `/members/${id}/openid`, { body });
    expect([answer.status, answer.json['id']]).toEqual([200, id]);
    expect(items(await admin('GET', '/members?openid=oNew')).map((member) => member['id'])).toEqual([id]);
    expect(items(await admin('GET', '/members?openid=oOld'))).toEqual([]);
    expect(await kept()).toEqual([
      ['rebound', 'office', expect.stringMatching(/^.+：换绑了微信。原因：换了手机（核对了：身份证）$/)],
    ]);
  });

  test('asked twice changes nothing twice', async () => {
    const { admin, id, kept } = await withMember();
    const body = { openid: 'oNew', reason: '换了手机' };
    await admin('PUT', `/members/${id}/openid`, { body });
    expect((await admin('PUT', `/members/${id}/openid`, { body })).status).toBe(200);
    expect(await kept()).toHaveLength(1);
  });

  test('takes a WeChat away, and gives another phone: the old number leads nowhere', async () => {
    const { admin, id } = await withMember();
    const away = await admin('PUT', `/members/${id}/openid`, { body: { openid: null, reason: '微信被盗' } });
    expect(away.status).toBe(200);
    const moved = await admin('PUT', `/members/${id}/phone`, {
      body: { phone: '138 0013 8000', reason: '换号' },
    });
    expect(moved.json['phone']).toBe('13800138000');
    for (const query of ['openid=oOld', `phone=${phone}`]) {
      expect(items(await admin('GET', `/members?${query}`))).toEqual([]);
    }
  });

  test('gives the member to another associate, who has to be one', async () => {
    const { admin, id, kept } = await withMember();
    await admin('PUT', '/associates/g8', { body: { name: '陈美娟' } });
    const answer = await admin('PUT', `/members/${id}/associate`, {
      body: { associateId: 'g8', reason: '林小雨离职' },
    });
    expect(answer.json['associate']).toEqual({ id: 'g8', name: '陈美娟' });
    expect(await kept()).toEqual([
      ['rebound', 'office', expect.stringContaining('专属导购换成 陈美娟。原因：林小雨离职')],
    ]);
    const nobody = await admin('PUT', `/members/${id}/associate`, {
      body: { associateId: 'g99', reason: '试试' },
    });
    expect(nobody.json).toMatchObject({ status: 422, field: 'associateId' });
  });

  test('is refused what another member has, with the way to it', async () => {
    const { admin, shop, id } = await withMember();
    await shop.tell(
      sale({ orderNo: 'B', member: { externalId: 'M2', phone: '13800138000', openid: 'oOther' } }),
    );
    const wechat = await admin('PUT', `/members/${id}/openid`, { body: { openid: 'oOther', reason: '换' } });
    expect(wechat.json).toMatchObject({ status: 409, code: 'wechat_taken', field: 'openid' });
    const number = await admin('PUT', `/members/${id}/phone`, {
      body: { phone: '13800138000', reason: '换' },
    });
    expect(number.json).toMatchObject({ status: 409, code: 'phone_taken', field: 'phone' });
  });

  test('has to say why, about a member who is there', async () => {
    const { admin, id } = await withMember();
    expect((await admin('PUT', `/members/${id}/openid`, { body: { openid: 'oNew' } })).json).toMatchObject({
      status: 422,
      field: 'reason',
    });
    const missing = await admin('PUT', '/members/m_NOBODY/openid', { body: { openid: 'o', reason: '换' } });
    expect(missing.json).toMatchObject({ status: 404, code: 'unknown_member' });
  });
});

test.each(['openid', 'phone', 'associate'])('a till may not change the %s of anybody', async (what) => {
  const { pos, id } = await withMember();
  const answer = await pos('PUT', `/members/${id}/${what}`, { body: { reason: '换' } });
  expect(answer.json).toMatchObject({ status: 403, code: 'insufficient_scope' });
});
