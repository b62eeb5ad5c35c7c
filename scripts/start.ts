/** `npm start`: the whole of Huike on this machine, with a demo shop, a simulated WeChat and a till. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { takeAlone } from './alone.ts';
import { mustBeFree } from './door.ts';

const port = Number(process.env['PORT'] ?? 8787);
const stateDir = resolve(process.env['STATE_DIR'] ?? join(import.meta.dirname, '..', '.huike'));
console.log(`Starting Huike 回客 … http://127.0.0.1:${port} answers once this says that it is running.`);

mkdirSync(stateDir, { recursive: true });
// Two that write the same files would each count on having the only copy in memory.
if (!takeAlone(stateDir)) {
  console.error(
    `Another process works on ${stateDir}: stop it first, or give this one a STATE_DIR of its own.`,
  );
  process.exit(1);
}
try {
  await mustBeFree(port);
} catch (error) {
  console.error(`Port ${port} cannot be used (${String(error)}): give this one a PORT of its own.`);
  process.exit(1);
}

// The runtime alone takes a second to load: what went before is said without it.
const { open } = await import('./open.ts');
await open(port, stateDir);
