/** 套餐单据: a package that is sold at the till, and each redemption of one of its items. */
import type { EventsWords } from './define.ts';

export const packageEvents = {
  'package.sold': {
    summary: 'A package was sold',
    description:
      'Send it when a member has paid for a package (套餐、次卡) that the till itself defines: they hold its items from then on, and it is redeemed in any store. Like a recharge it is no sale and earns no points: tell no sale of it besides. It is sold once under its `packageNo`, one number in all stores and for ever; the same number with other content is parked.',
    example: {
      id: 'TC8005-61',
      data: {
        packageNo: 'TC8005-61',
        store: { id: '8005', name: '天河店' },
        associate: { id: 'g7', name: '陈静' },
        member: { externalId: 'M1001', phone: '13912345487' },
        package: {
          id: 'P1',
          name: '洗澡次卡',
          items: [
            { id: 'bath', name: '洗澡', count: 10, unitPriceFen: 5000 },
            { id: 'care', name: '抚触', count: 2, unitPriceFen: 0 },
          ],
        },
        paidFen: 45000,
        validUntil: '2027-11-21',
      },
    },
  },
  'package.redeemed': {
    summary: 'Pieces of a package were redeemed',
    description:
      'Send it when a member uses up pieces of one item (核销), in whatever store: they go off what is left of the package. It is redeemed once for its `redeemNo`, or without one for each event, and waits for its package if that was not told yet. More than is left, and what is redeemed after the package is over, is parked.',
    example: {
      id: 'HX8005-204',
      data: {
        packageNo: 'TC8005-61',
        redeemNo: 'HX8005-204',
        businessDate: '2026-11-22',
        store: { id: '8005', name: '天河店' },
        terminal: '01',
        item: 'bath',
        count: 1,
      },
    },
  },
} satisfies EventsWords;
