/** unionid: the person's id across the shop's WeChat applications, when the account gets one. */
import type { WechatClient } from '../../wechat/client.ts';

type Token = (failed: string | null) => Promise<{ readonly token: string } | { readonly why: string }>;

export const unionidFrom =
  (client: Pick<WechatClient, 'userInfo'>, token: Token) =>
  async (openid: string): Promise<string | null> => {
    const got = await token(null);
    if ('why' in got) return null;
    const answer = await client.userInfo(got.token, openid);
    return answer.ok ? (answer.reply.user?.unionid ?? null) : null;
  };
