/** 接口文档 in a real browser: nothing is serious, nothing runs off at 360, its links are high enough for a thumb. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { docsPage } from '../../../workers/api/openapi/docs.tsx';
import { hookPath } from '../../../workers/api/openapi/events/webhooks.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import type { Paths } from '../../../workers/api/openapi/openapi-types.ts';
import { wrongOn } from '../../pages/looked-at.ts';
import { serve } from '../../pages/served.ts';
import { openBrowser } from '../../support/browser.ts';

const whole = wholeDocument();
const first = <Value>(all: Readonly<Record<string, Value>> = {}, count = 1): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).slice(0, count));
const hook: Paths = { [hookPath]: whole.paths[hookPath] ?? {} };
/** Looking at each of ten thousand elements takes minutes; calls, events and shapes are all drawn alike. */
const some = {
  ...whole,
  paths: { ...first(whole.paths, 4), ...hook },
  webhooks: first(whole.webhooks, 2),
  components: { ...whole.components, schemas: first(whole.components.schemas, 8) },
};

test('the reference is readable on a phone and at a desk, by day and by night; all of it fits 360 pixels', async () => {
  const app = new Hono();
  app.get('/some', async (context) => context.html(await docsPage(some)));
  app.get('/whole', async (context) => context.html(await docsPage(whole)));
  const served = await serve(app);
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  await page.goto(`${served.url}/whole`);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    // Examples that are folded away are looked at as well.
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
  expect(await wrongOn(page, served.url, '/some')).toEqual([]);
  await browser.close();
  await served.close();
});
