/** 开门: prepares the database and the demo shop, and lets people in when both are ready. */
import { join } from 'node:path';
import { huikeVars, readCredentials, sandboxVars, sharedVars, sourceId } from './credentials.ts';
import { openDoor } from './door.ts';
import { firstRun } from './first-run.ts';
import { cashierLink, ownerLink } from './owner-link.ts';
import { startRuntime, type Runtime } from './runtime.ts';
import { version } from '../workers/platform/version.ts';
import { seedShop } from './seed.ts';

export async function open(port: number, stateDir: string): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const credentials = readCredentials(stateDir);
  const { apiToken, erpSecret } = credentials;
  const shared = sharedVars(credentials);

  const runtime: Runtime = await startRuntime({
    stateDir: join(stateDir, 'storage'),
    vars: { ...shared, ...huikeVars(credentials, url) },
    sandbox: { ...shared, ...sandboxVars(credentials, url) },
    enter: async (role) => linkFor(await runtime.db(), role),
  });
  stopOnSignal(runtime);
  if (await firstRun(await runtime.db(), credentials, url)) {
    console.log('Setting up the demo shop …');
    await seedShop(runtime.url, apiToken);
  }
  await openDoor(port, runtime.url);
  runClock(runtime);
  const ownerPath = await linkFor(await runtime.db(), 'owner');

  console.log(`
Huike 回客 ${version} is running. State is kept in ${stateDir}.

  Sandbox 沙盒      ${url}/sandbox
  Console 后台      ${url}${ownerPath}
                    (signs you in once, within ten minutes; the next npm start prints another)
  API reference     ${url}/api/docs
  API token         ${apiToken}
  ERP webhook       ${url}/hooks/erp/${sourceId}
  ERP secret        ${erpSecret}
  WeChat callback   ${url}/hooks/wechat

Press Ctrl+C to stop.`);
}

/** The path of a link that was made just now. */
async function linkFor(db: D1Database, role: string): Promise<string> {
  if (role !== 'cashier') {
    const { path, sql } = ownerLink();
    await db.prepare(sql).run();
    return path;
  }
  const [{ path, sql }, makesHer] = cashierLink();
  await db.batch([db.prepare(makesHer), db.prepare(sql)]);
  return path;
}

function stopOnSignal(runtime: Runtime): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await runtime.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

/** The cron trigger of wrangler.toml: every minute, at the full minute. */
function runClock({ miniflare }: Runtime): void {
  const everyMinute = async (): Promise<void> => {
    const worker = await miniflare.getWorker('huike');
    await worker.scheduled({ scheduledTime: new Date(), cron: '* * * * *' });
  };
  setInterval(
    () => void everyMinute().catch((error: unknown) => console.error('cron', error)),
    60_000,
  ).unref();
}
