/** 券的种类: what a kind of coupon has to declare, so that quoting, using, counting and showing are written once. */
import * as z from 'zod';
import { couponTerms, type CouponTemplateDefinition } from '../../../../schema/index.ts';

/** Of one field, which only the others show. */
export type FieldFault = { readonly field: string; readonly message: string };

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

/** 预售: what it is sold for, and when. */
export type Offer = {
  readonly priceFen: number;
  readonly from: number;
  readonly to: number;
  /** Unused and over, its money is not paid back. */
  readonly isKeptAfter: boolean;
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
  /** What the face leaves out, in words; empty where it says all. */
  readonly more: (terms: CouponTemplateDefinition) => string;
  /** Null for what is only given. */
  readonly offer: (terms: CouponTemplateDefinition) => Offer | null;
};

export function defineCouponKind<Fields extends z.ZodRawShape>(given: {
  kind: string;
  label: string;
  fields: Fields;
  /** What no field shows by itself. */
  fault?: (terms: z.output<z.ZodObject<Fields>>) => FieldFault | null;
  example: z.input<z.ZodObject<Fields>>;
  /** Left out for what is handed over, done or sent. */
  moneyOff?: MoneyOff<z.output<z.ZodObject<Fields>>>;
  /** When left out, only the template's own faceCostFen says it. */
  faceFen?: (terms: z.output<z.ZodObject<Fields>>) => number | null;
  /** The field that says it, where a merchant may leave it out. */
  faceField?: keyof Fields & string;
  isPartners?: boolean;
  face: (terms: z.output<z.ZodObject<Fields>>) => Face;
  more?: (terms: z.output<z.ZodObject<Fields>>) => string;
  /** Left out where it is not sold. */
  offer?: (terms: z.output<z.ZodObject<Fields>>) => Offer;
}): CouponKind {
  const {
    kind,
    label,
    fields,
    example,
    moneyOff = null,
    faceFen = () => null,
    faceField,
    face,
    fault,
  } = given;
  const params = z.strictObject({ kind: z.literal(kind), ...fields, ...couponTerms });
  return erased({
    kind,
    label,
    params: (fault ? params.superRefine(faulted(fault)) : params).superRefine(faulted(ofMembership)),
    example,
    moneyOff,
    faceFen,
    costFields: [...(faceField === undefined ? [] : [faceField]), 'faceCostFen'],
    isPartners: given.isPartners ?? false,
    face,
    more: given.more ?? (() => ''),
    offer: given.offer ?? (() => null),
  });
}

/** What ends with her membership is hers alone, and nothing that was paid for. */
function ofMembership({ kind, validity, transferable }: CouponTemplateDefinition): FieldFault | null {
  if (!('superMember' in validity)) return null;
  if (transferable)
    return {
      field: 'transferable',
      message: 'a coupon that ends with a super membership cannot be passed on',
    };
  return kind === 'presale'
    ? { field: 'validity', message: 'a voucher that is sold has days of its own: give relative or fixed' }
    : null;
}

const faulted =
  <Terms>(fault: (terms: Terms) => FieldFault | null) =>
  (terms: unknown, context: z.core.$RefinementCtx): void => {
    // Refinements run on what has been parsed.
    const found = fault(terms as Terms);
    if (found) context.addIssue({ code: 'custom', path: [found.field], message: found.message });
  };

/** Shared code passes a kind only what is stored under that kind's name, and that has been parsed by its `params`. */
const erased = (kind: Readonly<Record<keyof CouponKind, unknown>>): CouponKind =>
  kind as unknown as CouponKind;
