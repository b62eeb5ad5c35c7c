/** 认不出的手机号: what was given as a phone and is none costs no sale, and is said in the event, from whatever system it came. */
import { expect, test } from 'vitest';
import { whyOf } from '../../workers/views/events/event-why.ts';
import { line, sale } from '../support/builders.ts';
import { openOffice } from '../api/support.ts';
import { fixture, understood } from '../support/erp/tell.ts';
import { inboxRows, openShop } from '../support/shop.ts';

const words = (field: string) =>
  `已处理完成。其中的手机号（${field}）不是完整的 11 位手机号，没有按它查找会员。`;

async function told(member: object | null): Promise<string[]> {
  const shop = await openShop();
  await shop.tell({ ...sale({ lines: [line()] }), data: { ...sale().data, member } });
  return inboxRows(shop.db).map((event) => `${event.state} ${whyOf(event)}`);
}

test.each(['139123454', '139****5487', '021-5555 1234', '13912345487转801', '１３９１２３４５'])(
  'a sale with the phone %s is done, and says that nobody was looked for by it',
  async (phone) => {
    expect(await told({ phone })).toEqual([`done ${words('data.member.phone')}`]);
    expect(await told({ externalId: 'M1', phone })).toEqual([`done ${words('data.member.phone')}`]);
  },
);

test.each([null, {}, { phone: '' }, { phone: '0' }, { phone: '无' }, { phone: '+86 139 1234 5487' }])(
  'a sale of %j has nothing to say of a phone',
  async (member) => {
    expect(await told(member)).toEqual(['done 已处理完成。']);
  },
);

test('a till’s own system is read in the same way, and the field has the till’s name', async () => {
  expect(await understood(fixture('youzan', 'member'))).toMatchObject({ unreadPhones: ['msg.mobile'] });
  expect(await understood(fixture('mapping', 'sale'))).toMatchObject({ unreadPhones: ['sjh'] });
});

test('the API refuses a phone that it cannot read, since nobody would look for the event', async () => {
  const { pos } = await openOffice();
  const refused = await pos('POST', '/members', { body: { externalId: 'M1', phone: '139****5487' } });
  expect([refused.status, refused.json['field']]).toEqual([422, 'phone']);
  const taken = await pos('POST', '/members', { body: { externalId: 'M1', phone: '（139）1234-5487' } });
  expect([taken.status, taken.json['phone']]).toEqual([201, '139****5487']);
});
