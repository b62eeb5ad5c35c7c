/** 自动回复试一试: what the account would answer to a text. It is decided as for a fan, and nothing is written. */
import * as z from 'zod';
import { tryReply, type Tried } from '../../commands/account/try-reply.ts';
import { keywordRule } from '../../decide/fans/keywords.ts';
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
type ReplyTried = z.infer<typeof ReplyTried>;

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
    ok(viewTrial(text, await tryReply(deps.engine, { text, openid }, now))),
});

function viewTrial(said: string, { wechat, effects }: Tried): ReplyTried {
  const messages = effects.flatMap((effect) => (effect.type === 'message.queue' ? [effect.note] : []));
  const replies = messages.flatMap(({ kind, payload }) => (kind === 'reply' ? [payload] : []));
  const rule = replies.length > 0 ? keywordRule(wechat, said) : null;
  const texts = replies.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const missing = replies.flatMap((payload) => (Array.isArray(payload['missing']) ? payload['missing'] : []));
  const toAssociate = messages.length > replies.length;
  const bySettings = rule && (missing.length === 0 || texts.length === 0) ? 'keyword' : 'fallback';
  const byNobody = replies.length > 0 ? bySettings : 'nobody';
  return {
    answeredBy: texts.length === 0 && toAssociate ? 'associate' : byNobody,
    rule: rule && { index: wechat.keywords.indexOf(rule), match: rule.match, words: rule.words },
    text: texts[0] ?? null,
    missing: missing.map(String),
  };
}

export const replyRoutes = [trial];
