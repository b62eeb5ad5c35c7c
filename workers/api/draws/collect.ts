/** 领奖: what was won is handed over at a till, once, by the code that the member shows. */
import * as z from 'zod';
import { collectPrize } from '../../commands/draws/collect.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { StoreNamed, storeIdOf } from '../coupons/receipt.ts';
import { drawFields, prizeProblem, viewDraw } from './draw-view.ts';

export const collectRoute = route({
  method: 'POST',
  path: '/prizes/collect',
  tag: 'Points',
  summary: 'Hand over what was won (领奖)',
  description:
    'Once, from the collect day on; `numbers` of `not_yet` has the moment from which (`from`). With an Idempotency-Key the same request answers the same.',
  scope: 'pos',
  statuses: [200],
  refusals: {
    404: ['unknown_prize'],
    409: ['already_collected', 'not_yet', 'over', 'idempotency_key_reused'],
    503: ['not_decided'],
  },
  body: namedBody(
    'PrizeCollecting',
    z.strictObject({
      code: z.string().trim().min(1).max(64).meta({
        description:
          'As it is read out, typed or scanned: small letters, spaces, O for 0 and I or L for 1 are the same.',
        example: '7K3M 2QXT 9ABC',
      }),
      store: StoreNamed.meta({ description: 'Where it is handed over.', example: '8005' }),
    }),
  ),
  answer: namedAnswer('PrizeCollected', z.strictObject(drawFields)),
  handle: async (call) => {
    const { deps, body, requestKey, token, now } = call;
    const taken = await takeKey(call);
    if (taken) return taken;
    const asked = {
      id: await commandId(call),
      code: body.code,
      storeId: storeIdOf(body.store),
      by: token.name,
    };
    const done = await collectPrize(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('miss' in done) return prizeProblem(done.miss);
    const success = ok(viewDraw(done.done));
    if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});
