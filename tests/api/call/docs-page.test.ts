/** 接口文档 in a real browser: nothing is serious, nothing runs off at 360, its links are high enough for a thumb. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { docsPage } from '../../../workers/api/openapi/docs.tsx';
import { openApiDocument } from '../../../workers/api/openapi/openapi.ts';
import { routes } from '../../../workers/api/routes.ts';
import { wrongOn } from '../../pages/looked-at.ts';
import { serve } from '../../pages/served.ts';
import { openBrowser } from '../../support/browser.ts';

const whole = openApiDocument(routes);
/** Looking at each of ten thousand elements takes minutes; calls and shapes are all drawn alike. */
const some = {
  ...whole,
  paths: Object.fromEntries(Object.entries(whole.paths).slice(0, 6)),
  components: {
    ...whole.components,
    schemas: Object.fromEntries(Object.entries(whole.components.schemas).slice(0, 12)),
  },
};

test('the reference is readable on a phone and at a desk, by day and by night; all of it fits 360 pixels', async () => {
  const app = new Hono();
  app.get('/some', async (context) => context.html(await docsPage(some)));
  app.get('/whole', async (context) => context.html(await docsPage(whole)));
  const served = await serve(app);
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  await page.goto(`${served.url}/whole`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  expect(await wrongOn(page, served.url, '/some')).toEqual([]);
  await browser.close();
  await served.close();
});
