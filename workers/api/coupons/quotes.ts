/** 试算: which coupons a cart may use, what they take off which lines, and why the others may not; nothing is written. */
import * as z from 'zod';
import {
  couponCodesMax,
  Id,
  LineInput,
  linesMax,
  MemberRefInput,
  type MemberId,
  type StoreId,
} from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import { readBrought } from '../../db/coupons/coupons.ts';
import type { Db } from '../../db/db.ts';
import { readMember } from '../../db/members/members.ts';
import { timezoneOf, type Config } from '../../decide/config.ts';
import { memberOffs } from '../../decide/levels/member-price.ts';
import { progressOf } from '../../decide/levels/progress.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { askedPrice, cartLines, type CartLine } from '../../decide/coupons/use/cart.ts';
import { quote, type Missed } from '../../decide/coupons/use/quote.ts';
import type { Applied } from '../../decide/coupons/use/stacking.ts';
import { identityKeys, keysOfSomebody } from '../../decide/members/who/identity-keys.ts';
import { sumOf, usableOf } from '../../decide/stored/parts.ts';
import { couponMissWords } from '../../words/coupon-misses.ts';
import { sourceOf } from '../call/bound.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';
import { SourceName } from '../sources/source-named.ts';
import { couponReasons } from './coupon-problem.ts';
import { receiptFields, StoreNamed, storeIdOf } from './receipt.ts';

const { orderNo, cartId, terminal, businessDate } = receiptFields;
const Body = namedBody(
  'QuoteRequest',
  z.strictObject({
    store: StoreNamed,
    member: MemberRefInput.nullish().meta({
      description: 'Whose coupons are looked at, besides those that are named.',
    }),
    lines: z.array(LineInput).min(1).max(linesMax).meta({ description: 'At their prices before coupons.' }),
    couponCodes: z.array(Id).max(couponCodesMax).default([]),
    orderNo,
    cartId: cartId.meta({
      description: 'With orderNo or cartId, what this receipt itself holds or has used is no hindrance.',
    }),
    terminal,
    businessDate,
    source: SourceName,
  }),
);

const Off = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  offFen: z.int(),
  lines: z.array(z.strictObject({ lineNo: z.string(), offFen: z.int() })),
});
const Answer = namedAnswer(
  'Quote',
  z.strictObject({
    payableFen: z.int().meta({ description: 'What is left to be paid for the lines with `applied`.' }),
    level: z.string().nullable().meta({ description: 'What the member is today.' }),
    memberOffFen: z.int().meta({ description: 'Of all lines, what `memberDiscounts` takes off.' }),
    memberDiscounts: z.array(z.strictObject({ lineNo: z.string(), offFen: z.int(), name: z.string() })).meta({
      description:
        '会员折扣 and 会员价 by line, `name` says which: taken off first. Coupons are then tried on what is left, and their minimums look at that.',
    }),
    offFen: z.int().meta({ description: 'What coupons take off.' }),
    applied: z
      .array(Off)
      .meta({ description: 'The codes that were named, as far as they may; without any, the best.' }),
    best: z.array(z.string()),
    usable: z.array(Off).meta({ description: 'What each would take off by itself.' }),
    storedValue: z.strictObject({ usableFen: z.int(), leftFen: z.int() }).nullable().meta({
      description:
        'Of the member: how much of payableFen may be paid with stored value (储值), and what there is.',
    }),
    others: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string().nullable(),
        reason: z.enum(couponReasons),
        message: z.string().meta({ description: 'To be read out at the till.' }),
        have: z.int().optional(),
        need: z.int().optional(),
        from: At.optional(),
        to: At.optional(),
        until: At.optional(),
        at: At.optional(),
        with: z.string().optional(),
        stores: z.array(z.string()).optional(),
      }),
    ),
  }),
);

type Priced = {
  readonly config: Config;
  readonly lines: readonly CartLine[];
  readonly memberId: MemberId | null;
  readonly storeId: StoreId;
};

/** A shop without levels and prices for members reads nothing for them. */
async function memberPriced(db: Db, { config, lines, memberId, storeId }: Priced, now: number) {
  const { levels, memberPrices } = config.settings;
  const isAsked = memberId !== null && levels.list.length + memberPrices.length > 0;
  const holdings = isAsked ? await readMember(db, memberId) : null;
  if (!holdings) return { level: null, offs: [] };
  const growth = holdings.balances.get('growth') ?? 0;
  const { level } = progressOf({ ...holdings, growth }, now);
  const timezone = timezoneOf(config, storeId);
  return { level, offs: memberOffs(lines, { levels, prices: memberPrices, level, at: now, timezone }) };
}

