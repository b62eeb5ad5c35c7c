/** 单号或购物车号: what a till knows a receipt by, as the receipt itself is going to be known. */
import { defaultTimezone, type CouponRef, type Source } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { upkeepOf } from '../../db/sources/source-upkeep.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { numbered, numberingOf } from '../../decide/plain/numbering.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import { namespaceOf } from '../sources/namespace.ts';

export type ReceiptNamed = {
  readonly store: string;
  readonly orderNo?: string | null | undefined;
  readonly cartId?: string | null | undefined;
  readonly terminal?: string | null | undefined;
  readonly businessDate?: string | null | undefined;
};

/** Of a system whose numbers begin again, store, day and terminal belong to the number: the day is today, unless another is said. */
export async function receiptRef(
  db: Db,
  source: string | undefined,
  named: ReceiptNamed,
  now: number,
): Promise<CouponRef | Problem> {
  const { orderNo, cartId, store, terminal, businessDate } = named;
  if ((orderNo == null) === (cartId == null))
    return invalidField('orderNo', 'give either orderNo or, where there is no number yet, cartId');
  const found: (Partial<Source> & { namespace: string }) | Problem = await namespaceOf(db, source);
  if ('code' in found) return found;
  const { namespace, config = null } = found;
  if (orderNo == null) return `cart:${namespace}:${cartId}`;
  const numbering = numberingOf(config);
  const zone = config ? upkeepOf(config).zone : defaultTimezone;
  const made = numbered(numbering, orderNo, () => ({
    store,
    terminal,
    day: businessDate ?? localDate(now, zone),
  }));
  if ('missing' in made)
    return invalidField(
      made.missing === 'day' ? 'businessDate' : made.missing,
      `this system numbers ${numbering}`,
    );
  return `sale:${namespace}:${made.number}`;
}
