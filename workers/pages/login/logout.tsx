/** 退出登录: of members and associates alike. The session ends here and not only on the phone that asks. */
import { page, person, type Page, type Visit } from '../page.ts';
import { associateHome, homePath, logoutOf } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { Message } from '../ui/message.tsx';
import { message, type Answered } from '../ui/view.ts';
import { endSession } from './session.ts';

const logoutAt = (home: string): Page =>
  page({
    path: logoutOf(home),
    title: '退出登录',
    who: person,
    get: (visit) => ask(visit, home),
    post: async ({ deps, context, session }) => {
      await endSession(deps, context, session);
      return message(<Out home={home} />);
    },
  });

export const memberLogout = logoutAt(homePath);
export const associateLogout = logoutAt(associateHome);

const ask = async ({ deps, session }: Visit, home: string): Promise<Answered> => {
  const token = await tokenOf(deps, session);
  return {
    body: (
      <form class="sheet" method="post" action={logoutOf(home)}>
        <h1>退出登录</h1>
        <p class="lead">用别人的手机看过，或者手机要给别人用，可以退出。您的积分和券都不会变。</p>
        <input type="hidden" name={tokenField} value={token} />
        <button class="button">退出</button>
        <p class="second">
          <a href={home}>先不退出，回到刚才</a>
        </p>
      </form>
    ),
  };
};

const Out = ({ home }: { home: string }) => (
  <Message title="已经退出" action={{ href: home, label: '重新登录' }}>
    这次登录已经作废，别人拿着这部手机也看不到您的资料。
  </Message>
);