const handOut = 'exchange_in';

export const quotes = route({
  method: 'POST',
  path: '/quotes',
  tag: 'Coupons',
  summary: 'What a member and coupons pay less for a cart',
  description:
    'A till asks while the customer stands there; nothing is written and nothing held. Minimums look at the goods in scope before any coupon; several coupons are taken off one after the other, those for fewer goods first.',
  scope: 'pos',
  statuses: [200],
  takesKey: false,
  body: told(Body),
  documentedBody: Body,
  answer: Answer,
  handle: async ({ deps, body, now, token }) => {
    const source = sourceOf(token, body.source);
    const found = await namespaceOf(deps.db, source);
    if ('code' in found) return found;
    const storeId = storeIdOf(body.store);
    const isNamed = body.orderNo != null || body.cartId != null;
    const ref = isNamed ? await receiptRef(deps.db, source, { ...body, store: storeId }, now) : null;
    if (ref !== null && typeof ref !== 'string') return ref;
    const { settings } = await deps.engine.config.get();
    const keys = keysOfSomebody(settings, identityKeys(body.member, found.namespace));
    const codes = body.couponCodes.flatMap((one) => codeRead(one) ?? []);
    const skus = body.lines.map(({ sku }) => sku);
    const brought = await readBrought(deps.db, { keys, codes, skus }, now);
    const { memberId, coupons, products, held } = brought;
    const config = await deps.engine.config.atLeast(brought.configVersion);
    const asked = cartLines(body.lines, products, askedPrice);
    const { level, offs } = await memberPriced(deps.db, { config, lines: asked, memberId, storeId }, now);
    const memberOff = new Map(offs.map(({ lineNo, offFen }) => [lineNo, offFen]));
    const memberOffFen = offs.reduce((sum, { offFen }) => sum + offFen, 0);
    const lines = asked.map((line) => ({
      ...line,
      amountFen: line.amountFen - (memberOff.get(line.lineNo) ?? 0),
    }));
    const use = { refs: ref === null ? [] : [ref], storeId, memberId, at: now, now };
    const quoted = quote({ config, coupons, codes: body.couponCodes, lines, use });
    const totalFen = body.lines.reduce(
      (sum, { kind, amountFen }) => sum + (kind === handOut ? -amountFen : amountFen),
      0,
    );
    const nameOf = (code: string): string | null => {
      const coupon = coupons.find(({ id }) => id === code);
      return (coupon && config.templates.get(coupon.templateId)?.name) ?? null;
    };
    const payableFen = Math.max(0, totalFen - memberOffFen - quoted.offFen);
    const usableFen = usableOf(config.settings.storedValue, held, payableFen);
    return ok({
      payableFen,
      level,
      memberOffFen,
      memberDiscounts: [...offs],
      offFen: quoted.offFen,
      applied: quoted.applied.map((one) => viewOff(one, lines)),
      best: [...quoted.best],
      usable: quoted.usable.map((one) => viewOff(one, lines)),
      storedValue: memberId === null ? null : { usableFen, leftFen: sumOf(held) },
      others: quoted.others.map((one) => ({ ...viewMiss(one), name: nameOf(one.code) })),
    });
  },
});

const viewOff = ({ code, definition, offFen, shares }: Applied, lines: readonly CartLine[]) => ({
  code,
  name: definition.name,
  kind: definition.kind,
  offFen,
  lines: lines.flatMap(({ lineNo }, place) => {
    const share = shares[place] ?? 0;
    return share > 0 ? [{ lineNo, offFen: share }] : [];
  }),
});

/** Moments are told as moments, amounts in fen. Why a coupon was taken back stands in the sentence. */
function viewMiss({ code, miss }: Missed) {
  const { reason, ...said } = miss;
  // Why it was taken back stands in the message.
  const { flag: _flag, ...facts } = { flag: null, ...said };
  const moments = ['from', 'to', 'until', 'at'];
  const told = Object.entries(facts).flatMap(([name, value]: [string, unknown]) =>
    name === 'flag'
      ? []
      : [[name, moments.includes(name) && typeof value === 'number' ? instant(value) : value] as const],
  );
  return { code, reason, message: couponMissWords(miss), ...Object.fromEntries(told) };
}
