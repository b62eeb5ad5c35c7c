/** A mass message as the API shows it: recipients, progress and result. */
import * as z from 'zod';
import { massPageStates, massStates, type MassAudience } from '../../../schema/index.ts';
import type { MassProgress, PageOutcome } from '../../db/mass/mass-views.ts';
import { passedOverIn, tallyOfMass } from '../../views/mass.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const Call = z.strictObject({
  page: z.int(),
  recipients: z.int(),
  state: z.enum(massPageStates),
  attempts: z.int(),
  msgId: z.string().nullable().meta({ description: 'WeChat’s number for it.' }),
  lastError: z.string().nullable(),
  receipt: z
    .strictObject({ status: z.string(), sent: z.int(), failed: z.int(), passedOver: z.int() })
    .nullable()
    .meta({ description: 'WeChat’s report; it skips people who already had four, and those who refuse.' }),
});

export const MassAnswer = namedAnswer(
  'MassMessage',
  z.strictObject({
    id: z.string(),
    text: z.string().nullable(),
    mediaId: z.string().nullable(),
    to: z.strictObject({
      kind: z.enum(['all', 'tag', 'group', 'storeId', 'openids', 'memberIds']),
      tag: z.string().nullable(),
      group: z.string().nullable(),
      storeId: z.string().nullable(),
    }),
    state: z.enum(massStates),
    note: z.string().nullable().meta({ description: 'Why it stopped, and who could not be reached.' }),
    at: At,
    createdAt: At,
    endedAt: At.nullable(),
    recipients: z.int().meta({ description: 'Counted so far, and on a call to WeChat.' }),
    overLimit: z
      .int()
      .meta({ description: 'How many were left out because they already had four this month.' }),
    sent: z.int().meta({ description: 'Reached, as WeChat reports it.' }),
    failed: z.int().meta({ description: 'Not reached, or passed over, as WeChat reports it.' }),
    reported: z.int().meta({ description: 'Recipients of the calls that WeChat has reported on.' }),
    calls: z.array(Call),
  }),
);
export type MassAnswer = z.infer<typeof MassAnswer>;

export function viewMass(progress: MassProgress): MassAnswer {
  const { mass, pages } = progress;
  const { id, content, audience, state, note, recipients, overLimit } = mass;
  return {
    id,
    text: 'text' in content ? content.text : null,
    mediaId: 'mediaId' in content ? content.mediaId : null,
    to: {
      kind: kindOf(audience),
      tag: 'tag' in audience ? audience.tag : null,
      group: 'group' in audience ? audience.group : null,
      storeId: 'storeId' in audience ? audience.storeId : null,
    },
    state,
    note,
    at: instant(mass.dueAt),
    createdAt: instant(mass.createdAt),
    endedAt: instantOrNull(mass.endedAt),
    recipients,
    overLimit,
    ...tallyOfMass(progress),
    calls: pages.map(viewCall),
  };
}

function kindOf(audience: MassAudience): MassAnswer['to']['kind'] {
  if ('all' in audience) return 'all';
  if ('tag' in audience) return 'tag';
  if ('group' in audience) return 'group';
  if ('storeId' in audience) return 'storeId';
  return 'openids' in audience ? 'openids' : 'memberIds';
}

const viewCall = ({ page, recipients, state, attempts, msgId, lastError, receipt }: PageOutcome) => ({
  page,
  recipients,
  state,
  attempts,
  msgId,
  lastError,
  receipt: receipt && {
    status: receipt.status,
    sent: receipt.sent,
    failed: receipt.failed,
    passedOver: passedOverIn(receipt),
  },
});
