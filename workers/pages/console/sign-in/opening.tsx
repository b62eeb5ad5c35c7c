/** 开店: the first page of a deployment that was made in a browser; the code that was set there makes its bearer the owner. */
import type { FC } from 'hono/jsx';
import { awaitsOwner, openShop, type Opening } from '../../../commands/people/opening.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { newWord } from '../../keys.ts';
import type { Page } from '../../page.ts';
import type { PageContext, PageDeps } from '../../ports.ts';
import { linkPath, signInPath } from '../kit/paths.ts';
import { isFromHere } from '../kit/session.ts';
import { showAlone } from '../kit/shell.tsx';

const path = `${signInPath}/open`;
const codeLengthMax = 200;

/** Null where there is an owner already, or no code. */
export async function askForCode(deps: PageDeps, context: PageContext): Promise<Response | null> {
  if (deps.openingCode === null || !(await awaitsOwner(deps.engine.db))) return null;
  return ask(deps, context, null);
}

export const openingPage: Page = {
  path,
  get: async (_, context) => context.redirect(signInPath),
  post: async (deps, context) => {
    const { openingCode, keys, engine } = deps;
    if (openingCode === null || !isFromHere(context)) return context.redirect(signInPath, 303);
    const typed = (new URLSearchParams(await context.req.text()).get('code') ?? '').trim();
    const word = newWord();
    const isRight = async (): Promise<boolean> =>
      keys.isTag('opening', typed.slice(0, codeLengthMax), await keys.tag('opening', openingCode));
    const came = await openShop(engine.db, { isRight, word }, deps.clock());
    if ('opened' in came) return context.redirect(`${linkPath}/${word}`, 303);
    return came.refused === 'over' ? context.redirect(signInPath, 303) : ask(deps, context, came.refused);
  },
};

type Refused = Exclude<Extract<Opening, { refused: unknown }>['refused'], 'over'>;

const sorry: Readonly<Record<Refused, string>> = {
  wrong: '口令不对。它是部署时填的 OPENING_CODE，在 Cloudflare 后台的变量和机密里可以换一个。',
  'too-many': '错得太多了，请过十分钟再试。',
};

async function ask(deps: PageDeps, context: PageContext, refused: Refused | null): Promise<Response> {
  const { shopName } = await readSettings(deps.engine.db);
  return showAlone(context, {
    title: '开店',
    shopName,
    body: <Ask fault={refused === null ? null : sorry[refused]} />,
    status: refused === null ? 200 : refused === 'wrong' ? 422 : 429,
  });
}

const Ask: FC<{ fault: string | null }> = ({ fault }) => (
  <form class="sheet" method="post" action={path}>
    <h1>欢迎使用回客</h1>
    <p class="lead">这家店还没有老板。填部署时设的开店口令，您就是老板；口令只用这一次。</p>
    <div class={fault === null ? 'field' : 'field bad'}>
      <label for="code">开店口令</label>
      <span class="help">部署时填的 OPENING_CODE。</span>
      <input
        id="code"
        name="code"
        type="password"
        autocomplete="off"
        maxlength={codeLengthMax}
        required
        aria-invalid={fault === null ? undefined : 'true'}
      />
      {fault !== null && (
        <p class="problem" role="alert">
          {fault}
        </p>
      )}
    </div>
    <p class="buttons">
      <button class="first">开店</button>
    </p>
  </form>
);
