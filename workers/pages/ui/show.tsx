/** A view in its frame, as an answer. */
import { html } from 'hono/html';
import type { PageContext } from '../ports.ts';
import { loadedBy } from './files.ts';
import { Frame } from './frame.tsx';
import { usualTitle, type Answered } from './view.ts';

/** A view without a title has the page's title. */
export async function show(
  context: PageContext,
  answered: Answered,
  { title = usualTitle, shopName }: { readonly title?: string; readonly shopName: string },
): Promise<Response> {
  if (answered instanceof Response) return answered;
  const { body, status = 200, scripts, ...view } = answered;
  const shown = typeof body === 'function' ? body(shopName) : body;
  const loaded = await loadedBy(context, 'pages.css', scripts);
  const framed = <Frame title={title} {...view} shopName={shopName} body={shown} {...loaded} />;
  return context.html(html`<!doctype html>${framed}`, status);
}
