/** 登录链接: lets the owner in, once, within ten minutes; whoever opens the first of all becomes the owner. In the demo, the cashier too. */
import { createHash, randomBytes } from 'node:crypto';
import { base32 } from '../workers/platform/base32.ts';

const linkMs = 10 * 60_000;
const wordDigits = 26;

export type OwnerLink = { readonly path: string; readonly sql: string };

const owner = `(SELECT id FROM people WHERE role = 'owner' AND ended_at IS NULL ORDER BY created_at LIMIT 1)`;

/** `path` is shown and kept nowhere; `sql` keeps its hash. */
export const ownerLink = (now = Date.now()): OwnerLink => linkTo(owner, now);

const demoCashier = 'u_demo_cashier';

/** 收银员: one of the demo shop, made when somebody first wants to see what she sees. */
export function cashierLink(now = Date.now()): readonly [OwnerLink, makesHer: string] {
  const makesHer = `INSERT OR IGNORE INTO people (id, name, role, created_at) VALUES ('${demoCashier}', '小刘', 'cashier', ${now})`;
  return [linkTo(`'${demoCashier}'`, now), makesHer];
}

function linkTo(person: string, now: number): OwnerLink {
  const word = base32(randomBytes(wordDigits), wordDigits);
  const key = createHash('sha256').update(`console\n${word}`).digest('hex');
  return {
    path: `/console/enter/${word}`,
    sql: `INSERT INTO entries (key, kind, person_id, state, created_at, expires_at) VALUES ('${key}', 'link', ${person}, 'open', ${now}, ${now + linkMs})`,
  };
}
