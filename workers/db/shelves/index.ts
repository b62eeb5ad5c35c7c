/** Where every noun is kept. A noun without its shelf does not compile. */
import {
  joinedDigests,
  memberCounters,
  memberTags,
  products,
  recharges,
  reminders,
  stores,
} from '../../../schema/index.ts';
import type { SliceName } from '../../decide/slices/index.ts';
import { associateShelf } from './associates.ts';
import { couponShelf } from './coupons.ts';
import type { Shelf } from './define.ts';
import { fanShelf, windowShelf } from './fans.ts';
import { transferShelf } from './transfers.ts';

export const shelves: { readonly [Name in SliceName]: Shelf<Name> } = {
  associates: associateShelf,
  coupons: couponShelf,
  fans: fanShelf,
  joinedDigests: { table: joinedDigests, read: { by: 'key', column: 'key', asked: 'joinedDigests' } },
  memberCounters: { table: memberCounters, read: { by: 'member' } },
  products: { table: products, read: { by: 'key', column: 'sku', asked: 'products' } },
  recharges: { table: recharges, read: { by: 'key', column: 'id', asked: 'recharges' } },
  reminders: { table: reminders, read: { by: 'member' } },
  stores: { table: stores, read: { by: 'config' } },
  tags: { table: memberTags, read: { by: 'member' } },
  transfers: transferShelf,
  windows: windowShelf,
};
