/** 试算: which coupons a cart may use, what they take off which lines, and why the others may not; nothing is written. */
import * as z from 'zod';
import { couponCodesMax, Id, LineInput, linesMax, MemberRefInput } from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import { readBrought } from '../../db/coupons/coupons.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import type { Config } from '../../decide/config.ts';
import { askedPrice, cartLines, type CartLine } from '../../decide/coupons/use/cart.ts';
import { quote, type Missed } from '../../decide/coupons/use/quote.ts';
import type { Applied } from '../../decide/coupons/use/stacking.ts';
import { identityKeys, keysOfSomebody } from '../../decide/members/who/identity-keys.ts';
import { heldPoints, type HeldPoints } from '../../decide/money/held.ts';
import { usableOf as pointsUsable } from '../../decide/points/as-money.ts';
import { sumOf, usableOf } from '../../decide/stored/parts.ts';
import { couponMissWords } from '../../words/misses/coupon-misses.ts';
import { sourceOf } from '../call/bound.ts';
import { namedBody, ok, route } from '../call/define.ts';
import { instant } from '../call/shapes.ts';
import { SourceName } from '../sources/source-named.ts';
import { memberPriced } from './member-priced.ts';
import { QuoteAnswer } from './quote-answer.ts';
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
  answer: QuoteAnswer,
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
      points: memberId === null ? null : pointsOffered(config, heldPoints(brought.points, now), payableFen),
      storedValue: memberId === null ? null : { usableFen, leftFen: sumOf(held) },
      others: quoted.others.map((one) => ({ ...viewMiss(one), name: nameOf(one.code) })),
    });
  },
});

function pointsOffered({ settings }: Config, { spendable }: HeldPoints, payableFen: number) {
  const { on, pointsPerYuan: rate } = settings.pointsAsMoney;
  if (!on) return null;
  const { points: usable, offFen } = pointsUsable(settings.pointsAsMoney, spendable, payableFen);
  return { usable, offFen, rate };
}

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
