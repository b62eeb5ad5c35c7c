/** 看一页: what a browser has against a page at both widths, by day and by night: axe's serious findings, what runs off, what is too low. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const Told = z.object({ serious: z.array(z.string()), aside: z.number(), low: z.array(z.string()) });

/** The page’s own policy lets no script in; the inspector’s evaluation is not one of the page’s. */
const lookFor = (rules: string): string => `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ${rules} });
  const shown = (one) => one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().right > 0;
  const pressed = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(shown)
    .filter((one) => !one.closest('label') && !one.matches('.first, .baby > input') && getComputedStyle(one).display !== 'inline');
  return {
    serious: violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html),
    aside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    low: innerWidth > 400 ? [] : pressed.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80)),
  };
})()`;

const bytesMax = 100_000;
/** What depends on nothing but colours is asked of colours alone. */
const colours = `runOnly: ['color-contrast']`;
const sizes = [
  { width: 1280, colorScheme: 'light', rules: '' },
  { width: 1280, colorScheme: 'dark', rules: colours },
  { width: 360, colorScheme: 'dark', rules: '' },
  { width: 360, colorScheme: 'light', rules: colours },
] as const;

/** A page that loads itself again would be gone in the middle of a look. */
const standStill = `(() => {
  const last = setTimeout(() => {});
  // A clock that a test has set numbers its timers from a million million on.
  for (let timer = last; timer > Math.max(0, last - 1000); timer -= 1) clearTimeout(timer);
})()`;

/** What is wrong with the page at this address; nothing is the answer that is expected. */
export async function wrongOn(page: Page, url: string, path: string): Promise<string[]> {
  const answer = await page.goto(url + path);
  const wrong: string[] = [];
  const bytes = (await answer?.body())?.length ?? 0;
  if (bytes > bytesMax) wrong.push(`${path}: ${String(bytes)} bytes`);
  if ((answer?.status() ?? 500) >= 500) wrong.push(`${path}: ${String(answer?.status())}`);
  return [...wrong, ...(await wrongWith(page, path))];
}

/** What is wrong with a page as it stands, whatever was done on it. */
export async function wrongWith(page: Page, name: string): Promise<string[]> {
  const wrong: string[] = [];
  await page.evaluate(standStill);
  // Half a megabyte, which takes the browser longer to read than the page to be looked at: once a page.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  for (const { width, colorScheme, rules } of sizes) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const { serious, aside, low } = Told.parse(await page.evaluate(lookFor(rules)));
    const found = [...serious, ...(aside > 0 ? [`${String(aside)} px to the side`] : []), ...low];
    wrong.push(...found.map((one) => `${name} at ${String(width)} ${colorScheme}: ${one}`));
  }
  return wrong;
}
