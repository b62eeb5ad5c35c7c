/** Runs the Worker on this machine, on workerd and nothing else: what `npm start`, the tests and the benchmarks share. */
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { parse } from 'smol-toml';
import { buildAssets } from './assets.ts';
import { forWorkerd } from './bundle.ts';
import { root } from './rolled.ts';

export { root } from './rolled.ts';

type WranglerConfig = {
  compatibility_date: string;
  compatibility_flags: string[];
  vars: Record<string, string>;
  d1_databases: [{ database_id: string }];
  queues: {
    producers: { binding: string; queue: string }[];
    consumers: {
      queue: string;
      max_batch_size: number;
      max_batch_timeout: number;
      max_retries: number;
      dead_letter_queue?: string;
    }[];
  };
};

// Our own file, whose shape wrangler checks at every deploy.
export const wranglerConfig = (): WranglerConfig =>
  parse(readFileSync(join(root, 'wrangler.toml'), 'utf8')) as unknown as WranglerConfig;

const bundles = new Map<string, Promise<string>>();

/** Built once in a process, however many Workers it starts. */
export function bundle(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? forWorkerd(entry).then(({ code }) => code);
  bundles.set(entry, known);
  return known;
}

let assets: Promise<string> | null = null;
/** Of this process alone: others that start at the same moment build theirs. */
const assetsOnce = (): Promise<string> =>
  (assets ??= buildAssets(mkdtempSync(join(tmpdir(), 'huike-assets-'))));

export type RuntimeOptions = {
  /** Null keeps everything in memory. */
  readonly stateDir?: string | null;
  readonly vars?: Readonly<Record<string, string>>;
  /** The sandbox in front, with its own settings; null serves the Worker alone. */
  readonly sandbox?: Readonly<Record<string, string>> | null;
  /** Plays the outside world when there is no sandbox. */
  readonly outbound?: (request: Request) => Promise<Response>;
  readonly workerEntry?: string;
  /** Of the sandbox: makes a link into the console for a role, and says its path. */
  readonly enter?: (role: string) => Promise<string>;
};

export type Runtime = {
  readonly url: string;
  readonly miniflare: Miniflare;
  readonly db: () => Promise<D1Database>;
  readonly stop: () => Promise<void>;
};

const module = (contents: string) => [{ type: 'ESModule' as const, path: 'index.mjs', contents }];

const entering =
  (enter: (role: string) => Promise<string>) =>
  async (request: Request): Promise<Response> =>
    new Response(await enter(new URL(request.url).pathname.slice(1)));

export async function startRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const config = wranglerConfig();
  const { producers, consumers } = config.queues;
  const hasSandbox = options.sandbox != null;
  const [worker, sandbox, assets] = await Promise.all([
    bundle(options.workerEntry ?? 'workers/index.ts'),
    hasSandbox ? bundle('workers/sandbox/index.ts') : null,
    assetsOnce(),
  ]);
  const huike = {
    name: 'huike',
    modules: module(worker),
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    assets: { directory: assets, binding: 'ASSETS', routerConfig: { has_user_worker: true } },
    bindings: { ...config.vars, PLAN: 'paid', ...options.vars },
    d1Databases: { DB: 'huike' },
    queueProducers: Object.fromEntries(producers.map(({ binding, queue }) => [binding, queue])),
    queueConsumers: Object.fromEntries(
      consumers.map((consumer) => [
        consumer.queue,
        {
          maxBatchSize: consumer.max_batch_size,
          maxBatchTimeout: consumer.max_batch_timeout,
          maxRetries: consumer.max_retries,
          ...(consumer.dead_letter_queue && { deadLetterQueue: consumer.dead_letter_queue }),
        },
      ]),
    ),
    ...(hasSandbox ? { outboundService: 'sandbox' } : {}),
    ...(options.outbound ? { outboundService: options.outbound } : {}),
  };
  const front = {
    name: 'sandbox',
    modules: module(sandbox ?? ''),
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: ['service_binding_extra_handlers'],
    bindings: { ...options.sandbox },
    d1Databases: { SANDBOX_DB: 'sandbox' },
    serviceBindings: { HUIKE: 'huike', ...(options.enter && { ENTER: entering(options.enter) }) },
  };
  const v4 = {
    host: '127.0.0.1',
    // Any that is free.
    port: 0,
    // Request.cf would be fetched from the network.
    cf: false,
    workers: hasSandbox ? [front, huike] : [huike],
  };
  // The converter is wrangler's own bridge from these flat options to the shape its miniflare takes.
  const converted = convertV4MiniflareOptions(v4 as never);
  const miniflare = new Miniflare({
    ...converted,
    ...(options.stateDir ? { resourcePersistencePath: options.stateDir } : {}),
  } as never);
  const ready = await miniflare.ready;
  const db = async (): Promise<D1Database> =>
    (await miniflare.getD1Database('DB', 'huike')) as unknown as D1Database;
  await migrate(await db());
  return { url: ready.origin, miniflare, db, stop: () => miniflare.dispose() };
}

export const migrationFiles = (): { name: string; statements: string[] }[] =>
  readdirSync(join(root, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({
      name,
      statements: readFileSync(join(root, 'migrations', name), 'utf8').split('--> statement-breakpoint'),
    }));

/** Applies what has not been applied yet, noted as wrangler notes it, so that either may go on where the other stopped. */
export async function migrate(db: D1Database): Promise<void> {
  await db
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
       applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    )
    .run();
  const { results } = await db.prepare(`SELECT name FROM d1_migrations`).all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const { name, statements } of migrationFiles()) {
    if (applied.has(name)) continue;
    await db.batch([
      ...statements.map((sql) => db.prepare(sql)),
      db.prepare(`INSERT INTO d1_migrations (name) VALUES (?)`).bind(name),
    ]);
  }
}
