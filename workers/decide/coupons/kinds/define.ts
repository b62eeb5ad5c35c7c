/** 券的种类: what a kind of coupon has to declare, so that quoting, using, counting and showing are written once. */
import * as z from 'zod';
import { couponTerms, type CouponTemplateDefinition } from '../../../../schema/index.ts';

/** The large print: 20 and 元. */
export type Face = { readonly figure: string; readonly unit: string };

/** What is taken off the bill; a kind that is handed over, done or sent has none of it. */
type MoneyOff<Terms> = {
  /** Off goods of `haveFen`, of which `leftFen` are still to be paid; the caller lets it take no more than is left. */
  readonly dueFen: (terms: Terms, haveFen: number, leftFen: number) => number;
  /** Whatever the sum of the bill; null where it depends on it. */
  readonly sureFen: (terms: Terms) => number | null;
  /** Of coupons for the same goods, in which turn they are taken off. */
  readonly turn: number;
};

export type CouponKind = {
  readonly kind: string;
  readonly label: string;
  /** The whole template, as a merchant sends it. */
  readonly params: z.ZodObject;
  /** What an ordinary one of the kind says beside its name and its days. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly moneyOff: MoneyOff<CouponTemplateDefinition> | null;
  /** What one takes off at most; null where the kind does not say. */
  readonly faceFen: (terms: CouponTemplateDefinition) => number | null;
  /** The fields that can say what one costs the shop. */
  readonly costFields: readonly string[];
  /** 异业: a partner takes it, and no till of the shop. */
  readonly isPartners: boolean;
  readonly face: (terms: CouponTemplateDefinition) => Face;
};

export function defineCouponKind<Fields extends z.ZodRawShape>(given: {
  kind: string;
  label: string;
  fields: Fields;
  example: z.input<z.ZodObject<Fields>>;
  /** Left out for what is handed over, done or sent. */
  moneyOff?: MoneyOff<z.output<z.ZodObject<Fields>>>;
  /** When left out, only the template's own faceCostFen says it. */
  faceFen?: (terms: z.output<z.ZodObject<Fields>>) => number | null;
  /** The field that says it, where a merchant may leave it out. */
  faceField?: keyof Fields & string;
  isPartners?: boolean;
  face: (terms: z.output<z.ZodObject<Fields>>) => Face;
}): CouponKind {
  const { kind, label, fields, example, moneyOff = null, faceFen = () => null, faceField, face } = given;
  return erased({
    kind,
    label,
    params: z.strictObject({ kind: z.literal(kind), ...fields, ...couponTerms }),
    example,
    moneyOff,
    faceFen,
    costFields: [...(faceField === undefined ? [] : [faceField]), 'faceCostFen'],
    isPartners: given.isPartners ?? false,
    face,
  });
}

/** Shared code passes a kind only what is stored under that kind's name, and that has been parsed by its `params`. */
const erased = (kind: Readonly<Record<keyof CouponKind, unknown>>): CouponKind =>
  kind as unknown as CouponKind;
