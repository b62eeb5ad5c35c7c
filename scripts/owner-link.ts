/** 老板的登录链接: lets the owner in, once, within ten minutes; whoever opens the first of all becomes the owner. */
import { createHash, randomBytes } from 'node:crypto';
import { base32 } from '../workers/platform/base32.ts';

const linkMs = 10 * 60_000;
const wordDigits = 26;

export type OwnerLink = { readonly path: string; readonly sql: string };

/** `path` is shown and kept nowhere; `sql` keeps its hash. */
export function ownerLink(now = Date.now()): OwnerLink {
  const word = base32(randomBytes(wordDigits), wordDigits);
  const key = createHash('sha256').update(`console\n${word}`).digest('hex');
  const owner = `(SELECT id FROM people WHERE role = 'owner' AND ended_at IS NULL ORDER BY created_at LIMIT 1)`;
  return {
    path: `/console/enter/${word}`,
    sql: `INSERT INTO entries (key, kind, person_id, state, created_at, expires_at) VALUES ('${key}', 'link', ${owner}, 'open', ${now}, ${now + linkMs})`,
  };
}
