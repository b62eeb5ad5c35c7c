/** 单号: by what a sale, a return or a recharge is known, as its source numbers them; made once, here. */
import {
  defaultTimezone,
  numberParts,
  type Numbering,
  type NumberPart,
  type NumberPlace,
  type Reason,
  type RechargeData,
  type RefundData,
  type SaleData,
  type Source,
  type VoucherSoldData,
} from '../../../../schema/index.ts';
import { upkeepOf } from '../../../db/sources/source-upkeep.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { numbered, numberedFormerly, numberingOf } from '../../../decide/plain/numbering.ts';

/** How a source numbers, and by which clock its days go. */
export type Numbers = {
  readonly namespace: string;
  readonly numbering: Numbering;
  readonly zone: string;
  /** 余额以收银系统为准: the source whose balances are followed. */
  readonly keeper?: string;
};

export function numbersOf({ id, namespace, config }: Pick<Source, 'id' | 'namespace' | 'config'>): Numbers {
  const numbering = numberingOf(config);
  return {
    namespace,
    numbering,
    zone: numbering === 'unique' ? defaultTimezone : upkeepOf(config).zone,
    ...(config?.['keepsBalance'] === true && { keeper: id }),
  };
}

/** `formerly` is what it would be known by, had the source always numbered more coarsely. */
export type Known =
  | { readonly number: string; readonly formerly: readonly string[]; readonly place: NumberPlace }
  | { readonly parked: Reason };

/** The day is the till's own, else the one on which it happened. */
export const ofSale = (numbers: Numbers, data: SaleData, at: number): Known =>
  known(numbers, data.orderNo, () => ({
    store: data.store.id,
    terminal: data.terminal,
    day: data.businessDate ?? localDate(at, numbers.zone),
  }));

type OfMove = Pick<RechargeData, 'store' | 'terminal' | 'businessDate'>;

/** 储值单: a recharge, a spending, what came back, what was paid out. */
export const ofMove = (
  numbers: Numbers,
  data: OfMove,
  { number, at }: { readonly number: string; readonly at: number },
): Known =>
  known(numbers, number, () => ({
    store: data.store.id,
    terminal: data.terminal,
    day: data.businessDate ?? localDate(at, numbers.zone),
  }));

export const ofVoucherSale = (numbers: Numbers, data: VoucherSoldData, at: number): Known =>
  known(numbers, data.saleNo, () => ({
    store: data.store.id,
    terminal: data.terminal,
    day: data.businessDate ?? localDate(at, numbers.zone),
  }));

type OfSale = Pick<RefundData, 'store' | 'terminal' | 'orderedOn'> & { readonly orderNo: string };

/** The sale that came back or was voided; its day is not to be guessed, for goods come back later. */
export const ofSoldBefore = (numbers: Numbers, { orderNo, store, terminal, orderedOn }: OfSale): Known =>
  known(numbers, orderNo, () => ({ store: store?.id, terminal, day: orderedOn }));

/** Returns are numbered as sales are, by the day on which they happen. */
export const ofRefund = (numbers: Numbers, data: RefundData, at: number): Known =>
  known(numbers, data.refundNo, () => ({
    store: data.store?.id,
    terminal: data.terminal,
    day: data.businessDate ?? localDate(at, numbers.zone),
  }));

const fields = { store: 'data.store', terminal: 'data.terminal', day: 'data.orderedOn' } as const;

function known({ numbering }: Numbers, number: string, placeOf: () => NumberPlace): Known {
  const made = numbered(numbering, number, placeOf);
  if ('missing' in made) return { parked: missing(number, numbering, made.missing) };
  if (numbering === 'unique') return { ...made, formerly: [], place: {} };
  const said = placeOf();
  const place = Object.fromEntries(numberParts[numbering].map((part) => [part, said[part]]));
  return { ...made, formerly: numberedFormerly(numbering, number, place), place };
}

const missing = (number: string, numbering: Numbering, part: NumberPart): Reason => ({
  code: 'NUMBER_PART_MISSING',
  number,
  numbering,
  part,
  field: fields[part],
});
