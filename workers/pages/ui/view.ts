/** What a page returns; the shell puts it into the frame. */
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Framed } from './frame.tsx';

export type View = Partial<Pick<Framed, 'title' | 'scripts'>> & {
  /** Some texts contain the shop's name. */
  readonly body: Child | ((shopName: string) => Child);
  readonly status?: ContentfulStatusCode;
};

/** A view, or another response such as a redirect. */
export type Answered = View | Response;

/** The title of views that belong to no page. */
export const usualTitle = '会员中心';

/** A view that is only a message. */
export const message = (body: Child, status: ContentfulStatusCode = 200): View => ({
  title: usualTitle,
  body,
  status,
});
