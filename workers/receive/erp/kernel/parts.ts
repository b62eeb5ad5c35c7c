/** 单据零件: what the tickets of all vendors have in common, once their fields are read. */
import type { Reason } from '../../../../schema/index.ts';
import type { Reader } from '../../lossless/reader.ts';
import { timesMilli } from '../../mapping/values/decimal.ts';
import { paymentMethod, type PaymentAliases, type PaymentMethod } from './payments.ts';
import type { CommonSettings } from './settings.ts';
import type { Understood } from './document.ts';

export type Member = {
  readonly externalId?: string | null;
  readonly cardNo?: string | null;
  readonly phone?: string | null;
  readonly name?: string | null;
  readonly unionid?: string | null;
  readonly openid?: string | null;
};

/** 散客 is null: a name alone names nobody. */
export function knownMember(member: Member): Member | null {
  const { name: _name, ...identities } = member;
  return Object.values(identities).some((identity) => identity !== null && identity !== undefined)
    ? member
    : null;
}

/** Line amounts that the vendor leaves to arithmetic: price × quantity − discount, never below nothing. */
export function lineFen(
  unitFen: number | null,
  quantityMilli: number | null,
  discountFen = 0,
): number | null {
  if (unitFen === null || quantityMilli === null) return null;
  return Math.max(0, timesMilli(unitFen, quantityMilli) - discountFen);
}

export const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** 一单又卖又退: goods that go out are sold, goods that come back carry a minus and are exchanged in. */
export const kindBySign = (quantityMilli: number | null, kind: string): string =>
  quantityMilli !== null && quantityMilli < 0 ? 'exchange_in' : kind;

export type Payment = { readonly method: PaymentMethod; readonly amountFen: number };

/** Change handed back is a negative payment, which is no way to pay. */
export function payments(
  parts: readonly { readonly word: string | null; readonly amountFen: number | null }[],
  settings: Pick<CommonSettings, 'payments'>,
  own: PaymentAliases = {},
): readonly Payment[] {
  return parts.flatMap(({ word, amountFen }) =>
    amountFen === null || amountFen <= 0
      ? []
      : [{ method: paymentMethod(word, settings.payments, own), amountFen }],
  );
}

/** The shop the sender names, else the one that its settings name. */
export function storeOf(
  id: string | null,
  name: string | null,
  { store }: Pick<CommonSettings, 'store'>,
): { readonly id: string; readonly name?: string | null | undefined } | null {
  return id === null ? (store ?? null) : { id, name };
}

export const ignored =
  (why: Reason): (() => Understood) =>
  () => ({ ignored: why });
export const parked =
  (why: Reason): (() => Understood) =>
  () => ({ parked: why });

/** The vendor's own word for what it is, where the document has one. */
export const notActedOn = (type: string | null): (() => Understood) =>
  ignored({ code: 'NOT_ACTED_ON', type });

/** 薄事件: says that something happened, and not what; the poller has to ask. */
export const needsReadBack = (document: string, number: string | null): (() => Understood) =>
  parked({ code: 'READ_BACK_NEEDED', document, number });

/** Members of several vendors come in the same few fields. */
export const memberEvent =
  (occurredAt: string | null, member: Member): (() => Understood) =>
  () => ({
    occurredAt,
    data: knownMember(member),
  });

/** The first amount that is there and not zero, else the first that is there. */
export function firstFen(reader: Reader, names: readonly string[]): number | null {
  const given = names.map((name) => reader.fenOfYuan(name)).filter((fen) => fen !== null);
  return given.find((fen) => fen !== 0) ?? given[0] ?? null;
}
