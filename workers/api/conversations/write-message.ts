/** 回复会员: an associate, or the shop itself, writes to a person through the account. */
import * as z from 'zod';
import { AssociateId } from '../../../schema/index.ts';
import { writeTo } from '../../commands/members/write-to.ts';
import type { Person } from '../../db/conversations/thread-messages.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { ContactAnswer, viewContact } from './conversation-view.ts';
import { threadParams, threadRefusals } from './conversations.ts';
import { created, namedBody, route, type Call, type Outcome } from '../call/define.ts';
import { personOfThread } from '../../views/thread-ids.ts';

/** WeChat cuts a text at 2,048 bytes, which is more than 600 Chinese characters. */
const textLengthMax = 600;

const Body = namedBody(
  'ConversationMessageInput',
  z.strictObject({
    text: z.string().trim().min(1).max(textLengthMax),
    associateId: AssociateId.optional().meta({
      description: 'Who writes: the person’s own associate. Without it, the shop itself does.',
    }),
  }),
);
type WriteCall = Call<unknown, unknown, z.infer<typeof Body>>;

const write = route({
  method: 'POST',
  path: '/conversations/{thread}/messages',
  tag: 'Conversations',
  summary: 'Answer somebody',
  description:
    'Goes out at once, and is on record. WeChat lets us write five times within 48 hours of what the person wrote last, and only a minute after a scan or a tap on the menu; outside that it is refused, with what else is possible under `alternatives`.',
  scope: 'admin',
  statuses: [201],
  refusals: {
    ...threadRefusals,
    409: ['window_closed', 'not_yours', 'not_reachable'],
    503: ['not_decided'],
  },
  params: threadParams,
  body: Body,
  answer: ContactAnswer,
  handle: async (call) => {
    const { deps, now, params } = call;
    const person = await personOfThread(deps, params.thread, now);
    if ('code' in person) return person;
    return (await takeKey(call)) ?? say(call, person);
  },
});

async function say(call: WriteCall, person: Person): Promise<Outcome<z.infer<typeof ContactAnswer>>> {
  const { deps, now, body } = call;
  const asked = { id: await commandId(call), person, associateId: body.associateId ?? null, text: body.text };
  const written = await writeTo(deps.engine, asked, now);
  if ('refusal' in written) return toProblem(written.refusal);
  // The text is not stored with the answer: the contact row holds it, for as long as it may be kept.
  if ('undecided' in written) return notDecided;
  deps.doorbell.ring();
  return created(viewContact(written.contact));
}

const alternatives = { sms: '短信', phone: '电话' } as const;
const closed = '会员48小时内没有主动联系，或回复条数已用完，微信不允许再发；';
const details: Readonly<Partial<Record<Refusal['code'], string>>> = {
  NOT_YOURS: '这位会员有自己的专属导购，不能由别人回复。',
  NOT_REACHABLE: '这位会员没有关注公众号，也没有留下手机号，暂时联系不上。',
};

function toProblem(refusal: Refusal): Problem {
  const refused = { status: 409, code: refusal.code.toLowerCase() } as const;
  if (refusal.code === 'WINDOW_CLOSED') {
    const ways = refusal.alternatives.map((way) => alternatives[way]).join('或');
    const instead = ways === '' ? '等会员再次留言后就可以回复。' : `可以改用${ways}，或等会员再次留言。`;
    return { ...refused, detail: closed + instead, alternatives: refusal.alternatives };
  }
  const detail = details[refusal.code];
  if (detail === undefined) throw new Error(`a message is never refused for ${refusal.code}`);
  return { ...refused, detail };
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'the message could not be settled; send it again with the same Idempotency-Key',
  retryAfterSeconds: 1,
};

export const writeRoutes = [write];
