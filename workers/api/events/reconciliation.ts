/** 对账: a source reports what it sold in a day; the answer lists what was not received. */
import * as z from 'zod';
import { Day, DayTotals, StoreCompared, type Reconciliation } from '../../../schema/index.ts';
import { reconcileDay } from '../../commands/sources/reconcile-day.ts';
import { unknownSource } from '../../commands/sources/register.ts';
import { listReconciliations } from '../../db/sources/reconciliation.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';

const sourceId = z.string().min(1).max(40);

const Compared = z.strictObject({
  date: z.string(),
  isEqual: z.boolean(),
  stores: z.array(StoreCompared),
  saidAt: At,
  comparedAt: At,
});
type Compared = z.infer<typeof Compared>;
const ReconciliationAnswer = namedAnswer('Reconciliation', Compared);

const view = ({ date, isEqual, stores, saidAt, comparedAt }: Reconciliation): Compared => ({
  date,
  isEqual,
  stores: [...stores],
  saidAt: instant(saidAt),
  comparedAt: instant(comparedAt),
});

const common = { tag: 'Sources', scope: 'admin', statuses: [200] } as const;

const put = route({
  ...common,
  method: 'PUT',
  path: '/sources/{id}/reconciliation/{date}',
  summary: 'Reconcile a business day with what its source says of it',
  description:
    'Voided sales do not count on either side, and refunds that name no sale name no store. Where counts differ, the numbers on our side are listed, so that the missing ones can be sent again: 200 a store, 20 stores. Sales that arrive up to 7 days late count. Sending a day again replaces what was said; a day that differs is compared again every morning for a week.',
  refusals: { 404: ['unknown_source'] },
  params: z.strictObject({ id: sourceId, date: Day }),
  body: namedBody('DayTotals', DayTotals),
  answer: ReconciliationAnswer,
  handle: async ({ deps, now, params: { id, date }, body }) => {
    const compared = await reconcileDay(deps.db, { id, date, said: body }, now);
    return 'code' in compared ? compared : ok(view(compared));
  },
});

/** Sorts after every day, and before every day. */
const endOfDays = '9999-12-31';
const firstOfDays = '0000-01-01';

const list = route({
  ...common,
  method: 'GET',
  path: '/sources/{id}/reconciliation',
  summary: 'Days that were reconciled, newest first',
  description: 'What the system said of each day beside what was received, store by store.',
  refusals: { 404: ['unknown_source'] },
  params: z.strictObject({ id: sourceId }),
  query: z.strictObject({
    from: Day.default(firstOfDays).meta({ description: 'The first day.' }),
    to: Day.default(endOfDays).meta({ description: 'The last day, included.' }),
    ...pageQuery,
  }),
  answer: listOf('ReconciliationList', Compared),
  handle: async ({ deps, params: { id }, query }) => {
    if (!(await readSource(deps.db, id))) return unknownSource;
    const read = async (before: string, limit: number) => {
      const days = await listReconciliations(deps.db, id, { from: query.from, before }, limit + 1);
      return cut(days, limit, ({ date }) => date);
    };
    // A text that comes right after the last day, and before any day after it.
    return paged(query, { cursor: z.string().max(20), start: `${query.to}~`, read }, view);
  },
});

export const reconciliationRoutes = [put, list];
