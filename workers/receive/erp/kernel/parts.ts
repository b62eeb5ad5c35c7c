/** 单据零件: what the documents of all vendors have in common. */
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

/** Null for 散客: a name alone identifies nobody. */
export function knownMember(member: Member): Member | null {
  const { name: _name, ...identities } = member;
  return Object.values(identities).some((identity) => identity !== null && identity !== undefined)
    ? member
    : null;
}

/** The amount of a line that has none: price × quantity − discount, never below 0. */
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

export type Payment = { readonly method: PaymentMethod; readonly amountFen: number };

/** Change handed back is a negative payment and is left out. */
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

/** The store that the document names, otherwise the one in the settings. */
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

/** 作废的退货单: a later version of the return, by which nothing came back; what it took is given back. */
export const withdrawn = (occurredAt: string | null, refund: object): Understood => ({
  occurredAt,
  data: { ...refund, lines: [], amounts: { refundedFen: 0 } },
});

/** The vendor's own type, when the document has one. */
export const notActedOn = (type: string | null): (() => Understood) =>
  ignored({ code: 'NOT_ACTED_ON', type });

/** 薄事件: the notice says only that something happened; the poller has to fetch the document. */
export const needsReadBack = (document: string, number: string | null): (() => Understood) =>
  parked({ code: 'READ_BACK_NEEDED', document, number });

/** The member fields that several vendors share. */
/** `registeredAt`: since when the vendor has known them, where it says so. */
export const memberEvent =
  (occurredAt: string | null, member: Member, registeredAt: string | null = null): (() => Understood) =>
  () => {
    const known = knownMember(member);
    return { occurredAt, data: known && { ...known, registeredAt } };
  };

/** The first amount that is not zero, otherwise the first amount. */
export function firstFen(reader: Reader, names: readonly string[]): number | null {
  const given = names.map((name) => reader.fenOfYuan(name)).filter((fen) => fen !== null);
  return given.find((fen) => fen !== 0) ?? given[0] ?? null;
}
