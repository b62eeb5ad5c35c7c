/** A description as HTML: text between backticks is code. */
import type { FC } from 'hono/jsx';

export const Prose: FC<{ readonly text: string }> = ({ text }) => (
  <>{text.split('`').map((part, place) => (place % 2 === 1 ? <code>{part}</code> : part))}</>
);
