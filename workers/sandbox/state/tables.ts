/** What the sandbox remembers. It is nobody's only copy: when its tables change, it starts anew. */
import { clockOf } from '../plain/clock.ts';
import type { SandboxEnv } from '../env.ts';
import { people } from '../demo/shop.ts';
import { firstTemplates } from './templates.ts';

const tables = {
  people: `openid TEXT PRIMARY KEY, name TEXT, phone TEXT, unionid TEXT, role TEXT NOT NULL,
    following INTEGER NOT NULL, seat INTEGER NOT NULL, refuses TEXT NOT NULL DEFAULT '',
    followed_at INTEGER NOT NULL DEFAULT 0, came_by TEXT NOT NULL DEFAULT 'ADD_SCENE_SEARCH',
    scene TEXT NOT NULL DEFAULT ''`,
  windows: `openid TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL, remaining INTEGER NOT NULL,
    PRIMARY KEY (openid, kind)`,
  messages: `seq INTEGER PRIMARY KEY, openid TEXT NOT NULL, sender TEXT NOT NULL, at INTEGER NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL, data TEXT NOT NULL, msgid TEXT, card TEXT, url TEXT, client_msg_id TEXT,
    hidden INTEGER NOT NULL DEFAULT 0`,
  pushes: `seq INTEGER PRIMARY KEY, app TEXT NOT NULL, sender TEXT NOT NULL, at INTEGER NOT NULL,
    body TEXT NOT NULL, ok INTEGER NOT NULL, status INTEGER NOT NULL, attempts INTEGER NOT NULL`,
  tokens: `value TEXT PRIMARY KEY, app TEXT NOT NULL, issued_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    forced INTEGER NOT NULL, superseded INTEGER NOT NULL`,
  receipts: `number TEXT PRIMARY KEY, type TEXT NOT NULL, order_no TEXT NOT NULL, at INTEGER NOT NULL,
    data TEXT NOT NULL`,
  control: `id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL`,
  faults: `path TEXT PRIMARY KEY, fail_left INTEGER NOT NULL DEFAULT 0, errcode INTEGER NOT NULL DEFAULT -1,
    status INTEGER NOT NULL DEFAULT 0, afterwards INTEGER NOT NULL DEFAULT 0, latency_ms INTEGER NOT NULL DEFAULT 0`,
  calls: `period TEXT NOT NULL, path TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (period, path)`,
  refusals: `rid TEXT PRIMARY KEY, at INTEGER NOT NULL, path TEXT NOT NULL, request TEXT NOT NULL, response TEXT NOT NULL`,
  templates: `id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, fields TEXT NOT NULL`,
  consents: `openid TEXT NOT NULL, template_id TEXT NOT NULL, remaining INTEGER NOT NULL,
    PRIMARY KEY (openid, template_id)`,
  qrcodes: `ticket TEXT PRIMARY KEY, scene TEXT NOT NULL, permanent INTEGER NOT NULL, ends_at INTEGER NOT NULL`,
  menu: `id INTEGER PRIMARY KEY CHECK (id = 1), buttons TEXT NOT NULL`,
  tags: `id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE`,
  tagged: `openid TEXT NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (openid, tag_id)`,
  mass: `msg_id TEXT PRIMARY KEY, client_msg_id TEXT NOT NULL, at INTEGER NOT NULL`,
  mass_received: `month TEXT NOT NULL, openid TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (month, openid)`,
  logins: `code TEXT PRIMARY KEY, openid TEXT NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL,
    used INTEGER NOT NULL, snapshot INTEGER NOT NULL`,
  sessions: `value TEXT PRIMARY KEY, openid TEXT NOT NULL, scope TEXT NOT NULL, ends_at INTEGER NOT NULL,
    snapshot INTEGER NOT NULL`,
  contacts: `external_userid TEXT NOT NULL, userid TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL,
    unionid TEXT, at INTEGER NOT NULL, PRIMARY KEY (external_userid, userid)`,
  welcomes: `code TEXT PRIMARY KEY, external_userid TEXT NOT NULL, at INTEGER NOT NULL, used INTEGER NOT NULL`,
  contact_ways: `config_id TEXT PRIMARY KEY, state TEXT NOT NULL, users TEXT NOT NULL`,
  letters: `seq INTEGER PRIMARY KEY, channel TEXT NOT NULL, recipient TEXT NOT NULL, at INTEGER NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL, data TEXT NOT NULL, msgid TEXT NOT NULL, digest TEXT NOT NULL`,
  transfers: `out_bill_no TEXT PRIMARY KEY, transfer_bill_no TEXT NOT NULL UNIQUE, openid TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, state TEXT NOT NULL, fail_reason TEXT NOT NULL, digest TEXT NOT NULL,
    remark TEXT NOT NULL, notify_url TEXT NOT NULL, package_info TEXT NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL`,
  notifications: `seq INTEGER PRIMARY KEY, id TEXT NOT NULL, out_bill_no TEXT NOT NULL, at INTEGER NOT NULL,
    ok INTEGER NOT NULL, statuses TEXT NOT NULL`,
} as const;

const indexes = [
  'CREATE INDEX messages_openid ON messages (openid, seq)',
  'CREATE INDEX letters_recipient ON letters (channel, recipient, seq)',
];

let isReady = false;

/** Once for each isolate. The demo shop's people follow the account from the start. */
export async function ready(env: SandboxEnv): Promise<void> {
  if (isReady) return;
  const db = env.SANDBOX_DB;
  const layout = layoutOf(JSON.stringify([tables, indexes, firstTemplates]));
  await db.prepare('CREATE TABLE IF NOT EXISTS layout (id TEXT PRIMARY KEY) STRICT').run();
  if (!(await isLaidOut(db, layout))) await begin(db, layout, clockOf(env));
  isReady = true;
}

/** Whoever says first which tables there are makes them; the others meet what is there. */
async function begin(db: D1Database, layout: string, now: number): Promise<void> {
  const person = db.prepare(
    'INSERT INTO people (openid, name, phone, role, following, seat, followed_at) VALUES (?, ?, ?, ?, 1, ?, ?)',
  );
  const template = db.prepare('INSERT INTO templates (id, kind, title, fields) VALUES (?, ?, ?, ?)');
  const names = Object.keys(tables);
  try {
    await db.batch([
      db.prepare('INSERT INTO layout VALUES (?)').bind(layout),
      db.prepare('DELETE FROM layout WHERE id <> ?').bind(layout),
      ...names.map((name) => db.prepare(`DROP TABLE IF EXISTS ${name}`)),
      ...Object.entries(tables).map(([name, columns]) =>
        db.prepare(`CREATE TABLE ${name} (${columns}) STRICT`),
      ),
      ...indexes.map((index) => db.prepare(index)),
      db.prepare(`INSERT INTO control VALUES (1, '{}')`),
      ...people.map(({ openid, name, phone, role }, seat) =>
        person.bind(openid, name, phone, role, seat, now),
      ),
      ...firstTemplates.map(({ id, kind, title, fields }) =>
        template.bind(id, kind, title, JSON.stringify(fields)),
      ),
    ]);
  } catch (error) {
    if (!(await isLaidOut(db, layout))) throw error;
  }
}

const isLaidOut = async (db: D1Database, layout: string): Promise<boolean> =>
  (await db.prepare('SELECT 1 FROM layout WHERE id = ?').bind(layout).first()) !== null;

/** A short name for a text: FNV-1a. */
function layoutOf(text: string): string {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0;
  }
  return hash.toString(16);
}
