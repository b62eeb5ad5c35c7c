/** 静态文件: what is served beside the Worker: scripts and stylesheets that browsers load from us, and the document of the API. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { forBrowsers } from './bundle.ts';
import { loaded } from './rolled.ts';
import { carriedWords } from './words.ts';

/** By the names under which pages ask for them. */
const scripts = {
  'member-code.js': { entry: 'workers/pages/member/code-in-browser.ts', global: 'memberCode' },
  'file-reader.js': { entry: 'workers/receive/files/paging/in-browser.ts', global: 'fileReader' },
} as const;
/** Modules that export the text. */
const texts = {
  'pages.css': 'workers/pages/ui/style.ts',
  'console.css': 'workers/pages/console/kit/style.ts',
  'code-page.js': 'workers/pages/member/code-script.ts',
  'register.js': 'workers/pages/ui/register-script.ts',
  'transfer.js': 'workers/pages/ui/transfer-script.ts',
  'scan.js': 'workers/pages/counter/scan-script.ts',
  'import.js': 'workers/pages/console/imports/import-script.ts',
} as const;

const hashDigits = 16;

/** What is here never changes under its name: browsers need not ask again. The reference of the API runs and fetches nothing. */
const headers = `/assets/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
/api/*
  X-Content-Type-Options: nosniff
/api/docs
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'
`;

async function textOf(entry: string): Promise<string> {
  const { style = '', script = '' } = await loaded<{ style?: string; script?: string }>(entry);
  return style + script;
}

/** Makes the folder anew, and returns it. */
export async function buildAssets(dir: string): Promise<string> {
  const [files, words, { apiFiles }] = await Promise.all([
    Promise.all([
      ...Object.entries(scripts).map(
        async ([name, { entry, global }]) => [name, await forBrowsers(entry, global)] as const,
      ),
      ...Object.entries(texts).map(async ([name, entry]) => [name, await textOf(entry)] as const),
    ]),
    carriedWords(),
    loaded<typeof import('../workers/api/openapi/files.ts')>('workers/api/openapi/files.ts'),
  ]);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'assets'), { recursive: true });
  mkdirSync(join(dir, 'api'));
  const paths: Record<string, string> = {};
  for (const [name, text] of files) {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
    const { name: bare, ext } = parse(name);
    paths[name] = `/assets/${bare}.${hash}${ext}`;
    writeFileSync(join(dir, paths[name]), text);
  }
  writeFileSync(join(dir, 'assets', 'names.json'), JSON.stringify(paths));
  writeFileSync(join(dir, 'assets', 'words.json'), JSON.stringify(words));
  for (const [name, text] of Object.entries(await apiFiles())) writeFileSync(join(dir, 'api', name), text);
  writeFileSync(join(dir, '_headers'), headers);
  return dir;
}
