/** 积分抽奖 for a till or a mini program: what can be drawn, and drawing once. */
import * as z from 'zod';
import { defaultTimezone, LotteryId, MemberId } from '../../../schema/index.ts';
import { drawOnce } from '../../commands/draws/draw.ts';
import { invalidField } from '../../commands/invalid.ts';
import { countsOf, drawsOf, type DrawDone } from '../../db/draws/draws.ts';
import { openLotteries } from '../../db/draws/lotteries.ts';
import { readMember } from '../../db/members/members.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { leftOf } from '../../decide/draws/lottery.ts';
import { whyNot } from '../../decide/draws/offer.ts';
import { drawNotWords } from '../../decide/draws/words.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { atHour } from '../../decide/plain/dates.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route, type Call } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { StoreNamed, storeIdOf } from '../coupons/receipt.ts';
import { unknownMember } from '../members/member-view.ts';
import { drawFields, drawProblem, viewDraw } from './draw-view.ts';

const Drawn = namedAnswer(
  'Draw',
  z.strictObject({
    ...drawFields,
    pointsLeft: z.int().meta({ description: 'What the member can spend afterwards.' }),
  }),
);

async function view(
  { deps: { db }, now }: Pick<Call<unknown, unknown, unknown>, 'deps' | 'now'>,
  done: DrawDone,
): Promise<z.infer<typeof Drawn>> {
  const holdings = await readMember(db, done.draw.memberId);
  if (!holdings) throw new Error(`the member of draw ${done.draw.id} is gone`);
  return { ...viewDraw(done), pointsLeft: heldPoints(holdings.points, now).spendable };
}

const shownMax = 50;

const offers = route({
  method: 'GET',
  path: '/members/{id}/draws',
  tag: 'Points',
  summary: 'What a member can draw for, and what came of her draws',
  description: `\`why\` says in Chinese why she cannot draw now. Her newest ${String(shownMax)} draws, blanks among them.`,
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params: z.strictObject({ id: MemberId }),
  answer: namedAnswer(
    'DrawOffers',
    z.strictObject({
      points: z.int().meta({ description: 'What the member can spend.' }),
      lotteries: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          points: z.int(),
          prizes: z.array(z.strictObject({ name: z.string(), valueFen: z.int(), left: z.int() })),
          why: z.string().nullable(),
        }),
      ),
      draws: z.array(z.strictObject(drawFields)),
    }),
  ),
  handle: async ({ deps: { db }, params, now }) => {
    const holdings = await readMember(db, params.id);
    if (!holdings) return unknownMember;
    const { id } = holdings.member;
    const { spendable: have } = heldPoints(holdings.points, now);
    const [open, counts, drawn] = await Promise.all([
      openLotteries(db, shopDay(now)),
      countsOf(db, id, atHour(shopDay(now), 0, defaultTimezone)),
      drawsOf(db, id, { won: false, limit: shownMax }),
    ]);
    return ok({
      points: have,
      lotteries: open.map((lottery) => {
        const { name, points, prizes } = lottery.definition;
        const miss = whyNot(lottery, { counts: counts.get(lottery.id), have }, now);
        return {
          id: lottery.id,
          name,
          points,
          prizes: prizes.map((prize, place) => ({
            name: prize.name,
            valueFen: prize.valueFen,
            left: leftOf(lottery, place),
          })),
          why: miss && drawNotWords(miss),
        };
      }),
      draws: drawn.map(viewDraw),
    });
  },
});

const draw = route({
  method: 'POST',
  path: '/members/{id}/draws',
  tag: 'Points',
  summary: 'Draw once for a member’s points (积分抽奖)',
  description:
    'Needs an Idempotency-Key: with the same one it answers with the same prize. Points and prize move together or not at all: whatever is refused has cost nothing, `not_decided` included. `numbers` of `insufficient` has what there is (`have`) and what it costs (`need`).',
  scope: 'pos',
  statuses: [201],
  refusals: {
    404: ['unknown_member', 'unknown_lottery'],
    409: [
      'idempotency_key_reused',
      'insufficient',
      'lottery_off',
      'not_yet',
      'closed',
      'price_changed',
      'sold_out',
      'member_limit',
      'member_day_limit',
    ],
    503: ['not_decided'],
  },
  params: z.strictObject({ id: MemberId }),
  body: namedBody(
    'Drawing',
    z.strictObject({
      lotteryId: LotteryId,
      points: z.int().min(1).nullable().default(null).meta({
        description: 'The price that the member saw; if it is another by now, nothing is drawn.',
        example: 100,
      }),
      store: StoreNamed.nullable().default(null).meta({ description: 'Where she stands.', example: '8005' }),
    }),
  ),
  answer: Drawn,
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
      id: await commandId(call),
      memberId: holdings.member.id,
      lotteryId: body.lotteryId,
      points: body.points,
      storeId: body.store === null ? null : storeIdOf(body.store),
      by: token.name,
    };
    const done = await drawOnce(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('isNobody' in done) return unknownMember;
    if ('miss' in done) return drawProblem(done.miss);
    const success = created(await view(call, done.done));
    await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});

export const drawRoutes = [offers, draw];
