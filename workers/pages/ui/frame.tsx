/** 页面框架: head, the shop's name, and a link to the privacy notice at the foot. */
import type { Child, FC } from 'hono/jsx';
import { homePath, privacyPath } from '../paths.ts';
import type { Loaded } from './files.ts';

export type Framed = {
  readonly shopName: string;
  readonly title: string;
  readonly body: Child;
  /** Run one after the other when the page stands; everything works without them. Names of files beside the Worker, or addresses. */
  readonly scripts?: readonly string[];
};

export const Frame: FC<Omit<Framed, 'scripts'> & Loaded> = ({
  shopName,
  title,
  body,
  nonce,
  style,
  sources,
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
      {sources.map((source) => (
        <script nonce={nonce} src={source}></script>
      ))}
    </body>
  </html>
);
