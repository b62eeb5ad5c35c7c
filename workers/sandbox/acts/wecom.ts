/** 企业微信里的动作: a customer adds an employee or drops them, told to `/hooks/wecom`. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { Here, SandboxApp } from '../here.ts';
import { report } from '../push/account.ts';
import { Delivery, push } from '../push/push.ts';
import { addContact, contactWayOf } from '../wecom/contacts.ts';
import { lineOf, staff } from '../wecom/line.ts';
import { Refused, act } from './act.ts';

const Id = z.string().min(1).max(64);
const Add = Delivery.extend({
  externalUserid: Id,
  userid: Id.optional(),
  /** The code that was scanned: it says whom and why. */
  configId: z.string().optional(),
  state: z.string().max(30).optional(),
  name: z.string().max(40).default('微信客户'),
  unionid: z.string().optional(),
  /** False: the console has a greeting of its own, so the event brings no code. */
  welcome: z.boolean().default(true),
});
const Drop = Delivery.extend({ externalUserid: Id, userid: Id, by: z.enum(['customer', 'employee']) });

export const corp = new Hono<SandboxApp>();

corp.post(
  '/add-contact',
  act(Add, async (here, given) => {
    const { externalUserid, configId, name, unionid } = given;
    const way = configId === undefined ? null : await contactWayOf(here.db, configId);
    if (configId !== undefined && way === null) throw new Refused(404, 'no such code');
    const userid = given.userid ?? way?.users[0] ?? staff[0]?.userid ?? '';
    const state = given.state ?? way?.state ?? '';
    const code = await addContact(here, {
      external_userid: externalUserid,
      userid,
      state,
      name,
      unionid: unionid ?? null,
    });
    const pushed = await tellCorp(
      here,
      {
        ChangeType: 'add_external_contact',
        UserID: userid,
        ExternalUserID: externalUserid,
        ...(state === '' ? {} : { State: state }),
        ...(given.welcome ? { WelcomeCode: code } : {}),
      },
      given,
    );
    return { ...report(pushed), welcomeCode: given.welcome ? code : null };
  }),
);

corp.post(
  '/drop-contact',
  act(Drop, async (here, given) => {
    const { externalUserid, userid, by } = given;
    await here.db
      .prepare('DELETE FROM contacts WHERE external_userid = ? AND userid = ?')
      .bind(externalUserid, userid)
      .run();
    // `del_follow_user` is the customer's doing, and the one that leaves the employee without them.
    const ChangeType = by === 'customer' ? 'del_follow_user' : 'del_external_contact';
    const fields = { ChangeType, UserID: userid, ExternalUserID: externalUserid };
    return report(await tellCorp(here, fields, given));
  }),
);

function tellCorp(here: Here, fields: Readonly<Record<string, string>>, delivery: Delivery) {
  const line = lineOf(here);
  if (line === null) throw new Refused(404, 'WeCom is not set up');
  const message = {
    ToUserName: line.self,
    FromUserName: 'sys',
    CreateTime: Math.floor(here.now / 1000),
    MsgType: 'event',
    Event: 'change_external_contact',
    ...fields,
  };
  return push(here, line, { from: 'sys', fields: message, delivery });
}
