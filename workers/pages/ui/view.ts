/** What a page answers with; the shell puts it into the frame. */
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Framed } from './frame.tsx';

export type View = Partial<Pick<Framed, 'title' | 'script' | 'scriptFrom'>> & {
  /** Some words have the shop's name in them. */
  readonly body: Child | ((shopName: string) => Child);
  readonly status?: ContentfulStatusCode;
};

/** Something to show, or an answer of another kind, such as the way elsewhere. */
export type Answered = View | Response;

/** Of what belongs to no page in particular. */
export const usualTitle = '会员中心';

/** A message that is all there is to say. */
export const message = (body: Child, status: ContentfulStatusCode = 200): View => ({
  title: usualTitle,
  body,
  status,
});
