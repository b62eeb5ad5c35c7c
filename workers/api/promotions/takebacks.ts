/** 收回活动: a campaign that was a mistake is stopped, and what it gave and nobody has spent is taken back. */
import * as z from 'zod';
import { CampaignId, takebackStates, type Takeback } from '../../../schema/index.ts';
import {
  beganMeanwhile,
  notTakenBack,
  takeBack,
  TakeBackInput,
} from '../../commands/promotions/take-back.ts';
import { readTakeback } from '../../db/takebacks/takebacks.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const Answer = namedAnswer(
  'TakeBack',
  z.strictObject({
    campaignId: z.string(),
    state: z.enum(takebackStates).meta({
      description: 'taking: page by page, from now on. telling: its members are being told.',
    }),
    reason: z.string(),
    by: z.string(),
    tells: z.boolean(),
    expected: z.int().meta({ description: 'How many causes held something of it when it began.' }),
    causes: z.int().meta({ description: 'How many it was taken from so far.' }),
    failed: z
      .int()
      .meta({ description: 'How many could not be decided: ask again to go through them once more.' }),
    people: z.int().meta({ description: '0 until all is taken.' }),
    told: z.int(),
    points: z.int(),
    pointsKept: z
      .int()
      .meta({ description: 'Spent before, and not to be taken under the take-back policy.' }),
    coupons: z.int(),
    couponsKept: z.int().meta({ description: 'Used before.' }),
    walletFen: z.int(),
    walletKeptFen: z.int().meta({ description: 'Spent or paid out before.' }),
    underWayFen: z
      .int()
      .meta({ description: 'On its way and called off: what comes back of it is taken then.' }),
    askedAt: At,
    endedAt: At.nullable(),
  }),
);

const view = (row: Takeback): z.infer<typeof Answer> => ({
  campaignId: row.campaignId,
  state: row.state,
  reason: row.reason,
  by: row.by,
  tells: row.tells,
  expected: row.expected,
  causes: row.causes,
  failed: row.failed,
  people: row.people,
  told: row.told,
  points: row.points,
  pointsKept: row.pointsKept,
  coupons: row.coupons,
  couponsKept: row.couponsKept,
  walletFen: row.walletFen,
  walletKeptFen: row.walletKeptFen,
  underWayFen: row.underWayFen,
  askedAt: instant(row.askedAt),
  endedAt: instantOrNull(row.endedAt),
});

const common = {
  tag: 'Campaigns',
  scope: 'admin',
  path: '/campaigns/{id}/take-back',
  params: z.strictObject({ id: CampaignId }),
  answer: Answer,
} as const;

const begin = route({
  ...common,
  method: 'POST',
  summary: 'Take back what a mistaken campaign gave',
  description:
    'Ends the campaign for good and takes back what it gave and nobody has spent: points under the take-back policy, coupons that are not used, packets that have not been paid out. What other campaigns gave stays, and nothing is given in its place. It goes on page by page; GET says how far it has come. Asked again when it is done and something could not be decided, it goes through that once more.',
  statuses: [201],
  refusals: {
    404: ['unknown_campaign'],
    409: ['taking_back', 'taken_back', 'nothing_given', 'changed_meanwhile', 'idempotency_key_reused'],
  },
  body: namedBody('TakeBackInput', TakeBackInput),
  handle: async (call) => {
    const { deps, now, params, body, token } = call;
    const draft = await takeBack(deps.db, { id: params.id, input: body, by: token.name }, now);
    if ('code' in draft) return draft;
    try {
      return await commit(call, draft, created(view(draft.row)));
    } catch (error) {
      const problem = beganMeanwhile(error);
      if (problem === null) throw error;
      return problem;
    }
  },
});

const get = route({
  ...common,
  method: 'GET',
  summary: 'How far a campaign is taken back',
  description: 'What came back of each kind, and what could not: it was spent, used or paid out already.',
  statuses: [200],
  refusals: { 404: [notTakenBack.code] },
  handle: async ({ deps, params }) => {
    const row = await readTakeback(deps.db, params.id);
    return row === null ? notTakenBack : ok(view(row));
  },
});

export const takebackRoutes = [begin, get];
