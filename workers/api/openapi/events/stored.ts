/** 先付的钱: stored value that is put in, spent, given back, called off and paid out, and vouchers that are sold. */
import type { EventsWords } from './define.ts';

const store = { id: '8005', name: '天河店' };
const member = { externalId: 'M1001', phone: '13912345487' };
const place = { businessDate: '2026-11-22', store, terminal: '01' };
const template = 't_8f3k2m9q7w1x4z6b';

export const storedEvents = {
  'stored_value.recharged': {
    summary: 'Money was put on a card',
    description:
      'Send it when a member has paid for a top-up (储值充值): principal and bonus go on the card, a recharge is no sale and earns no points. It is booked once for its `rechargeNo`. Say both parts, or a `plan` of the settings, or `paidFen` alone, which is then principal.',
    example: {
      id: 'CZ8005-17',
      data: {
        rechargeNo: 'CZ8005-17',
        ...place,
        member,
        paidFen: 50000,
        principalFen: 50000,
        bonusFen: 5000,
      },
    },
  },
  'stored_value.spent': {
    summary: 'A bill was paid from the card',
    description:
      'Send it beside the sale whose bill was paid with stored value: it goes off the card, in the order of the settings unless both parts are told. It is booked once for its `spendNo`; more than there is is parked with both numbers.',
    example: {
      id: 'XF8005-372',
      data: {
        spendNo: 'XF8005-372',
        orderNo: '8005-372',
        ...place,
        member,
        amountFen: 10000,
        payableFen: 20720,
      },
    },
  },
  'stored_value.refunded': {
    summary: 'Money went back on the card',
    description:
      'Send it when goods that were paid from the card come back: the money goes into the parts from which it was spent, and never more than was spent. It is booked once for its `refundNo`, and waits for its spending if that was not told yet; where the till does not know the spending, say `member`, `principalFen` and `bonusFen`.',
    example: {
      id: 'TK8005-9',
      data: {
        refundNo: 'TK8005-9',
        spendNo: 'XF8005-372',
        ...place,
        member,
        spentOn: '2026-11-22',
        amountFen: 5000,
      },
    },
  },
  'stored_value.reversed': {
    summary: 'A recharge never was',
    description:
      'Send it when a recharge is called off (冲正): it goes off the card as a whole, while all of it is still there. It counts once for its `rechargeNo`.',
    example: {
      id: 'CZ8005-18-reversed',
      data: { rechargeNo: 'CZ8005-18', store, terminal: '01', orderedOn: '2026-11-22', member },
    },
  },
  'stored_value.cashed_out': {
    summary: 'Principal was paid out',
    description:
      'Send it when a member takes their money off the card (退卡): principal is paid out, and the same share of the bonus is given up with it, unless it is told. It is booked once for its `cashOutNo`.',
    example: {
      id: 'TX8005-3',
      data: { cashOutNo: 'TX8005-3', ...place, member, principalFen: 20000, bonusFen: 2000 },
    },
  },
  'voucher.sold': {
    summary: 'Vouchers were sold',
    description:
      'Send it when a coupon that is paid for in advance (预售券) was sold at the till: the member gets the vouchers and the codes. They are sold once under their `saleNo`; tell no sale of them besides. What was sold outside the days of its template is parked.',
    example: {
      id: '8005-402',
      data: { saleNo: '8005-402', ...place, member, templateId: template, count: 1, paidFen: 2000 },
    },
  },
  'voucher.refunded': {
    summary: 'Vouchers were paid back',
    description:
      'Send it when vouchers that are not used were paid back: they end, each of them once. `codes` says which; left out, all of the receipt that are not used.',
    example: {
      id: '8005-402-refund',
      data: { saleNo: '8005-402', store, terminal: '01', orderedOn: '2026-11-22', refundedFen: 2000 },
    },
  },
} satisfies EventsWords;
