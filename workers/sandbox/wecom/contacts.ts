/** 客户联系: the welcome within twenty seconds, the code that says where a customer came from, and the customer. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { post } from '../state/letters.ts';
import { wordOf } from '../plain/random.ts';
import type { WecomCall } from './call.ts';
import { done, refusal } from './errors.ts';
import { isStaff } from './line.ts';

const welcomeMs = 20_000;
const attachmentsMax = 9;
const textBytesMax = 4000;

const Welcome = z.object({
  welcome_code: z.string().min(1),
  text: z.object({ content: z.string() }).optional(),
  attachments: z
    .array(z.looseObject({ msgtype: z.enum(['image', 'link', 'miniprogram', 'video', 'file']) }))
    .max(attachmentsMax)
    .default([]),
});

export async function sendWelcome({ here, body }: WecomCall): Promise<Response> {
  const parsed = Welcome.safeParse(body);
  if (!parsed.success) return refusal(40058);
  const { welcome_code: code, attachments } = parsed.data;
  const text = parsed.data.text?.content ?? '';
  if (text === '' && attachments.length === 0) return refusal(40058);
  if (new TextEncoder().encode(text).length > textBytesMax) return refusal(45002);
  const welcome = await here.db
    .prepare('SELECT external_userid, at, used FROM welcomes WHERE code = ?')
    .bind(code)
    .first<{ external_userid: string; at: number; used: number }>();
  if (welcome === null || here.now - welcome.at > welcomeMs) return refusal(41050);
  const { meta } = await here.db
    .prepare('UPDATE welcomes SET used = 1 WHERE code = ? AND used = 0')
    .bind(code)
    .run();
  if (meta.changes === 0) return refusal(41051);
  await post(here, {
    channel: 'wecom-customer',
    recipient: welcome.external_userid,
    kind: 'welcome',
    text,
    data: { attachments },
    msgid: wordOf(12),
  });
  return done();
}

const Way = z.object({
  type: z.literal([1, 2]),
  scene: z.literal([1, 2]),
  state: z.string().max(30).default(''),
  user: z.array(z.string()).default([]),
  remark: z.string().max(30).default(''),
  skip_verify: z.boolean().default(true),
});

/** 联系我: for one employee or several; the state comes back with every customer who used it. */
export async function addContactWay({ here: { db }, body }: WecomCall): Promise<Response> {
  const parsed = Way.safeParse(body);
  if (!parsed.success) return refusal(40058);
  const { type, scene, state, user } = parsed.data;
  if (user.length === 0 || (type === 1 && user.length !== 1)) return refusal(40058);
  if (!user.every(isStaff)) return refusal(60111);
  const id = wordOf(16);
  await db.prepare('INSERT INTO contact_ways VALUES (?, ?, ?)').bind(id, state, JSON.stringify(user)).run();
  const qr = scene === 2 ? { qr_code: `https://p.qpic.cn/wwhead/sandbox/${id}/0` } : {};
  return done({ config_id: id, ...qr });
}

export type Contact = {
  readonly external_userid: string;
  readonly userid: string;
  readonly state: string;
  readonly name: string;
  readonly unionid: string | null;
  readonly at: number;
};

export async function getContact({ here: { db }, query }: WecomCall): Promise<Response> {
  const { results } = await db
    .prepare(
      'SELECT external_userid, userid, state, name, unionid, at FROM contacts WHERE external_userid = ?',
    )
    .bind(query('external_userid'))
    .all<Contact>();
  const [contact] = results;
  if (contact === undefined) return refusal(84061);
  return done({
    external_contact: {
      external_userid: contact.external_userid,
      name: contact.name,
      type: 1,
      gender: 0,
      ...(contact.unionid === null ? {} : { unionid: contact.unionid }),
    },
    follow_user: results.map(({ userid, state, at }) => ({
      userid,
      remark: '',
      createtime: Math.floor(at / 1000),
      state,
      add_way: 1,
    })),
  });
}

/** Who added whom, and the code with which the customer may be welcomed. */
export async function addContact({ db, now }: Here, contact: Omit<Contact, 'at'>): Promise<string> {
  const code = wordOf(32);
  await db.batch([
    db
      .prepare('INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?, ?, ?)')
      .bind(contact.external_userid, contact.userid, contact.state, contact.name, contact.unionid, now),
    db.prepare('INSERT INTO welcomes VALUES (?, ?, ?, 0)').bind(code, contact.external_userid, now),
  ]);
  return code;
}

export type ContactWay = { readonly state: string; readonly users: readonly string[] };

export async function contactWayOf(db: D1Database, configId: string): Promise<ContactWay | null> {
  const row = await db
    .prepare('SELECT state, users FROM contact_ways WHERE config_id = ?')
    .bind(configId)
    .first<{ state: string; users: string }>();
  return row === null ? null : { state: row.state, users: z.array(z.string()).parse(JSON.parse(row.users)) };
}
