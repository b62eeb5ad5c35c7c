/** A real browser from the package registry, with the libraries and the Chinese font it needs, so that no machine has to bring its own. */
import { chromium, type Browser } from 'playwright-core';
import { fontSetting } from './chinese-font.ts';

/** The package brings its libraries along, but unpacks them only where this tells it that it is on a bare machine. */
const bareMachine = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };

export async function openBrowser(): Promise<Browser> {
  const before = { ...process.env };
  Object.assign(process.env, bareMachine);
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
  // Nothing else that the tests start should find the browser's libraries.
  process.env = before;
  return chromium.launch({
    executablePath,
    env: { ...env, FONTCONFIG_FILE: await fontSetting() },
    // The package's own arguments put everything into one process, which ends with the first page that is closed.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
