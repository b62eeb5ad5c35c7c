/** 导购身份: checked on every request, because an associate may have left the shop since the login. */
import type { FC } from 'hono/jsx';
import { associateByOpenid, type Posted } from '../../db/shop/associates.ts';
import type { Gate, Visit } from '../page.ts';
import { associateHome } from '../paths.ts';
import { Message } from '../ui/message.tsx';
import { message } from '../ui/view.ts';

export const associate: Gate<Visit & Posted> = async (visit) => {
  const found = await associateByOpenid(visit.deps.engine.db, visit.session.openid);
  return found ? { visit: { ...visit, ...found } } : { refused: message(<Unbound />, 403) };
};

const Unbound: FC = () => (
  <Message title="这个微信还没有绑定导购" action={{ href: associateHome, label: '扫好了，刷新' }}>
    请店长在后台打开您的导购资料，生成绑定二维码，再用这个微信扫一扫。绑定码只能用一次，请在有效期内扫。
  </Message>
);
