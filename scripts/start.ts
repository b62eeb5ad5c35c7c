/** `npm start`: the whole of Huike on this machine, with a demo shop, a simulated WeChat and a till. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { takeAlone } from './alone.ts';
import { huikeVars, readCredentials, sandboxVars, sharedVars, sourceId } from './credentials.ts';
import { ownerLink } from './owner-link.ts';
import { root, startRuntime } from './runtime.ts';
import { seedShop } from './seed.ts';
import { firstRun } from './first-run.ts';

const port = Number(process.env['PORT'] ?? 8787);
const stateDir = resolve(process.env['STATE_DIR'] ?? join(root, '.huike'));
mkdirSync(stateDir, { recursive: true });
// Two that write the same files would each count on having the only copy in memory.
if (!takeAlone(stateDir)) {
  console.error(
    `Another process works on ${stateDir}: stop it first, or give this one a STATE_DIR of its own.`,
  );
  process.exit(1);
}
console.log('Starting Huike 回客 …');

const url = `http://127.0.0.1:${port}`;
const credentials = readCredentials(stateDir);
const { apiToken, erpSecret } = credentials;
const shared = sharedVars(credentials);

const runtime = await startRuntime({
  port,
  stateDir: join(stateDir, 'storage'),
  vars: { ...shared, ...huikeVars(credentials, url) },
  sandbox: { ...shared, ...sandboxVars(credentials, url) },
});
const isFirst = await firstRun(await runtime.db(), credentials, url);
if (isFirst) await seedShop(url, apiToken);

const { path: ownerPath, sql } = ownerLink();
await (await runtime.db()).prepare(sql).run();

console.log(`
Huike 回客 is running. State is kept in ${stateDir}.

  Sandbox 沙盒      ${url}/sandbox
  Console 后台      ${url}${ownerPath}
                    (signs you in once, within ten minutes; the next npm start prints another)
  API reference     ${url}/api/docs
  API token         ${apiToken}
  ERP webhook       ${url}/hooks/erp/${sourceId}
  ERP secret        ${erpSecret}
  WeChat callback   ${url}/hooks/wechat

Press Ctrl+C to stop.`);

let isStopping = false;
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  await runtime.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

// The cron trigger of wrangler.toml: every minute, at the full minute.
const everyMinute = async (): Promise<void> => {
  const worker = await runtime.miniflare.getWorker('huike');
  await worker.scheduled({ scheduledTime: new Date(), cron: '* * * * *' });
};
setInterval(() => void everyMinute().catch((error: unknown) => console.error('cron', error)), 60_000).unref();
