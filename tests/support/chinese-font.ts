/** 中文字体: without one of its own a bare machine shows every Chinese character blank, and every width is wrong. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decompress } from 'wawoff2';
import * as z from 'zod';

const described = createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(described, 'utf8')));

/** Where fontconfig is told of it. The browser reads packed fonts of pages, but not of the system: unpacked once a machine. */
export async function fontSetting(): Promise<string> {
  const home = join(tmpdir(), `huike-font-${version}`);
  const setting = join(home, 'fonts.conf');
  if (existsSync(setting)) return setting;
  const made = mkdtempSync(join(tmpdir(), 'huike-font-'));
  const packed = join(dirname(described), 'files');
  mkdirSync(join(made, 'fonts'));
  for (const name of readdirSync(packed).filter((file) => file.endsWith('.woff2')))
    writeFileSync(
      join(made, 'fonts', name.replace('.woff2', '.ttf')),
      await decompress(readFileSync(join(packed, name))),
    );
  writeFileSync(
    join(made, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${home}/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(made, home);
  } catch (error) {
    // Another test was first.
    if (!existsSync(setting)) throw error;
  }
  return setting;
}
