/** 静态文件: scripts that browsers load from us, built from our own source, under names that change with their content. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
/** As wrangler.toml names it. */
const deployedDir = join(root, '.assets');

/** By the name under which pages ask for it. */
const scripts = {
  'member-code': { entry: 'workers/pages/member/code-in-browser.ts', global: 'memberCode' },
  'file-reader': { entry: 'workers/receive/files/paging/in-browser.ts', global: 'fileReader' },
} as const;

const hashDigits = 16;

/** They never change under their name: browsers need not ask again. */
const headers =
  '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n';

async function built({ entry, global }: { entry: string; global: string }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: global,
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`nothing was built from ${entry}`);
  return file.text;
}

/** Makes the folder anew, and returns it. */
export async function buildAssets(dir: string): Promise<string> {
  const texts = await Promise.all(
    Object.entries(scripts).map(async ([name, script]) => [name, await built(script)] as const),
  );
  const paths: Record<string, string> = {};
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'assets'), { recursive: true });
  for (const [name, text] of texts) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
    paths[name] = `/assets/${name}.${hash}.js`;
    writeFileSync(join(dir, paths[name]), text);
  }
  writeFileSync(join(dir, 'assets', 'names.json'), JSON.stringify(paths));
  writeFileSync(join(dir, '_headers'), headers);
  return dir;
}

if (import.meta.main) await buildAssets(deployedDir);
