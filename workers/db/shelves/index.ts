/** Where every noun is kept. A noun without its shelf does not compile. */
import {
  checkIns,
  couponCodes,
  draws,
  exchanges,
  joinedDigests,
  mergers,
  packages,
  packageUses,
  products,
  recharges,
  referrals,
  salePayments,
  storedMoves,
  stores,
  voucherSales,
} from '../../../schema/index.ts';
import { associateShelf } from './associates.ts';
import { couponShelf } from './coupons.ts';
import type { Shelves } from './define.ts';
import { fanShelf, windowShelf } from './fans.ts';
import { memberCounterShelf } from './member-counters.ts';
import { pointSpendShelf } from './point-spends.ts';
import { reminderShelf } from './reminders.ts';
import { superMembershipShelf } from './super-memberships.ts';
import { tagShelf } from './tags.ts';
import { takenBackShelf } from './taken-back.ts';
import { transferShelf } from './transfers.ts';

export const shelves: Shelves = {
  associates: associateShelf,
  checkIns: { kept: { in: 'table', table: checkIns, read: { by: 'member' } } },
  couponCodes: {
    kept: { in: 'table', table: couponCodes, read: { by: 'key', column: 'id', asked: 'couponCodes' } },
  },
  coupons: couponShelf,
  draws: { kept: { in: 'table', table: draws, read: { by: 'key', column: 'id', asked: 'draws' } } },
  exchanges: {
    kept: { in: 'table', table: exchanges, read: { by: 'key', column: 'id', asked: 'exchanges' } },
  },
  fans: fanShelf,
  invited: {
    kept: {
      in: 'member',
      field: 'invited',
      places: { id: 0, at: 1, state: 2, terms: 3, spentFen: 4, rawFen: 5, waits: 6, candidates: 7 },
    },
  },
  joinedDigests: {
    kept: { in: 'table', table: joinedDigests, read: { by: 'key', column: 'key', asked: 'joinedDigests' } },
  },
  memberCounters: memberCounterShelf,
  mergers: {
    kept: { in: 'table', table: mergers, read: { by: 'key', column: 'from_id', asked: 'mergers' } },
  },
  pointSpends: pointSpendShelf,
  openings: {
    kept: { in: 'member', field: 'openings', places: { account: 0, amount: 1, firstId: 2, on: 3 } },
  },
  packages: {
    kept: { in: 'table', table: packages, read: { by: 'key', column: 'id', asked: 'packages' } },
  },
  packageUses: {
    kept: { in: 'table', table: packageUses, read: { by: 'key', column: 'id', asked: 'packageUses' } },
  },
  products: {
    kept: { in: 'table', table: products, read: { by: 'key', column: 'sku', asked: 'products' } },
  },
  recharges: {
    kept: { in: 'table', table: recharges, read: { by: 'key', column: 'id', asked: 'recharges' } },
  },
  referrals: {
    kept: { in: 'table', table: referrals, read: { by: 'key', column: 'id', asked: 'referrals' } },
  },
  reminders: reminderShelf,
  salePayments: {
    kept: { in: 'table', table: salePayments, read: { by: 'key', column: 'payment', asked: 'salePayments' } },
  },
  storedMoves: {
    kept: { in: 'table', table: storedMoves, read: { by: 'key', column: 'id', asked: 'storedMoves' } },
  },
  standings: {
    kept: {
      in: 'member',
      field: 'standing',
      places: { rank: 0, isManual: 1, sinceOn: 2, lastOn: 3, seenFen: 4, dayTotals: 5, tops: 6 },
    },
  },
  stores: { kept: { in: 'table', table: stores, read: { by: 'config' } } },
  superMemberships: superMembershipShelf,
  tagRules: {
    kept: {
      in: 'member',
      field: 'tagRules',
      places: { rule: 0, tag: 1, dayTotals: 2, met: 3 },
      // Of a rule that is no more.
      leaves: ({ dayTotals, met }) =>
        dayTotals.length === 0 && met === 0 ? { turn: 'past', order: 0 } : null,
    },
  },
  tags: tagShelf,
  takenBack: takenBackShelf,
  transfers: transferShelf,
  voucherSales: {
    kept: { in: 'table', table: voucherSales, read: { by: 'key', column: 'id', asked: 'voucherSales' } },
  },
  windows: windowShelf,
};
