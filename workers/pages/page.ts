/** 一页: its path, its visitors, and what it shows. Login, form, shop's name and frame are done here for every page. */
import { readSettings } from '../db/shop/settings.ts';
import { readSession, type Session } from './login/session.ts';
import { loginTo } from './paths.ts';
import { lookingOnce, type PageContext, type PageDeps } from './ports.ts';
import { posted } from './posted.tsx';
import { show } from './ui/show.tsx';
import type { Answered } from './ui/view.ts';

export type Arrival = { readonly deps: PageDeps; readonly context: PageContext; readonly now: number };
export type Visit = Arrival & { readonly session: Session };

/** Who may see a page: admits a visitor, with what is known of them, or refuses. */
export type Gate<Admitted extends Visit> = (
  visit: Visit,
) => Promise<{ readonly visit: Admitted } | { readonly refused: Answered }>;

/** Everybody who is logged in. */
export const person: Gate<Visit> = async (visit) => ({ visit });

type Handler = (deps: PageDeps, context: PageContext) => Promise<Response>;

/** A page in the table. */
export type Page = { readonly path: string; readonly get?: Handler; readonly post?: Handler };

type Screen<Admitted extends Visit> = {
  /** As hono matches it. */
  readonly path: string;
  readonly title: string;
  readonly who: Gate<Admitted>;
  /** The path to which a login or a stale form returns; by default the page itself. */
  readonly here?: (asked: URLSearchParams, pathname: string) => string;
  readonly get?: (visit: Admitted) => Promise<Answered>;
  /** Called only for a logged-in visitor and a form of ours. */
  readonly post?: (visit: Admitted, form: URLSearchParams) => Promise<Answered>;
};

export function page<Admitted extends Visit>(screen: Screen<Admitted>): Page {
  const { path, get, post } = screen;
  return { path, ...(get && { get: shown(screen, get) }), ...(post && { post: taken(screen, post) }) };
}

const shown =
  <Admitted extends Visit>(
    { title, who, here }: Screen<Admitted>,
    get: (visit: Admitted) => Promise<Answered>,
  ): Handler =>
  async (given, context) => {
    const deps = lookingOnce(given);
    const session = await readSession(deps, context);
    const { pathname, searchParams } = new URL(context.req.url);
    if (!session) return context.redirect(loginTo(here?.(searchParams, pathname) ?? pathname));
    const [answered, { shopName }] = await Promise.all([
      admit(who, { ...arrival(deps, context), session }, get),
      readSettings(deps.engine.db),
    ]);
    return show(context, answered, { title, shopName });
  };

const taken =
  <Admitted extends Visit>(
    { title, who, here }: Screen<Admitted>,
    post: (visit: Admitted, form: URLSearchParams) => Promise<Answered>,
  ): Handler =>
  async (deps, context) => {
    const { pathname } = new URL(context.req.url);
    const sent = await posted(deps, context, (form) => here?.(form, pathname) ?? pathname);
    const answered =
      'refused' in sent
        ? sent.refused
        : await admit(who, { ...arrival(deps, context), session: sent.session }, (admitted) =>
            post(admitted, sent.form),
          );
    return framed(deps, context, title, answered);
  };

async function admit<Admitted extends Visit>(
  who: Gate<Admitted>,
  visit: Visit,
  answer: (admitted: Admitted) => Promise<Answered>,
): Promise<Answered> {
  const seen = await who(visit);
  return 'refused' in seen ? seen.refused : answer(seen.visit);
}

type Open = {
  readonly path: string;
  readonly title?: string;
  readonly get: (arrival: Arrival) => Promise<Answered>;
};

/** A page for everybody, logged in or not. */
export const publicPage = ({ path, title, get }: Open): Page => ({
  path,
  get: async (given, context) => {
    const deps = lookingOnce(given);
    return framed(deps, context, title, await get(arrival(deps, context)));
  },
});

const arrival = (deps: PageDeps, context: PageContext): Arrival => ({ deps, context, now: deps.clock() });

/** The shop's name is loaded only when something is shown. */
async function framed(
  { engine }: PageDeps,
  context: PageContext,
  title: string | undefined,
  answered: Answered,
): Promise<Response> {
  if (answered instanceof Response) return answered;
  const { shopName } = await readSettings(engine.db);
  return show(context, answered, title === undefined ? { shopName } : { title, shopName });
}
