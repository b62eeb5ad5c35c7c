/** 自动回复试一试: what the account would answer to a text. It is decided as for a fan, and nothing is written. */
import * as z from 'zod';
import { answerOf, tryReply } from '../../commands/account/try-reply.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';

const textLengthMax = 2_000;

const ReplyTried = namedAnswer(
  'ReplyTried',
  z.strictObject({
    answeredBy: z.enum(['keyword', 'fallback', 'associate', 'nobody']),
    rule: z
      .strictObject({ index: z.int(), match: z.enum(['exact', 'contains']), words: z.array(z.string()) })
      .nullable()
      .meta({ description: 'Which of `wechat.keywords`, counted from 0.' }),
    text: z.string().nullable(),
    missing: z
      .array(z.string())
      .meta({ description: 'Variables without a value here: such an answer is shown, and never sent.' }),
  }),
);

const trial = route({
  method: 'POST',
  path: '/wechat/replies/try',
  tag: 'Official account',
  summary: 'Try what would be answered',
  description:
    'With an openid, as this follower would be answered: with their name, their points, their associate. Without one, as a stranger. Writes nothing.',
  scope: 'admin',
  statuses: [200],
  body: namedBody(
    'ReplyTrial',
    z.strictObject({
      text: z.string().min(1).max(textLengthMax),
      openid: z.string().trim().min(1).max(128).optional(),
    }),
  ),
  answer: ReplyTried,
  takesKey: false,
  isTrial: true,
  handle: async ({ deps, now, body: { text, openid } }) =>
    ok(answerOf(text, await tryReply(deps.engine, { text, openid }, now))),
});

export const replyRoutes = [trial];
