/** 提醒: alerts about the shop's own operation. */
import * as z from 'zod';
import { alertKinds } from '../../../schema/index.ts';
import { listAlerts } from '../../db/upkeep/alerts.ts';
import { route } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';

const Alert = z.strictObject({
  id: z.string(),
  kind: z.enum(alertKinds),
  source: z.string(),
  text: z.string().meta({ description: 'For the shop to read, in Chinese.' }),
  at: At,
});

export const alerts = route({
  method: 'GET',
  path: '/alerts',
  tag: 'Alerts',
  scope: 'admin',
  statuses: [200],
  summary: 'What the shop was told about its own working, newest first',
  description:
    'Each thing is said once: a source with `silenceAlarmMinutes` in its config that sends nothing while the shop is open, that it sends again, and a reconciliation that still differs the next day.',
  query: z.strictObject(pageQuery),
  answer: listOf('AlertList', Alert),
  handle: ({ deps, query }) =>
    paged(
      query,
      newestFirst(
        (before, limit) => listAlerts(deps.db, before, limit),
        ({ at, id }) => ({ at, id }),
      ),
      ({ sourceId, at, ...alert }) => ({ ...alert, source: sourceId, at: instant(at) }),
    ),
});
