/** 储值单据: the domain events of stored value; each is numbered as receipts are, by the day on which it happens. */
import type {
  CanonicalEvent,
  DomainEvent,
  Reason,
  RechargeId,
  StoredMoveId,
} from '../../../../../schema/index.ts';
import { ofMove, ofSoldBefore, type Numbers } from '../numbers.ts';

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

export function toStored(numbers: Numbers, told: Told, event: StoredTold): Made {
  const base = { ...told, ...(numbers.keeper !== undefined && { keeper: numbers.keeper }) };
  switch (event.type) {
    case 'stored_value.recharged':
      return toRecharge(numbers, base, event);
    case 'stored_value.spent': {
      const own = ofMove(numbers, event.data, { number: event.data.spendNo, at: told.occurredAt });
      if ('parked' in own) return own;
      const moveId = spendingIdOf(numbers.namespace, own.number);
      return { ...base, type: event.type, moveId, data: event.data };
    }
    case 'stored_value.refunded':
      return toRefunded(numbers, base, event);
    case 'stored_value.reversed': {
      const recharge = ofSoldBefore(numbers, { ...event.data, orderNo: event.data.rechargeNo });
      if ('parked' in recharge) return recharge;
      const rechargeId = rechargeIdOf(numbers.namespace, recharge.number);
      const moveId = `reversed:${rechargeId}` as StoredMoveId;
      return { ...base, type: event.type, moveId, rechargeId, data: event.data };
    }
    case 'stored_value.cashed_out': {
      const own = ofMove(numbers, event.data, { number: event.data.cashOutNo, at: told.occurredAt });
      if ('parked' in own) return own;
      const moveId = `cashed-out:${numbers.namespace}:${own.number}` as StoredMoveId;
      return { ...base, type: event.type, moveId, data: event.data };
    }
    default:
      return event satisfies never;
  }
}

function toRecharge(numbers: Numbers, base: Told, event: Of<'stored_value.recharged'>): Made {
  const known = ofMove(numbers, event.data, { number: event.data.rechargeNo, at: base.occurredAt });
  if ('parked' in known) return known;
  const id = (number: string): RechargeId => rechargeIdOf(numbers.namespace, number);
  const formerly = { ids: known.formerly.map(id), place: known.place };
  return { ...base, type: event.type, rechargeId: id(known.number), formerly, data: event.data };
}

function toRefunded(numbers: Numbers, base: Told, event: Of<'stored_value.refunded'>): Made {
  const { data } = event;
  const { namespace } = numbers;
  const own = ofMove(numbers, data, { number: data.refundNo, at: base.occurredAt });
  if ('parked' in own) return own;
  const moveId = `refunded:${namespace}:${own.number}` as StoredMoveId;
  if (data.spendNo == null) return { ...base, type: event.type, moveId, spendingId: null, data };
  const spending = ofSoldBefore(numbers, { ...data, orderNo: data.spendNo, orderedOn: data.spentOn });
  if ('parked' in spending) return spending;
  const spendingId = spendingIdOf(namespace, spending.number);
  return { ...base, type: event.type, moveId, spendingId, data };
}
