/** What wrangler deploys: the Worker, and the files that are served beside it, in the folders that wrangler.toml names. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAssets } from './assets.ts';
import { forWorkerd } from './bundle.ts';
import { root } from './rolled.ts';

async function buildWorker(dir: string): Promise<void> {
  const { code } = await forWorkerd('workers/index.ts', { minify: true });
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'index.js'), code);
}

await Promise.all([buildAssets(join(root, '.assets')), buildWorker(join(root, '.worker'))]);
