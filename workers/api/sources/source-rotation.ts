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
  }),
);

export const sourceRotation = route({
  tag: 'Sources',
  scope: 'admin',
  method: 'POST',
  path: '/sources/{id}/rotate',
  summary: 'Give a system a new secret',
  description:
    'Both verify until the overlap ends; 0 hours ends the old one within half a minute. Without `secret`, one is made here. Where the address is the secret, it is the address that changes; asked again under the same Idempotency-Key, it stays hidden.',
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
    const answerWith = async (token: string | null) => {
      const { address } = await viewWebhook(senders, source, origin, token);
      const { secret } = fresh;
      return ok({
        id: source.id,
        ...(secret !== null && { secret }),
        address,
        oldValidTo: instant(oldValidTo),
      });
    };
    // Only a token's digest is stored; the stored answer must not hold the token.
    const outcome = await commit(call, draft, await answerWith(fresh.token), await answerWith(null));
    await senders.renew();
    return outcome;
  },
});
