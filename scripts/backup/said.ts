/** 备份的命令: what was asked for, or how to ask. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

type Asked = { readonly folder: string; readonly isRemote: boolean };

export function argumentsOf(verb: 'backup' | 'restore'): Asked {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { remote: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    console.error(`usage: npm run ${verb} -- FOLDER [--remote]`);
    process.exit(2);
  }
  return { folder: resolve(folder), isRemote: values.remote };
}
