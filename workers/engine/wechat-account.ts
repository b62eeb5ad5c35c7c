/**
 * 公众号接口: calls in the shop's name. The access token comes from the store and is replaced once if WeChat refuses it; callers
 * never see it.
 */

type Reply = { readonly errcode: number };

/** As the client answers. `outage` is `token` when there was no token. */
export type Answer<R extends Reply> =
  | { readonly ok: true; readonly reply: R }
  | { readonly ok: false; readonly outage: string; readonly detail: string };

type Call<Arguments extends readonly unknown[], R extends Reply> = (
  accessToken: string,
  ...given: Arguments
) => Promise<Answer<R>>;

/** A method of the client, without the token that it takes first. */
export type WithoutToken<Method> = Method extends (
  accessToken: string,
  ...given: infer Arguments extends readonly unknown[]
) => Promise<Answer<infer R extends Reply>>
  ? (...given: Arguments) => Promise<Answer<R>>
  : never;

type Tokens = {
  /** A token other than `failed`, or why there is none. */
  readonly token: (failed: string | null) => Promise<{ readonly token: string } | { readonly why: string }>;
};

/** `tokenErrors` are WeChat's codes for an invalid token. */
export const asAccount =
  (tokens: Tokens, tokenErrors: ReadonlySet<number>) =>
  <Arguments extends readonly unknown[], R extends Reply>(call: Call<Arguments, R>) =>
  async (...given: Arguments): Promise<Answer<R>> => {
    const first = await tokens.token(null);
    if ('why' in first) return noToken(first.why);
    const answer = await call(first.token, ...given);
    if (!answer.ok || !tokenErrors.has(answer.reply.errcode)) return answer;
    const second = await tokens.token(first.token);
    return 'why' in second ? noToken(second.why) : call(second.token, ...given);
  };

const noToken = (detail: string) => ({ ok: false, outage: 'token', detail }) as const;
