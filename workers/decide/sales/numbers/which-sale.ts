/** 是不是同一单: whether what is told under a known number speaks of what is known, or of something that has the same number. */
import type {
  NumberPart,
  NumberPlace,
  Reason,
  ReasonOf,
  RefundCompleted,
  Sale,
  SaleCompleted,
  SaleLine,
  SaleVoided,
  StoreId,
} from '../../../../schema/index.ts';
import { timezoneOf } from '../../config.ts';
import { buyerNamed, isBuyer } from '../../members/buyer.ts';
import { localDate } from '../../plain/dates.ts';
import { numberingWith } from '../../plain/numbering.ts';
import type { Order } from '../../plain/versions.ts';
import type { World } from '../../world.ts';

type Differences = ReasonOf<'NUMBER_TAKEN'>['differs'];

/** A sale told under a known number, and how its version stands to the one that is known. */
type Telling = {
  readonly event: SaleCompleted;
  readonly lines: readonly SaleLine[];
  readonly order: Order;
};

/**
 * Null when it is the same sale. Another place is a correction if the same buyer says so; of a sale that nobody is known to have
 * made, the goods have to be the same. Without another version nothing was corrected: then it is another sale.
 */
export function ofAnotherSale(world: World, known: Sale, { event, lines, order }: Telling): Reason | null {
  const { data } = event;
  const differs = [
    ...differing('store', known.storeId, data.store.id),
    ...differing('day', dayOf(known, data.businessDate), toldDay(world, event, known)),
    ...differing('terminal', known.terminal, data.terminal),
  ];
  if (differs.length === 0) return null;
  const buyer = buyerNamed(world, event, data.member);
  const isSame =
    known.memberId === null
      ? hasSameGoods(world, known, event, lines) && (buyer.kind === 'nobody' || order === 'later')
      : isBuyer(buyer, known.memberId);
  if (isSame && isToldByTwo(world, known, { event, lines, order })) return null;
  return isSame && order !== 'same' ? null : taken('sale', known.orderNo, differs);
}

/** 总店和分店: each tells the sale as its own. Nobody buys the same at the same moment twice; of strangers nobody knows. */
function isToldByTwo(world: World, known: Sale, { event, lines, order }: Telling): boolean {
  const isOneMoment = order === 'same' && known.memberId !== null && known.occurredAt === event.occurredAt;
  const isOneTill = differing('terminal', known.terminal, event.data.terminal).length === 0;
  return isOneMoment && isOneTill && hasSameGoods(world, known, event, lines);
}

/** Whether both were paid the same for the same lines. */
export function hasSameGoods(
  world: World,
  known: Sale,
  { data }: SaleCompleted,
  lines: readonly SaleLine[],
): boolean {
  const stored = world.lines.get(known.id) ?? [];
  return known.paidFen === data.amounts.paidFen && essenceOf(stored) === essenceOf(lines);
}

const essenceOf = (lines: readonly SaleLine[]): string =>
  lines
    .map(({ lineNo, sku, quantityMilli, paidFen }) => JSON.stringify([lineNo, sku, quantityMilli, paidFen]))
    .toSorted()
    .join();

/** A business day is compared with a business day, and where one has none, the day on which it happened. */
const dayOf = (known: Sale, told: string | null | undefined): string =>
  told == null || known.businessOn === null ? known.occurredOn : known.businessOn;

function toldDay(world: World, { data, occurredAt }: SaleCompleted, known: Sale): string {
  if (data.businessDate != null && known.businessOn !== null) return data.businessDate;
  // Checked against the form of an id at the edge; here it only changes its name.
  return localDate(occurredAt, timezoneOf(world.config, data.store.id as StoreId));
}

/**
 * The day that a return names is its sale's and nobody else's. The store may be the one where the goods came back: there the buyer
 * speaks, and where none is named, what was bought.
 */
export function refundOfAnother(world: World, sale: Sale, event: RefundCompleted): Reason | null {
  const { data } = event;
  const days = soldOn(sale, data.orderedOn);
  const differs = [...differing('store', sale.storeId, data.store?.id), ...days];
  if (differs.length === 0) return null;
  const buyer = buyerNamed(world, event, data.member);
  const isSame =
    sale.memberId !== null && buyer.kind !== 'nobody'
      ? isBuyer(buyer, sale.memberId)
      : isOutOf(world, sale, event);
  return isSame && days.length === 0 ? null : taken('refund', sale.orderNo, differs);
}

/** Whether what came back can have been in the basket. */
function isOutOf(world: World, sale: Sale, { data }: RefundCompleted): boolean {
  const sold = new Set((world.lines.get(sale.id) ?? []).map(({ sku }) => String(sku)));
  const returned = data.lines.filter(({ kind }) => kind !== 'exchange_out');
  return data.amounts.refundedFen <= sale.paidFen && returned.every(({ sku }) => sold.has(sku));
}

/** A void names no buyer and takes everything back. */
export function voidOfAnother(sale: Sale, { place }: SaleVoided): Reason | null {
  const differs = [...differing('store', sale.storeId, place?.store), ...soldOn(sale, place?.day)];
  return differs.length === 0 ? null : taken('void', sale.orderNo, differs);
}

function soldOn({ businessOn, occurredOn }: Sale, told: string | null | undefined): Differences {
  const day = businessOn ?? occurredOn;
  return told === occurredOn ? [] : differing('day', day, told);
}

/** What one of them does not say makes no difference. */
export function differing(
  part: NumberPart,
  known: string | null,
  told: NumberPlace[NumberPart],
): Differences {
  return known === null || told == null || known === told ? [] : [{ part, known, told }];
}

export const taken = (
  about: ReasonOf<'NUMBER_TAKEN'>['about'],
  number: string,
  differs: Differences,
): Reason => ({
  code: 'NUMBER_TAKEN',
  about,
  number,
  differs,
  numbering: numberingWith(differs.map(({ part }) => part)),
});
