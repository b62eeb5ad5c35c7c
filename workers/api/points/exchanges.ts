/** 积分兑换: for a till or a mini program that shows a member what her points buy, exchanges it, and for the office to undo it. */
import * as z from 'zod';
import { ExchangeId, ExchangeItemId, MemberId } from '../../../schema/index.ts';
import { exchangePoints, undoExchange } from '../../commands/points/exchange.ts';
import { reasonMax } from '../../commands/coupons/revoke.ts';
import { invalidField } from '../../commands/invalid.ts';
import { readCoupon } from '../../db/coupons/coupons.ts';
import { readMember } from '../../db/members/members.ts';
import { itemsFor } from '../../db/points/exchange-items.ts';
import type { ExchangeDone } from '../../db/points/exchanges.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { exchangeMiss } from '../../decide/money/exchanges.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { exchangeMissWords } from '../../words/misses/exchange-misses.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { StoreNamed, storeIdOf } from '../coupons/receipt.ts';
import { created, namedAnswer, namedBody, ok, route, type Call } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { unknownMember } from '../members/member-view.ts';
import { CouponAnswer, viewCoupon } from '../promotions/coupon-view.ts';
import { exchangeProblem, exchangeRefusals } from './exchange-problem.ts';

const Answer = namedAnswer(
  'Exchange',
  z.strictObject({
    id: z.string(),
    itemId: z.string(),
    points: z.int().meta({ description: 'What it took.' }),
    at: At,
    undoneAt: At.nullable(),
    coupon: CouponAnswer.extend({}),
    pointsLeft: z.int().meta({ description: 'What the member can spend afterwards.' }),
  }),
);
type Answer = z.infer<typeof Answer>;

async function view(
  { deps: { db }, now }: Pick<Call<unknown, unknown, unknown>, 'deps' | 'now'>,
  { exchange, coupon }: ExchangeDone,
): Promise<Answer> {
  const [held, holdings] = await Promise.all([
    coupon && readCoupon(db, coupon.id),
    readMember(db, exchange.memberId),
  ]);
  if (!held || !holdings) throw new Error(`the coupon of exchange ${exchange.id} is gone`);
  const { id, itemId, points, at, undoneAt } = exchange;
  return {
    id,
    itemId,
    points,
    at: instant(at),
    undoneAt: instantOrNull(undoneAt),
    coupon: viewCoupon(held, now),
    pointsLeft: heldPoints(holdings.points, now).spendable,
  };
}

const items = route({
  method: 'GET',
  path: '/members/{id}/exchange-items',
  tag: 'Points',
  summary: 'What a member’s points buy',
  description: 'The cheapest first. `why` says in Chinese why she cannot have one now.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params: z.strictObject({ id: MemberId }),
  answer: namedAnswer(
    'ExchangeOffers',
    z.strictObject({
      points: z.int().meta({ description: 'What the member can spend.' }),
      items: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          points: z.int(),
          left: z.int().nullable(),
          why: z.string().nullable(),
        }),
      ),
    }),
  ),
  handle: async ({ deps: { db }, params, now }) => {
    const holdings = await readMember(db, params.id);
    if (!holdings) return unknownMember;
    const { spendable: have } = heldPoints(holdings.points, now);
    const offered = await itemsFor(db, holdings.member.id);
    return ok({
      points: have,
      items: offered.map(({ item, used }) => {
        const { id, definition, exchanged, limitCount } = item;
        const { name, points: need } = definition;
        const short = need > have ? ({ code: 'POINTS_SHORT', have, need } as const) : null;
        const miss = exchangeMiss(item, { used, now }) ?? short;
        const left = limitCount === null ? null : Math.max(0, limitCount - exchanged);
        return { id, name, points: need, left, why: miss && exchangeMissWords(miss) };
      }),
    });
  },
});

const exchange = route({
  method: 'POST',
  path: '/members/{id}/exchanges',
  tag: 'Points',
  summary: 'Exchange a member’s points for an item (积分兑换)',
  description:
    'Needs an Idempotency-Key: with the same one it answers with the same coupon. Points and coupon move together or not at all. `numbers` of `insufficient` has what there is (`have`) and what it costs (`need`).',
  scope: 'pos',
  statuses: [201],
  refusals: {
    ...exchangeRefusals('UNKNOWN_ITEM'),
    409: [
      'insufficient',
      'item_off',
      'not_yet',
      'closed',
      'price_changed',
      'out_of_stock',
      'member_limit',
      'no_coupon',
    ],
  },
  params: z.strictObject({ id: MemberId }),
  body: namedBody(
    'Exchanging',
    z.strictObject({
      itemId: ExchangeItemId,
      points: z.int().min(1).nullable().default(null).meta({
        description: 'The price that the member saw; if it is another by now, nothing is exchanged.',
      }),
      store: StoreNamed.nullable().default(null).meta({
        description: 'Where she stands: a coupon that works where it was claimed then works there.',
      }),
    }),
  ),
  answer: Answer,
  handle: async (call) => {
    const { deps, params, body, requestKey, token, now } = call;
    if (requestKey === null)
      return invalidField(
        'Idempotency-Key',
        'is needed where points move: any new text, the same one when asking again',
      );
    const holdings = await readMember(deps.db, params.id);
    if (!holdings) return unknownMember;
    const taken = await takeKey(call);
    if (taken) return taken;
    const asked = {
      itemId: body.itemId,
      points: body.points,
      storeId: body.store === null ? null : storeIdOf(body.store),
      id: await commandId(call),
      memberId: holdings.member.id,
      by: token.name,
    };
    const done = await exchangePoints(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('isNobody' in done) return unknownMember;
    if ('miss' in done) return exchangeProblem(done.miss);
    const success = created(await view(call, done.done));
    await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});

const undo = route({
  method: 'POST',
  path: '/exchanges/{id}/undo',
  tag: 'Points',
  summary: 'Undo an exchange within a day',
  description:
    'The points go back to where they were taken from, with their last days, and the coupon is taken back. Not where it was used. Undone twice is undone once.',
  scope: 'admin',
  statuses: [200],
  refusals: exchangeRefusals('UNKNOWN_EXCHANGE', 'EXCHANGE_TOO_OLD', 'EXCHANGE_USED', 'EXCHANGE_LOCKED'),
  params: z.strictObject({ id: ExchangeId }),
  body: namedBody('ExchangeUndoing', z.strictObject({ reason: z.string().trim().min(1).max(reasonMax) })),
  answer: Answer,
  handle: async (call) => {
    const { deps, params, body, token, now } = call;
    const asked = { id: await commandId(call), exchangeId: params.id, by: token.name, reason: body.reason };
    const done = await undoExchange(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('isNobody' in done) return unknownMember;
    return 'miss' in done ? exchangeProblem(done.miss) : ok(await view(call, done.done));
  },
});

export const exchangeRoutes = [items, exchange, undo];
