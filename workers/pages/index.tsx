/** 页面: what members and associates see in WeChat's browser, rendered here and whole without a script. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { log } from '../platform/log.ts';
import { associatePage, associatePath } from './associate/associate.tsx';
import { domainFile, domainFilePath } from './domain-files.ts';
import { pageHeaders } from './headers.ts';
import { leaveForm, leavePage } from './member/leave.tsx';
import { login, loginReturn } from './login/login.tsx';
import { memberPage } from './member/member.tsx';
import {
  codePath,
  homePath,
  leavePath,
  loginPath,
  privacyPath,
  registerPath,
  transferPath,
} from './paths.ts';
import type { PageContext, PageDeps } from './ports.ts';
import { privacyPage } from './member/privacy.tsx';
import { registerCode } from './register/register-code.ts';
import { register, registerPage } from './register/register.tsx';
import { transferPage } from './member/transfer.tsx';
import { Message } from './ui/message.tsx';
import { answer } from './ui/show.tsx';
import { style, stylePath } from './ui/style.ts';

export type { PageDeps } from './ports.ts';

/** What index.ts hands over. */
export const pagePaths = ['/m', '/m/*', '/a', '/a/*', domainFilePath] as const;

/** Nothing here asks for more than a phone number and two dates. */
const formBytesMax = 8 * 1024;
const styleAge = 'public, max-age=31536000, immutable';

export function pages(deps: PageDeps): Hono<{ Variables: { nonce: string } }> {
  const app = new Hono<{ Variables: { nonce: string } }>();
  app.use(pageHeaders);
  app.use(bodyLimit({ maxSize: formBytesMax, onError: (context) => context.text('too large\n', 413) }));
  app.get('/m', (context) => context.redirect(homePath, 308));
  app.get('/a', (context) => context.redirect(associatePath, 308));
  app.get(stylePath, (context) =>
    context.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': styleAge }),
  );
  app.get(loginPath, login(deps));
  app.get(`${loginPath}/return`, loginReturn(deps));
  app.get(registerPath, registerPage(deps));
  app.post(registerPath, register(deps));
  app.post(codePath, registerCode(deps));
  app.get(homePath, memberPage(deps));
  app.get(leavePath, leavePage(deps));
  app.post(leavePath, leaveForm(deps));
  app.get(privacyPath, privacyPage(deps));
  app.get(transferPath(':outBillNo'), transferPage(deps));
  app.get(associatePath, associatePage(deps));
  app.get(domainFilePath, domainFile(deps));
  app.notFound((context) => answer(context, alone('没有这一页', <NotThere />), 404));
  app.onError((error, context) => {
    // The message may quote what somebody typed; its name does not.
    log('error', 'page_failed', { method: context.req.method, path: context.req.path, name: error.name });
    return trouble(context);
  });
  return app;
}

/** Without the shop's name: the database may be what is missing. */
const alone = (title: string, body: ReturnType<typeof NotThere>) => ({ shopName: '会员中心', title, body });

const trouble = (context: PageContext): Promise<Response> =>
  answer(context, alone('出了点问题', <Trouble />), 503);

const NotThere = () => (
  <Message title="没有这一页" action={{ href: homePath, label: '去会员中心' }}>
    地址可能抄错了一个字。
  </Message>
);

const Trouble = () => (
  <Message title="出了点问题" action={{ href: homePath, label: '再试一次' }}>
    刚才没有办成，过一会儿再试就好。如果正在注册，返回上一页再点一次，不会重复。
  </Message>
);
