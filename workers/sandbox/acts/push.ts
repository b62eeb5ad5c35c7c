/** 任意推送: any event or message, with the fields a tester gives, told to Huike. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { SandboxApp } from '../here.ts';
import { members } from '../demo/shop.ts';
import { report, tell } from '../push/account.ts';
import { Delivery } from '../push/push.ts';
import type { Fields } from '../push/xml.ts';
import { newMessageId } from '../plain/random.ts';
import { openWindow } from '../state/windows.ts';
import { Openid, act } from './act.ts';

const Name = z.string().regex(/^[A-Za-z]\w{0,63}$/);
const Tree: z.ZodType<Fields> = z.lazy(() =>
  z.record(Name, z.union([z.string(), z.number(), Tree, z.array(Tree)])),
);
const Head = Delivery.extend({ openid: Openid.default(members[0].openid) });
/** What is not ours to read goes into the message as it stands. */
const Push = Head.loose().transform((given, context) => {
  const { openid, deliveries, parallel, delayMs, ...rest } = given;
  const fields = Tree.safeParse(rest);
  if (fields.success) {
    return { openid, delivery: { deliveries, parallel, delayMs }, fields: fields.data };
  }
  context.addIssue({ code: 'custom', message: 'fields are text, numbers and elements of those' });
  return z.NEVER;
});

/** Taps that open the window of the menu. */
const taps: ReadonlySet<unknown> = new Set(['CLICK', 'scancode_push', 'scancode_waitmsg']);

export const anything = new Hono<SandboxApp>();

anything.post(
  '/push',
  act(Push, async (here, { openid, delivery, fields }) => {
    const isEvent = fields['Event'] !== undefined || fields['MsgType'] === 'event';
    if (taps.has(fields['Event'])) await openWindow(here, openid, 'click');
    if (!isEvent) await openWindow(here, openid, 'say');
    const message = {
      MsgType: isEvent ? 'event' : 'text',
      ...fields,
      ...(isEvent ? {} : { MsgId: idIn(fields['MsgId'] ?? newMessageId()) }),
      ...(fields['MsgID'] === undefined ? {} : { MsgID: idIn(fields['MsgID']) }),
    };
    return report(await tell(here, openid, message, delivery));
  }),
);

/** Ids are bare numbers of 64 bits; a tester gives them as text. */
function idIn(given: Fields[string]): Fields[string] {
  return typeof given === 'string' && /^\d{1,19}$/.test(given) ? BigInt(given) : given;
}
