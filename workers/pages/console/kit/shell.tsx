/** 后台框架: the navigation of a role, the page's title, what was just done, and the page. */
import { html } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PageContext } from '../../ports.ts';
import { tokenField } from '../../posted.tsx';
import { loadedBy, type Loaded } from '../../ui/files.ts';
import { saidWords } from '../words/said.ts';
import { roleNames } from '../words/people.ts';
import { refreshing } from '../refreshing.ts';
import { homeOfConsole, navFor } from './nav.ts';
import { signOutPath } from './paths.ts';
import type { Visit } from './visit.ts';

export type ConsoleView = {
  readonly body: Child;
  /** Instead of the screen's own. */
  readonly title?: string;
  /** One line below the title. */
  readonly lead?: Child;
  /** Beside the title: what may be done here. */
  readonly acts?: Child;
  readonly status?: ContentfulStatusCode;
  /** A few lines that stand in the page; everything works without them. */
  readonly script?: string;
  /** What it shows is being done behind it, since then: the page is loaded again and again until it is done. */
  readonly goingOnSince?: number | undefined;
  /** Names of files beside the Worker. */
  readonly scripts?: readonly string[];
};

const styleName = 'console.css';
/** The navigation is longer than a screen: where one is stays in sight. */
const toHere = `document.querySelector('.wide [aria-current]')?.scrollIntoView({block:'nearest'})`;
const scriptOf = ({ script, goingOnSince }: ConsoleView, now: number): string | undefined =>
  goingOnSince === undefined ? script : `${script ?? ''};${refreshing(now - goingOnSince)}`;
type Named = { readonly title: string; readonly shopName: string };

type DocumentProps = Named & {
  readonly loaded: Loaded;
  readonly script?: string | undefined;
  readonly isAlone?: boolean;
  readonly children?: Child;
};

const Document: FC<DocumentProps> = ({
  title,
  shopName,
  loaded: { nonce, style, sources },
  script,
  isAlone,
  children,
}) => (
  <html lang="zh-CN" class="both">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      <title>{`${title} · ${shopName}`}</title>
      <link rel="icon" href="data:," />
      {style !== null && <link rel="stylesheet" href={style} />}
    </head>
    <body class={isAlone ? 'alone' : ''}>
      {children}
      {sources.map((source) => (
        <script nonce={nonce} src={source}></script>
      ))}
      {script !== undefined && <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }}></script>}
      {!isAlone && <script nonce={nonce} dangerouslySetInnerHTML={{ __html: toHere }}></script>}
    </body>
  </html>
);

export async function showConsole(visit: Visit, named: Named, view: ConsoleView): Promise<Response> {
  const { context, person, token, query } = visit;
  const title = view.title ?? named.title;
  const { pathname } = new URL(context.req.url);
  const said = saidWords[query.get('said') ?? ''];
  return answer(
    context,
    <Document
      title={title}
      shopName={named.shopName}
      loaded={await loadedBy(context, styleName, view.scripts)}
      script={scriptOf(view, visit.now)}
    >
      <a class="jump" href="#main">
        跳到正文
      </a>
      <header class="side">
        <Navigation
          shopName={named.shopName}
          visit={visit}
          pathname={pathname}
          token={token}
          name={person.name}
        />
      </header>
      <main id="main">
        <div class="head">
          <h1>{title}</h1>
          {view.acts && <div class="acts">{view.acts}</div>}
          {view.lead && <p class="lead">{view.lead}</p>}
        </div>
        {said && (
          <p class="note good" role="status">
            {said}
          </p>
        )}
        {view.body}
      </main>
    </Document>,
    view.status,
  );
}

/** Before anybody is signed in. */
export const showAlone = async (
  context: PageContext,
  { title, shopName, body, status, script }: Named & Pick<ConsoleView, 'body' | 'status' | 'script'>,
): Promise<Response> =>
  answer(
    context,
    <Document
      title={title}
      shopName={shopName}
      loaded={await loadedBy(context, styleName)}
      script={script}
      isAlone
    >
      <main id="main">{body}</main>
    </Document>,
    status,
  );

const answer = async (
  context: PageContext,
  page: Child,
  status: ContentfulStatusCode = 200,
): Promise<Response> => context.html(html`<!doctype html>${page}`, status);

type NavigationProps = { shopName: string; visit: Visit; pathname: string; token: string; name: string };

const Navigation: FC<NavigationProps> = ({ shopName, visit: { person }, pathname, token, name }) => {
  const rooms = navFor(person.role).map(({ label, places }) => (
    <>
      {(places.length > 1 || places[0]?.label !== label) && <h2>{label}</h2>}
      {places.map(({ path, label: said }) => (
        <a href={path} aria-current={isHere(path, pathname) ? 'page' : undefined}>
          {said}
        </a>
      ))}
    </>
  ));
  const who = (
    <div class="who">
      <a href="/console/me">{name}</a>
      <br />
      <small>{roleNames[person.role]}</small>
      <form method="post" action={signOutPath}>
        <input type="hidden" name={tokenField} value={token} />
        <button class="plain">退出登录</button>
      </form>
    </div>
  );
  return (
    <>
      <div class="wide">
        <a class="brand" href={homeOfConsole}>
          {shopName}
        </a>
        <nav aria-label="主导航">{rooms}</nav>
        {who}
      </div>
      <details class="menu">
        <summary>{shopName}</summary>
        <nav aria-label="主导航">{rooms}</nav>
        {who}
      </details>
    </>
  );
};

const isHere = (path: string, pathname: string): boolean =>
  path === homeOfConsole ? pathname === path : pathname === path || pathname.startsWith(`${path}/`);
