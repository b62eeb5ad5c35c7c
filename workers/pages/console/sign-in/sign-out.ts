/** 退出登录 on this device. */
import { everybody } from '../kit/nav.ts';
import { signInPath, signOutPath } from '../kit/paths.ts';
import { screen } from '../kit/screen.ts';
import { leaveSession } from '../kit/session.ts';

export const signOut = screen({
  path: signOutPath,
  title: '退出登录',
  who: [...everybody, 'associate'],
  post: async ({ deps, context, session, person }) => {
    await leaveSession(deps, context, { session, person });
    return context.redirect(signInPath, 303);
  },
});
