/** 提示页: one thing to say, and at most one thing to do. */
import type { FC, PropsWithChildren } from 'hono/jsx';

type Action = { readonly href: string; readonly label: string };

export const Message: FC<PropsWithChildren<{ title: string; action?: Action }>> = ({
  title,
  action,
  children,
}) => (
  <section class="message">
    <h1>{title}</h1>
    <p>{children}</p>
    {action && (
      <a class="button" href={action.href}>
        {action.label}
      </a>
    )}
  </section>
);
