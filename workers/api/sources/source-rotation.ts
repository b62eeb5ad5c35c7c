/** 换密钥: a new secret beside the old one, which stays valid for a while, so that no sale is lost in between. */
import * as z from 'zod';
import { rotateSource } from '../../commands/sources/rotate.ts';
import { SecretInput } from '../../commands/sources/source-secret.ts';
import { commit } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';
import { viewWebhook } from './source-view.ts';
import { sourceParams } from './sources.ts';

const overlapHoursMax = 24 * 30;

const Rotated = namedAnswer(
  'NewSecret',
  z.strictObject({
    id: z.string(),
    secret: z.string().optional().meta({ description: 'Shown once, when it was made here.' }),
    address: z.string().meta({ description: 'To paste; a token in it is shown once.' }),
    oldValidTo: At,
    notice: z
      .string()
      .optional()
      .meta({ description: 'Of an answer repeated for its Idempotency-Key: what it holds no longer.' }),
  }),
);

const shownBefore =
  'what was made here was shown once, in the first answer to this Idempotency-Key; if it was lost, rotate again with a new key';

export const sourceRotation = route({
  tag: 'Sources',
  scope: 'admin',
  method: 'POST',
  path: '/sources/{id}/rotate',
  summary: 'Give a system a new secret',
  description:
    'Both verify until the overlap ends; 0 hours ends the old one within half a minute. Without `secret`, one is made here. Where the address is the secret, it is the address that changes. Asked again under the same Idempotency-Key, it rotates nothing and shows no secret: `notice` says so.',
  statuses: [200],
  refusals: { 404: ['unknown_source'], 409: ['idempotency_key_reused'], 503: ['no_senders'] },
  params: sourceParams,
  body: namedBody(
    'Rotation',
    z.strictObject({
      overlapHours: z.int().min(0).max(overlapHoursMax).default(24),
      secret: SecretInput.optional(),
    }),
  ),
  answer: Rotated,
  handle: async (call) => {
    const { deps, now, origin, params, body } = call;
    const { overlapHours, secret: given } = body;
    const draft = await rotateSource(deps, { id: params.id, overlapHours, secret: given }, now);
    if ('code' in draft) return draft;
    const { source, senders, fresh, oldValidTo } = draft.row;
    const { secret, token } = fresh;
    const told = { id: source.id, oldValidTo: instant(oldValidTo) };
    const address = async (shown: string | null) =>
      (await viewWebhook(senders, source, origin, shown)).address;
    const isMade = secret !== null || token !== null;
    const answer = ok({ ...told, address: await address(token), ...(secret !== null && { secret }) });
    // Whoever reads the stored answers learns no secret.
    const kept = ok({ ...told, address: await address(null), ...(isMade && { notice: shownBefore }) });
    const outcome = await commit(call, draft, answer, kept);
    await senders.renew();
    return outcome;
  },
});
