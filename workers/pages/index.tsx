/** 页面: what members and associates see in WeChat's browser, rendered on the server and complete without a script. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { log } from '../platform/log.ts';
import { domainFilePath } from './domain-files.ts';
import { pageHeaders } from './headers.ts';
import { associateHome, homePath } from './paths.ts';
import { consolePages } from './console/index.ts';
import { homeOfConsole } from './console/kit/nav.ts';
import { frontDoor } from './front-door.tsx';
import type { PageContext, PageDeps, PageEnv } from './ports.ts';
import { table } from './table.ts';
import { Message } from './ui/message.tsx';
import { show } from './ui/show.tsx';

export type { PageDeps } from './ports.ts';

/** The paths that index.ts hands over. */
export const pagePaths = ['/', '/m', '/m/*', '/a', '/a/*', '/console', '/console/*', domainFilePath] as const;

/** Members are asked for nothing longer than a phone number and two dates; the office writes campaigns. */
const formBytesMax = 8 * 1024;
const officeFormBytesMax = 256 * 1024;
const tooLarge = (context: PageContext): Response => context.text('too large\n', 413);

export function pages(deps: PageDeps): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  app.use(pageHeaders);
  app.use(async (context, next) => {
    context.set('fileAt', (name) => addressOf(deps, name));
    await deps.words();
    await next();
  });
  app.use('/console/*', bodyLimit({ maxSize: officeFormBytesMax, onError: tooLarge }));
  for (const path of ['/m/*', '/a/*']) app.use(path, bodyLimit({ maxSize: formBytesMax, onError: tooLarge }));
  app.get('/', (context) => frontDoor(deps, context));
  app.get('/console', (context) => context.redirect(homeOfConsole, 308));
  app.get('/m', (context) => context.redirect(homePath, 308));
  app.get('/a', (context) => context.redirect(associateHome, 308));
  for (const { path, get, post } of [...table, ...consolePages]) {
    if (get) app.get(path, (context) => get(deps, context));
    if (post) app.post(path, (context) => post(deps, context));
  }
  app.notFound((context) => {
    const isOffice = context.req.path.startsWith(homeOfConsole);
    const body = isOffice ? <NotInConsole /> : <NotThere />;
    return show(context, { title: '没有这一页', body, status: 404 }, alone);
  });
  app.onError((error, context) => {
    // The error's message may quote a person's input; its name does not.
    log('error', 'page_failed', { method: context.req.method, path: context.req.path, name: error.name });
    return show(context, { title: '出了点问题', body: <Trouble />, status: 503 }, alone);
  });
  return app;
}

/** A page without its colours and scripts can still be used. */
async function addressOf({ asset }: PageDeps, name: string): Promise<string | null> {
  try {
    return await asset(name);
  } catch (error) {
    log('warn', 'page_file_missing', { file: name, name: error instanceof Error ? error.name : 'unknown' });
    return null;
  }
}

/** Without the shop's name, because the database may be down. */
const alone = { shopName: '会员中心' };

const NotThere = () => (
  <Message title="没有这一页" action={{ href: homePath, label: '去会员中心' }}>
    地址可能抄错了一个字。
  </Message>
);

const NotInConsole = () => (
  <Message title="没有这一页" action={{ href: homeOfConsole, label: '回到后台' }}>
    地址可能抄错了一个字。
  </Message>
);

const Trouble = () => (
  <Message title="出了点问题" action={{ href: homePath, label: '再试一次' }}>
    刚才没有办成，过一会儿再试就好。如果正在注册，返回上一页再点一次，不会重复。
  </Message>
);
