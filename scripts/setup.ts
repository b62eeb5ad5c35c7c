/** `npm run setup`: creates what a deployment needs on a Cloudflare account. Run it twice and nothing happens twice. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectParts } from './connect.ts';
import { root, wranglerConfig } from './runtime.ts';
import { ask, isTerminal } from './terminal.ts';
import { readVar, writeVar } from './toml.ts';
import { jsonIn, mustSucceed, wrangler } from './wrangler.ts';

const databaseName = 'huike';

type Database = { readonly name: string; readonly uuid: string };

function databaseId(): string {
  const list = (): Database | undefined =>
    (jsonIn(mustSucceed(['d1', 'list', '--json'])) as Database[]).find(({ name }) => name === databaseName);
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

const configPath = join(root, 'wrangler.toml');
const readConfig = (): string => readFileSync(configPath, 'utf8');

function setVar(name: string, value: string): void {
  const before = readConfig();
  const after = writeVar(before, name, value);
  if (after !== before) writeFileSync(configPath, after);
}

/** Each with the one its dead letters go to. */
function createQueues(): void {
  const named = wranglerConfig().queues.consumers;
  const queues = named.flatMap(({ queue: live, dead_letter_queue: dead }) => (dead ? [live, dead] : [live]));
  for (const queue of new Set(queues)) {
    if (wrangler(['queues', 'info', queue]).isOk) continue;
    mustSucceed(['queues', 'create', queue]);
    console.log(`created queue ${queue}`);
  }
}

/** Empty before the first secret; any other trouble ends the run, because a secret that looks missing would be replaced. */
function knownSecrets(): Set<string> {
  const listed = wrangler(['secret', 'list', '--format', 'json']);
  if (!listed.isOk && /Worker "[^"]*" not found/.test(listed.output)) return new Set();
  const output = listed.isOk ? listed.output : mustSucceed(['secret', 'list', '--format', 'json']);
  return new Set((jsonIn(output) as { name: string }[]).map(({ name }) => name));
}

const id = databaseId();
if (readVar(readConfig(), 'database_id') !== id) console.log(`wrote database_id ${id} into wrangler.toml`);
setVar('database_id', id);
createQueues();

const known = knownSecrets();
/** A secret that exists is never replaced: SEED decides which red packets a replay draws. */
function putSecret(name: string, value: string): void {
  if (known.has(name)) return;
  mustSucceed(['secret', 'put', name], value);
  known.add(name);
}
if (!known.has('SEED')) {
  // A shop that moves brings its own.
  const seed = process.env['SEED'] ?? randomBytes(32).toString('hex');
  putSecret('SEED', seed);
  console.log(
    `created secret SEED, shown this once:\n\n  ${seed}\n\nKeep it beside your backups: Cloudflare never shows it again. With another one a restored shop draws other red packets, and members’ codes and links stop working.`,
  );
}

const open = await connectParts({
  ask: isTerminal() ? ask : null,
  say: console.log,
  readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  vars: { get: (name) => readVar(readConfig(), name), set: setVar },
  secrets: { has: (name) => known.has(name), put: putSecret },
});
if (open > 0)
  console.log('没有接入的不影响其余部分；以后再运行一次 npm run setup 就会再问。说明见 docs/wechat-setup.md');
console.log(
  'ready: `npm run deploy`, then `npm run login -- --remote`: the first page asks for the shop’s name and its public address (公网地址), without which no link reaches a member. For programs: `npm run token -- --name NAME --scope admin --remote`',
);
