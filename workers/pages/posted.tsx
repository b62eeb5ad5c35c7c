/** 提交的表单: accepted only from a logged-in visitor and from a page of ours. */
import { LoginOver } from './login/login-pages.tsx';
import { readSession, type Session } from './login/session.ts';
import type { PageContext, PageDeps } from './ports.ts';
import { Message } from './ui/message.tsx';
import { message, type View } from './ui/view.ts';

export const tokenField = 'token';

/** Part of every form of the session; another site can neither read nor guess it. */
export const tokenOf = ({ keys }: PageDeps, session: Session): Promise<string> =>
  keys.tag('form', session.id);

export type Posted =
  | { readonly session: Session; readonly form: URLSearchParams }
  | { readonly refused: View };

/** `backTo`: the page the form is on. */
export async function posted(
  deps: PageDeps,
  context: PageContext,
  backTo: (form: URLSearchParams) => string,
): Promise<Posted> {
  const type = context.req.header('content-type') ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? await context.req.text() : '');
  const back = backTo(form);
  if (!isForm) return { refused: message(<Stale back={back} />, 415) };
  const session = await readSession(deps, context);
  if (!session) return { refused: message(<LoginOver to={back} />, 401) };
  const isOurs = await deps.keys.isTag('form', session.id, form.get(tokenField) ?? '');
  return isOurs ? { session, form } : { refused: message(<Stale back={back} />, 403) };
}

const Stale = ({ back }: { back: string }) => (
  <Message title="请重新打开页面" action={{ href: back, label: '重新打开' }}>
    这一页放得太久了，没有提交成功，您的资料没有变化。
  </Message>
);
