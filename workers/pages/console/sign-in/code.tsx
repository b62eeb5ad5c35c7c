/** 二维码: drawn on the server, so that the page needs no script and no other host. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { renderSVG } from 'uqr';

export const Code: FC<{ text: string; label: string }> = ({ text, label }) => (
  <div class="code" role="img" aria-label={label}>
    {raw(renderSVG(text, { border: 2 }))}
  </div>
);
