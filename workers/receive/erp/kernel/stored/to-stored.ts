/** 储值单据: the domain events of stored value; each is numbered as receipts are, by the day on which it happens. */
import type {
  CanonicalEvent,
  DomainEvent,
  Formerly,
  Reason,
  RechargeId,
  StoredMoveId,
} from '../../../../../schema/index.ts';
import { ofMove, ofSoldBefore, type Known, type Numbers } from '../numbers.ts';

type StoredTold = Extract<CanonicalEvent, { readonly type: `stored_value.${string}` }>;
export const isStored = (event: CanonicalEvent): event is StoredTold =>
  event.type.startsWith('stored_value.');
type Of<Type extends StoredTold['type']> = Extract<StoredTold, { readonly type: Type }>;
type Told = Pick<DomainEvent, 'id' | 'namespace' | 'occurredAt' | 'isHistory' | 'isFromFile'>;
type Made = DomainEvent | { readonly parked: Reason };

const spendingIdOf = (namespace: string, number: string): StoredMoveId =>
  `spent:${namespace}:${number}` as StoredMoveId;
const rechargeIdOf = (namespace: string, number: string): RechargeId =>
  `${namespace}:${number}` as RechargeId;

const moveIdOf =
  (act: 'refunded' | 'cashed-out', namespace: string) =>
  (number: string): StoredMoveId =>
    `${act}:${namespace}:${number}` as StoredMoveId;

type Numbered = Exclude<Known, { readonly parked: Reason }>;
const idsOf = <Id>(known: Numbered, id: (number: string) => Id): { number: Id; formerly: Formerly<Id> } => ({
  number: id(known.number),
  formerly: { ids: known.formerly.map(id), place: known.place },
});

export function toStored(numbers: Numbers, told: Told, event: StoredTold): Made {
  const base = { ...told, ...(numbers.keeper !== undefined && { keeper: numbers.keeper }) };
  switch (event.type) {
    case 'stored_value.recharged':
      return toRecharge(numbers, base, event);
    case 'stored_value.spent': {
      const own = ofMove(numbers, event.data, { number: event.data.spendNo, at: told.occurredAt });
      if ('parked' in own) return own;
      const { number, formerly } = idsOf(own, (one) => spendingIdOf(numbers.namespace, one));
      return { ...base, type: event.type, moveId: number, formerly, data: event.data };
    }
    case 'stored_value.refunded':
      return toRefunded(numbers, base, event);
    case 'stored_value.reversed': {
      const recharge = ofSoldBefore(numbers, { ...event.data, orderNo: event.data.rechargeNo });
      if ('parked' in recharge) return recharge;
      const { number: rechargeId, formerly } = idsOf(recharge, (one) => rechargeIdOf(numbers.namespace, one));
      const moveId = `reversed:${rechargeId}` as StoredMoveId;
      return { ...base, type: event.type, moveId, rechargeId, formerly, data: event.data };
    }
    case 'stored_value.cashed_out': {
      const own = ofMove(numbers, event.data, { number: event.data.cashOutNo, at: told.occurredAt });
      if ('parked' in own) return own;
      const { number, formerly } = idsOf(own, moveIdOf('cashed-out', numbers.namespace));
      return { ...base, type: event.type, moveId: number, formerly, data: event.data };
    }
    default:
      return event satisfies never;
  }
}

function toRecharge(numbers: Numbers, base: Told, event: Of<'stored_value.recharged'>): Made {
  const known = ofMove(numbers, event.data, { number: event.data.rechargeNo, at: base.occurredAt });
  if ('parked' in known) return known;
  const { number, formerly } = idsOf(known, (one) => rechargeIdOf(numbers.namespace, one));
  return { ...base, type: event.type, rechargeId: number, formerly, data: event.data };
}

function toRefunded(numbers: Numbers, base: Told, event: Of<'stored_value.refunded'>): Made {
  const { data } = event;
  const { namespace } = numbers;
  const own = ofMove(numbers, data, { number: data.refundNo, at: base.occurredAt });
  if ('parked' in own) return own;
  const { number: moveId, formerly } = idsOf(own, moveIdOf('refunded', namespace));
  if (data.spendNo == null) return { ...base, type: event.type, moveId, formerly, spendingId: null, data };
  const spending = ofSoldBefore(numbers, { ...data, orderNo: data.spendNo, orderedOn: data.spentOn });
  if ('parked' in spending) return spending;
  const { number: spendingId, formerly: spendingFormerly } = idsOf(spending, (one) =>
    spendingIdOf(namespace, one),
  );
  return { ...base, type: event.type, moveId, formerly, spendingId, spendingFormerly, data };
}
