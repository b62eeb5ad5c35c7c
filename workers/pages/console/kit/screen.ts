/** 一屏: its path, who may see it, what it shows and what may be done there. Everything that is the same for all is done here. */
import type { MerchantSettings, Role } from '../../../../schema/index.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { Page } from '../../page.ts';
import { lookingOnce, type PageContext, type PageDeps } from '../../ports.ts';
import { tokenField } from '../../posted.tsx';
import { NoEntry, StaleForm } from './refusals.tsx';
import { showConsole, type ConsoleView } from './shell.tsx';
import { readConsoleSession } from './session.ts';
import { signInTo } from './paths.ts';
import { isOneOf, type Visit } from './visit.ts';

export type Answered = ConsoleView | Response;

export type Screen = {
  /** As hono matches it, `:id` where it has one. */
  readonly path: string;
  readonly title: string;
  readonly who: readonly Role[];
  readonly get?: (visit: Visit) => Promise<Answered>;
  /** Called only for a form of this session. */
  readonly post?: (visit: Visit, form: URLSearchParams) => Promise<Answered>;
};

/** Who may see a page, beside it: the matrix of rights is made of these. */
export type ConsolePage = Page & { readonly screen: Screen };

export const screen = (given: Screen): ConsolePage => ({
  path: given.path,
  screen: given,
  ...(given.get && { get: shown(given, given.get) }),
  ...(given.post && { post: taken(given, given.post) }),
});

const shown =
  (given: Screen, get: NonNullable<Screen['get']>): NonNullable<Page['get']> =>
  async (deps, context) => {
    const visit = await visitOf(lookingOnce(deps), context);
    if (visit === null) return context.redirect(signInTo(context.req.url));
    if (!isOneOf(visit.person, given.who)) return framed(visit, given, NoEntry(visit.person));
    // What the frame will ask goes along with the page's first questions.
    const [answered, settings] = await Promise.all([get(visit), readSettings(visit.db)]);
    return framed(visit, given, answered, settings);
  };

const taken =
  (given: Screen, post: NonNullable<Screen['post']>): NonNullable<Page['post']> =>
  async (deps, context) => {
    const visit = await visitOf(deps, context);
    if (visit === null) return context.redirect(signInTo(context.req.url));
    if (!isOneOf(visit.person, given.who)) return framed(visit, given, NoEntry(visit.person));
    const form = await formIn(context);
    const isOurs =
      form !== null && (await deps.keys.isTag('form', visit.session.key, form.get(tokenField) ?? ''));
    return framed(visit, given, isOurs ? await post(visit, form) : StaleForm());
  };

async function formIn({ req }: PageContext): Promise<URLSearchParams | null> {
  const type = req.header('content-type') ?? '';
  return type.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(await req.text()) : null;
}

async function visitOf(deps: PageDeps, context: PageContext): Promise<Visit | null> {
  const found = await readConsoleSession(deps, context);
  if (!found) return null;
  const { searchParams } = new URL(context.req.url);
  return {
    deps,
    context,
    db: deps.engine.db,
    now: deps.clock(),
    ...found,
    token: await deps.keys.tag('form', found.session.key),
    id: context.req.param('id') ?? '',
    query: searchParams,
  };
}

async function framed(
  visit: Visit,
  { title }: Screen,
  answered: Answered,
  known?: MerchantSettings,
): Promise<Response> {
  if (answered instanceof Response) return answered;
  const { shopName } = known ?? (await readSettings(visit.db));
  return showConsole(visit, { title, shopName }, answered);
}
