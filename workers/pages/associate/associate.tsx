/** 导购首页, for now: who is logged in and where they work, or how to be bound. */
import type { FC } from 'hono/jsx';
import { associateByOpenid, type Posted } from '../../db/shop/associates.ts';
import { loginTo } from '../paths.ts';
import type { PageDeps, PageHandler } from '../ports.ts';
import { readSession } from '../login/session.ts';
import { Message } from '../ui/message.tsx';
import { show } from '../ui/show.tsx';

export const associatePath = '/a/';

export const associatePage =
  (deps: PageDeps): PageHandler =>
  async (context) => {
    const session = await readSession(deps, context);
    if (!session) return context.redirect(loginTo(associatePath));
    // Asked each time: whoever has left the shop since the login is nobody here.
    const found = await associateByOpenid(deps.engine.db, session.openid);
    return found ? show(deps, context, <Hello {...found} />) : show(deps, context, <Unbound />, 403);
  };

const Hello: FC<Posted> = ({ associate, store }) => (
  <Message title={`您好，${associate.name}`}>
    {store ? `您在${store.name}。` : '您还没有分到门店，请店长在后台填上。'}
    会员发来的消息会转到您的微信，直接回复就好。
  </Message>
);

const Unbound: FC = () => (
  <Message title="这个微信还没有绑定导购" action={{ href: associatePath, label: '扫好了，刷新' }}>
    请店长在后台打开您的导购资料，生成绑定二维码，再用这个微信扫一扫。绑定码只能用一次，请在有效期内扫。
  </Message>
);
