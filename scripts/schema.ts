/** `npm run schema -- --name NAME`: drafts the next migration from schema/, its tables STRICT as storage asks; read it before it ships. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './runtime.ts';

const folder = join(root, 'migrations');
const drafts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.sql'));

/** Whether the primary key, inline or composed, holds a text column. */
function hasTextKey(body: string): boolean {
  const composed = /PRIMARY KEY\(([^)]*)\)/.exec(body)?.[1];
  const inline = /`(\w+)` \w+ PRIMARY KEY/.exec(body)?.[1];
  const keys = composed ? composed.split(', ').map((key) => key.replaceAll('`', '')) : inline ? [inline] : [];
  return keys.some((key) => body.includes(`\`${key}\` text`));
}

/** A row in a tree of keys may fill a quarter of a page, and a longer one takes a page of its own beside it: documents are longer. */
const hasDocument = (body: string): boolean => body.includes('\t`document` text');

/** drizzle-kit knows neither word; an index entry beside a text key would be a row written twice. */
const strict = (sql: string): string =>
  sql.replaceAll(
    /^CREATE TABLE `\w+` \(\n([\s\S]*?)\n\);/gm,
    (text, body: string) =>
      `${text.slice(0, -1)} STRICT${hasTextKey(body) && !hasDocument(body) ? ', WITHOUT ROWID' : ''};`,
  );

/** drizzle-kit takes an indexed expression apart at its comma. */
const whole = (sql: string): string => sql.replaceAll(/`(\w+\(\w+)`,` (-?\w+\))`/g, '$1, $2');

const before = new Set(drafts());
const drizzle = join(root, 'node_modules', '.bin', 'drizzle-kit');
execFileSync(drizzle, ['generate', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const name of drafts().filter((one) => !before.has(one))) {
  const path = join(folder, name);
  writeFileSync(path, whole(strict(readFileSync(path, 'utf8'))));
}
