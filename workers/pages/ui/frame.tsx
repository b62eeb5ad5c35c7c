/** 页面框架: head, the shop's name, and a link to the privacy notice at the foot. */
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { homePath, privacyPath } from '../paths.ts';

export type Framed = {
  readonly shopName: string;
  readonly title: string;
  readonly body: Child;
  /** Runs after the page has loaded; everything works without it. */
  readonly script?: string;
  /** An address; runs before `script`. */
  readonly scriptFrom?: string;
};

export const Frame: FC<Framed & { nonce: string; style: string | null }> = ({
  shopName,
  title,
  body,
  script,
  scriptFrom,
  nonce,
  style,
}) => (
  <html lang="zh-CN" class="both">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      <title>{`${title} · ${shopName}`}</title>
      <link rel="icon" href="data:," />
      {style !== null && <link rel="stylesheet" href={style} />}
    </head>
    <body>
      <header class="top">
        <a href={homePath}>{shopName}</a>
      </header>
      <main>{body}</main>
      <footer>
        <a href={privacyPath}>个人信息说明</a>
      </footer>
      {scriptFrom !== undefined && <script nonce={nonce} src={scriptFrom}></script>}
      {script !== undefined && <script nonce={nonce}>{raw(script)}</script>}
    </body>
  </html>
);
