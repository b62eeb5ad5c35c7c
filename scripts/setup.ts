/** `npm run setup`: creates what a deployment needs on a Cloudflare account. Run it twice and nothing happens twice. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './runtime.ts';
import { mustSucceed, wrangler } from './wrangler.ts';

const databaseName = 'huike';
const queues = ['huike-doorbell', 'huike-doorbell-dead'] as const;

type Database = { readonly name: string; readonly uuid: string };

/** wrangler prints notices before the JSON it was asked for. */
const readJson = (output: string): unknown => JSON.parse(output.slice(output.search(/[[{]/)));

function databaseId(): string {
  const list = (): Database | undefined =>
    (readJson(mustSucceed(['d1', 'list', '--json'])) as Database[]).find(({ name }) => name === databaseName);
  let database = list();
  if (!database) {
    mustSucceed(['d1', 'create', databaseName, '--location', 'apac']);
    console.log(`created database ${databaseName}`);
    database = list();
  }
  if (!database)
    throw new Error(`the account does not list the database ${databaseName} that was just created`);
  return database.uuid;
}

function writeDatabaseId(id: string): void {
  const path = join(root, 'wrangler.toml');
  const before = readFileSync(path, 'utf8');
  const after = before.replace(/^database_id = ".*"$/m, `database_id = "${id}"`);
  if (after === before) return;
  writeFileSync(path, after);
  console.log(`wrote database_id ${id} into wrangler.toml`);
}

function createQueues(): void {
  for (const queue of queues) {
    if (wrangler(['queues', 'info', queue]).isOk) continue;
    mustSucceed(['queues', 'create', queue]);
    console.log(`created queue ${queue}`);
  }
}

/** A secret that exists is never replaced: SEED decides which red packets a replay draws. */
function createSecrets(): void {
  const listed = wrangler(['secret', 'list', '--format', 'json']);
  const known = new Set(
    listed.isOk ? (readJson(listed.output) as { name: string }[]).map(({ name }) => name) : [],
  );
  if (!known.has('SEED')) {
    mustSucceed(['secret', 'put', 'SEED'], randomBytes(32).toString('hex'));
    console.log('created secret SEED');
  }
  if (!known.has('WECHAT_APP_SECRET')) {
    console.log('WECHAT_APP_SECRET is not set yet: run `npx wrangler secret put WECHAT_APP_SECRET`');
  }
}

writeDatabaseId(databaseId());
createQueues();
createSecrets();
console.log('ready: `npm run deploy`, then `npm run token -- --name NAME --scope admin --remote`');
