/** 换密钥: a new secret beside the old one, which verifies for a while longer, so that no sale falls between the two. */
import * as z from 'zod';
import { readSource, rotateSecret } from '../../db/sources/registered-sources.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { invalidField } from '../../commands/invalid.ts';
import { commit } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';
import { noSenders } from './source-check.ts';
import { isSame, newSecret, SecretInput } from './source-secret.ts';
import { viewWebhook } from './source-view.ts';
import { sourceParams, unknownSource } from './sources.ts';

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
    const { senders } = deps;
    const source = await readSource(deps.db, params.id);
    if (!source) return unknownSource;
    if (!senders) return noSenders;
    const fresh = await newSecret(senders, source, body.secret);
    if ('code' in fresh) return fresh;
    const [newest] = source.secrets;
    if (newest && (await isSame(newest.secret, fresh.stored)))
      return invalidField('secret', 'is the one it has already');
    const overlapTo = now + body.overlapHours * hourMs;
    const answerWith = async (token: string | null) => {
      const { address } = await viewWebhook(senders, source, origin, token);
      const { secret } = fresh;
      return ok({
        id: source.id,
        ...(secret !== null && { secret }),
        address,
        oldValidTo: instant(overlapTo),
      });
    };
    const outcome = await commit(
      call,
      [rotateSecret(source.id, fresh.stored, now, overlapTo)],
      await answerWith(fresh.token),
      // Of a token only the digest is stored, and an answer that is kept would be a second place.
      await answerWith(null),
    );
    await senders.renew();
    return outcome;
  },
});
