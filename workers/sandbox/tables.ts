/** What the sandbox remembers: people and their windows, messages, tokens, receipts and the switches of a test. */
import { people } from './shop.ts';

/** One row is one person with a phone in their pocket. The windows are those of customer-service messages. */
const statements = [
  `CREATE TABLE IF NOT EXISTS people (
    openid TEXT PRIMARY KEY, name TEXT, phone TEXT, role TEXT NOT NULL, following INTEGER NOT NULL, seat INTEGER NOT NULL,
    message_until INTEGER NOT NULL DEFAULT 0, message_left INTEGER NOT NULL DEFAULT 0,
    moment_until INTEGER NOT NULL DEFAULT 0, moment_left INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY, openid TEXT NOT NULL, sender TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, data TEXT NOT NULL, msgid TEXT, template_id TEXT, url TEXT, client_msg_id TEXT
  ) STRICT`,
  'CREATE INDEX IF NOT EXISTS messages_openid ON messages (openid, seq)',
  "CREATE INDEX IF NOT EXISTS messages_template ON messages (at) WHERE kind = 'template'",
  `CREATE TABLE IF NOT EXISTS tokens (
    value TEXT PRIMARY KEY, issued_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    forced INTEGER NOT NULL, superseded INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS receipts (
    number TEXT PRIMARY KEY, type TEXT NOT NULL, order_no TEXT NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS control (
    id INTEGER PRIMARY KEY CHECK (id = 1), fail_left INTEGER NOT NULL, fail_errcode INTEGER NOT NULL,
    fail_status INTEGER NOT NULL, latency_ms INTEGER NOT NULL, template_quota INTEGER NOT NULL
  ) STRICT`,
];

/** WeChat's limit for an account with fewer than 100,000 followers. */
export const templateQuotaPerDay = 100_000;

let isReady = false;

/** Creates what is missing, once for each isolate. The demo shop's people follow the account from the start. */
export async function ready(db: D1Database): Promise<void> {
  if (isReady) return;
  const person = db.prepare(
    'INSERT OR IGNORE INTO people (openid, name, phone, role, following, seat) VALUES (?, ?, ?, ?, 1, ?)',
  );
  await db.batch([
    ...statements.map((statement) => db.prepare(statement)),
    db.prepare('INSERT OR IGNORE INTO control VALUES (1, 0, 0, 0, 0, ?)').bind(templateQuotaPerDay),
    ...people.map(({ openid, name, phone, role }, seat) => person.bind(openid, name, phone, role, seat)),
  ]);
  isReady = true;
}
