/** 资料单据: members, products, and the test of the connection. */
import type { EventsWords } from './define.ts';

const wangFang = {
  externalId: 'M1001',
  cardNo: '8005000011',
  phone: '13912345487',
  name: '王芳',
  registeredAt: '2026-11-22T14:30:00+08:00',
  birthday: '1992-05-20',
  children: [{ name: '小宝', birthday: '2026-03-15' }],
};
const milk = {
  sku: '6901234567892',
  name: '启赋蓝钻3段 900g',
  categoryPath: [
    { id: '01', name: '奶粉' },
    { id: '0101', name: '3段奶粉' },
  ],
  brand: '启赋',
  tags: ['新品'],
  pointsFactor: 1,
  status: 'active',
};

export const recordEvents = {
  'member.created': {
    summary: 'Somebody became a member',
    description:
      'Send it when a member is registered at the till: a new member receives what newcomers receive, and the numbers given lead to them from then on. Whoever is known by any of these numbers is found again and told the news of, so it counts once however often it is sent. `data` may be the member, or hold it under `member`.',
    example: { id: 'M1001-created', data: wangFang },
  },
  'member.updated': {
    summary: 'Something about a member changed',
    description:
      'Send it when the record of a member changes: it holds the present record, and means the same as member.created. What is left out stays as it was, a phone that the member proved by a code stays as well, and the same record again changes nothing.',
    example: {
      id: 'M1001-updated-3',
      data: { ...wangFang, level: '金卡会员', superUntil: '2027-11-22T23:59:59+08:00' },
    },
  },
  'member.merged': {
    summary: 'Two members are one',
    description:
      'Send it when the till joins two members: points, coupons, stored value and purchases of `from` go to `into`, and the numbers of both lead to it. If nobody has the number of `into` yet, it is one more number of `from`; told again, it changes nothing.',
    example: {
      id: 'merge-1007-1001',
      data: { from: { externalId: 'M1007' }, into: { externalId: 'M1001' } },
    },
  },
  'member.deleted': {
    summary: 'A member left',
    description:
      'Send it when a member asks to be deleted (注销): everything that says who they are is erased here, and only the anonymous books stay. It cannot be undone; somebody who is not known is no error.',
    example: { id: 'M1008-deleted', data: { externalId: 'M1008' } },
  },
  'product.upserted': {
    summary: 'An article is new or changed',
    description:
      'Send it when an article is listed or its record changes: categories, brand, tags and `pointsFactor` count for sales that happen from then on. It holds the whole record under its `sku`; the same record again changes nothing. `data` may be the product, or hold it under `product`.',
    example: { id: '6901234567892-v4', data: milk },
  },
  'product.removed': {
    summary: 'An article is not sold any more',
    description:
      'Send it when an article is taken off the list: it is shown as removed, and what was sold before stays what it was. Told again, it changes nothing.',
    example: { id: '6901234567892-removed', data: { sku: '6901234567892' } },
  },
  ping: {
    summary: 'Test the connection',
    description:
      'Send it to see whether address, secret and clock are right: it is verified and stored like any event, and nothing follows from it. To try any other event without effect, send it with `"test": true`.',
    example: { id: 'ping-20261122-1', data: {} },
  },
} satisfies EventsWords;
