/** 差多少: what the two sides of a day come to, for the stores that somebody may see, and how far apart they are. */
import type { Reconciliation, StoreCompared, StoreReceived } from '../../../../schema/index.ts';
import { isEqualDay } from '../../../decide/sales/reconcile.ts';
import { count, money } from '../kit/format.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';

export const reconciliationPath = '/console/reconciliation';
export const backToDays = { href: reconciliationPath, label: '回到对账' };
export const dayPath = (source: string): string => `${reconciliationPath}/${encodeURIComponent(source)}`;

export type Totals = NonNullable<StoreCompared['said']>;

const sumOf = (all: readonly Totals[]): Totals => ({
  orders: all.reduce((sum, { orders }) => sum + orders, 0),
  paidFen: all.reduce((sum, { paidFen }) => sum + paidFen, 0),
});

/** Only her stores; what the source did not name is on neither side. */
export function seenBy({ person }: Pick<Visit, 'person'>, day: Reconciliation) {
  const stores = day.stores.filter(({ id }) => maySeeStore(person, id as never));
  const named = stores.filter(({ said }) => said !== null);
  return {
    date: day.date,
    comparedAt: day.comparedAt,
    stores,
    isEqual: isEqualDay(stores),
    said: sumOf(named.flatMap(({ said }) => (said ? [said] : []))),
    received: sumOf(named.map(({ received }) => received)),
  };
}
export type Seen = ReturnType<typeof seenBy>;

/** 12 单 1,860 元，退 1 单 99 元 */
export const totalsText = ({ orders, paidFen, refunds, refundedFen }: Totals): string =>
  `${count(orders)} 单 ${money(paidFen)} 元` +
  (refunds === undefined && refundedFen === undefined
    ? ''
    : `，退 ${count(refunds ?? 0)} 单 ${money(refundedFen ?? 0)} 元`);

const apart = (what: string, by: number, shown: string): string[] =>
  by === 0 ? [] : [`${what}${by < 0 ? '少' : '多'} ${shown}`];

/** 少 1 单，少 99 元: how the shop stands to what was said. */
export function apartText(said: Totals, received: Totals): string {
  const by = (name: keyof StoreReceived): number =>
    said[name] === undefined ? 0 : (received[name] ?? 0) - said[name];
  const parts = [
    ...apart('', by('orders'), `${count(Math.abs(by('orders')))} 单`),
    ...apart('', by('paidFen'), `${money(Math.abs(by('paidFen')))} 元`),
    ...apart('退货', by('refunds'), `${count(Math.abs(by('refunds')))} 单`),
    ...apart('退款', by('refundedFen'), `${money(Math.abs(by('refundedFen')))} 元`),
  ];
  return parts.length === 0 ? '一样' : parts.join('，');
}

export const storeApart = ({ said, received, differs }: StoreCompared): string => {
  if (said === null) return '没有报';
  const text = apartText(said, received);
  return differs.includes('orderNos') && text === '一样' ? '单号不一样' : text;
};
