/** 顾客的手机: what a person with a phone does to the account, each told to Huike as WeChat tells it. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { Here, SandboxApp } from '../here.ts';
import { deliver } from '../state/messages.ts';
import { personOf, setFollowing } from '../state/people.ts';
import { report, tell } from '../push/account.ts';
import { Delivery } from '../push/push.ts';
import { wordOf } from '../plain/random.ts';
import { codeOf } from '../weixin/qrcode.ts';
import { closeWindows, openWindow } from '../state/windows.ts';
import { Openid, Refused, act } from './act.ts';

const Scene = z.string().min(1).max(64);
const Follow = Delivery.extend({
  openid: Openid,
  /** The parameter of the code that was scanned. */
  scene: Scene.optional(),
  unionid: z.string().min(1).max(64).optional(),
  name: z.string().max(40).optional(),
  phone: z.string().max(20).optional(),
});
const Scan = Delivery.extend({ openid: Openid, scene: Scene.optional(), ticket: z.string().optional() });
const Say = Delivery.extend({
  openid: Openid,
  text: z.string().min(1).max(2000),
  /** What was tapped in a msgmenu; that counts as a tap on the menu. */
  menuId: z.string().optional(),
});
const Click = Delivery.extend({ openid: Openid, key: z.string().min(1).max(128) });

export const person = new Hono<SandboxApp>();

/** A follower who scans is not a new follower: WeChat then says SCAN, and the scene has no prefix. */
async function arrive(here: Here, given: z.infer<typeof Follow>, ticket?: string) {
  const { openid, scene } = given;
  const isFollowing = (await personOf(here.db, openid))?.following === 1;
  await setFollowing(here, given, true);
  const isScan = isFollowing && scene !== undefined;
  await openWindow(here, openid, isScan ? 'scan' : 'follow');
  const event = isScan
    ? { Event: 'SCAN', EventKey: scene }
    : { Event: 'subscribe', EventKey: scene === undefined ? '' : `qrscene_${scene}` };
  const printed = scene === undefined ? null : (ticket ?? (await ticketFor(here, scene)));
  const fields = { MsgType: 'event', ...event, ...(printed === null ? {} : { Ticket: printed }) };
  return report(await tell(here, openid, fields, given));
}

/** A code nobody has made through the API is taken for one that hangs in the shop. */
const ticketFor = async (here: Here, scene: string): Promise<string> =>
  (await codeOf(here, { scene }))?.ticket ?? `gQ${wordOf(66)}==`;

person.post('/follow', act(Follow, arrive));

person.post(
  '/scan',
  act(Scan, async (here, { ticket, scene, ...given }) => {
    const code = ticket === undefined ? null : await codeOf(here, { ticket });
    if (ticket !== undefined && code === null) throw new Refused(404, 'no such code, or its time is over');
    const said = code?.scene ?? scene;
    if (said === undefined) throw new Refused(404, 'scan a scene or a ticket');
    return arrive(here, { ...given, scene: said }, ticket);
  }),
);

person.post(
  '/unfollow',
  act(Delivery.extend({ openid: Openid }), async (here, given) => {
    const { openid } = given;
    await setFollowing(here, { openid }, false);
    await closeWindows(here, openid);
    const event = { MsgType: 'event', Event: 'unsubscribe', EventKey: '' };
    return report(await tell(here, openid, event, given));
  }),
);

/** Only a follower can write to the account, so whoever says something follows it. */
person.post(
  '/say',
  act(Say, async (here, given) => {
    const { openid, text, menuId } = given;
    await setFollowing(here, { openid }, true);
    await openWindow(here, openid, menuId === undefined ? 'say' : 'click');
    const data = { text };
    const msgId = (await deliver(here, { openid, sender: 'person', kind: 'text', text, data })) ?? '0';
    const fields = {
      MsgType: 'text',
      Content: text,
      MsgId: BigInt(msgId),
      ...(menuId === undefined ? {} : { bizmsgmenuid: menuId }),
    };
    return { ...report(await tell(here, openid, fields, given)), msgId };
  }),
);

person.post(
  '/click',
  act(Click, async (here, given) => {
    const { openid, key } = given;
    await setFollowing(here, { openid }, true);
    await openWindow(here, openid, 'click');
    return report(await tell(here, openid, { MsgType: 'event', Event: 'CLICK', EventKey: key }, given));
  }),
);
