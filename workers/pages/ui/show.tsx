/** A page as an answer. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { readSettings } from '../../db/shop/settings.ts';
import type { PageContext, PageDeps } from '../ports.ts';
import { Frame, type Page } from './frame.tsx';

export async function answer(
  context: PageContext,
  page: Page,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return context.html(html`<!doctype html>${<Frame {...page} nonce={context.get('nonce')} />}`, status);
}

/** A message that is all there is to say. */
export async function show(
  { engine }: PageDeps,
  context: PageContext,
  body: Child,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const { shopName } = await readSettings(engine.db);
  return answer(context, { shopName, title: '会员中心', body }, status);
}
