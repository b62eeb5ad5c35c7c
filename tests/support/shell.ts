/** 终端: a shell in which a test types what a guide says, block after block, as its reader would. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../../scripts/runtime.ts';

export type Shell = {
  /** Everything that the block printed. */
  readonly type: (block: string) => Promise<string>;
  readonly exit: () => Promise<void>;
};

const hasCurl = (): boolean => spawnSync('curl', ['--version']).status === 0;
const blockTimeoutMs = 110_000;

export function openShell(folder: string): Shell {
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''];
  if (!hasCurl()) path.unshift(ownCurl(folder));
  const child = spawn('sh', [], {
    cwd: folder,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  let wake = (): void => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      wake();
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let count = 0;
  return {
    type: (block) => {
      const mark = `--- block ${(count += 1)} has ended`;
      printed = '';
      child.stdin.write(`${block}\nprintf '%s\\n' '${mark}'\n`);
      return new Promise((resolve, reject) => {
        const tooLong = setTimeout(
          () => reject(new Error(`no end of\n${block}\n${printed}`)),
          blockTimeoutMs,
        );
        wake = () => {
          const end = printed.indexOf(mark);
          if (end < 0) return;
          clearTimeout(tooLong);
          resolve(printed.slice(0, end));
        };
        wake();
      });
    },
    exit: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** Our own few words of curl, as a command. */
function ownCurl(folder: string): string {
  const bin = join(folder, 'bin');
  const command = join(bin, 'curl');
  const module = join(root, 'tests', 'support', 'curl.ts');
  const program = `import { curl } from '${module}'; process.stdout.write(await curl(process.argv.slice(1)));`;
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    command,
    `#!/bin/sh\nexec '${process.execPath}' --input-type=module -e "${program}" -- "$@"\n`,
  );
  chmodSync(command, 0o755);
  return bin;
}
