/** 登录失败: what happened, and what to do now. */
import type { FC } from 'hono/jsx';
import { loginTo } from '../paths.ts';
import { Message } from '../ui/message.tsx';

export const LoginFailed: FC<{ to: string; isOutage?: boolean }> = ({ to, isOutage = false }) => (
  <Message title="没能登录" action={{ href: loginTo(to), label: '重新登录' }}>
    {isOutage
      ? '微信暂时没有回应，过一会儿再试就好。'
      : '登录停在了半路，可能是页面放得太久，或者打开了两次。'}
  </Message>
);

export const LoginSnapshot: FC<{ to: string }> = ({ to }) => (
  <Message title="请先进入完整页面" action={{ href: loginTo(to), label: '我点好了，再试一次' }}>
    您现在看到的是微信的预览页面。请在微信里点「使用完整服务」后再试，您的积分和券才能记在您自己名下。
  </Message>
);

export const LoginUnready: FC = () => (
  <Message title="会员中心还没有开通">本店的公众号还没有接好，请联系店员。</Message>
);

/** A form was sent after its login had expired. */
export const LoginOver: FC<{ to: string }> = ({ to }) => (
  <Message title="登录已过期" action={{ href: loginTo(to), label: '重新登录' }}>
    为了您的安全，登录七天后会失效。重新登录后再填一次就好。
  </Message>
);
