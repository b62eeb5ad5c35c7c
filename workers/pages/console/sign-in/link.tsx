/** 登录链接: opened once, by the person it was made for; the first of all makes the owner and asks three things. */
import type { Child, FC } from 'hono/jsx';
import { MerchantSettings, trades } from '../../../../schema/index.ts';
import { enterAsOwner, enterByLink, lookAtLink } from '../../../commands/people/sign-in.ts';
import { changeSettings } from '../../../commands/shop/settings.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { Page } from '../../page.ts';
import { isLoopback } from '../../paths.ts';
import type { PageContext, PageDeps } from '../../ports.ts';
import { homeOfConsole } from '../kit/nav.ts';
import { linkPath } from '../kit/paths.ts';
import { isFromHere, newBrowser } from '../kit/session.ts';
import { showAlone } from '../kit/shell.tsx';
import { FirstRun, type Faults, type Filled } from './first-run.tsx';

export const linkPage: Page = {
  path: `${linkPath}/:word`,
  get: async (deps, context) => {
    const state = await lookAtLink(deps.engine.db, wordIn(context), deps.clock());
    if ('over' in state) return alone(deps, context, <Over />, 410);
    if ('firstRun' in state) return firstRun(deps, context, {});
    return alone(deps, context, <Welcome name={state.person.name} />);
  },
  post: async (deps, context) => {
    if (!isFromHere(context)) return alone(deps, context, <Over />, 403);
    const { db } = deps.engine;
    const [word, now] = [wordIn(context), deps.clock()];
    const state = await lookAtLink(db, word, now);
    if ('person' in state) {
      const entered = await enterByLink(db, word, newBrowser(context), now);
      return entered ? context.redirect(homeOfConsole, 303) : alone(deps, context, <Over />, 410);
    }
    if ('over' in state) return alone(deps, context, <Over />, 410);
    return begin(deps, context, new URLSearchParams(await context.req.text()));
  },
};

const wordIn = ({ req }: PageContext): string => (req.param('word') ?? '').slice(0, 64);

async function begin(deps: PageDeps, context: PageContext, form: URLSearchParams): Promise<Response> {
  const { db } = deps.engine;
  const filled = {
    name: form.get('name')?.trim() ?? '',
    shopName: form.get('shopName')?.trim() ?? '',
    publicUrl: form.get('publicUrl')?.trim() ?? '',
    trade: form.get('trade') ?? '',
  };
  const { url, faults } = faultsOf(filled, context);
  if (Object.keys(faults).length > 0) return firstRun(deps, context, filled, faults);
  const now = deps.clock();
  const person = await enterAsOwner(
    db,
    { word: wordIn(context), name: filled.name },
    newBrowser(context),
    now,
  );
  if (!person) return alone(deps, context, <Over />, 410);
  const { shopName, trade } = MerchantSettings.parse({ shopName: filled.shopName, trade: filled.trade });
  await changeSettings(db, { shopName, trade, publicUrl: url });
  return context.redirect(homeOfConsole, 303);
}

const nameLengthMax = 40;

function faultsOf(
  { name, shopName, publicUrl, trade }: Required<Filled>,
  context: PageContext,
): { url: string | null; faults: Faults } {
  const url = publicUrl === '' ? null : publicUrl.replace(/\/+$/, '');
  const isUrl = url === null || (URL.canParse(url) && isPublic(new URL(url), context));
  const isShort = (text: string): boolean => text !== '' && text.length <= nameLengthMax;
  const faults = {
    ...(!isShort(name) && { name: '请填您的称呼，不超过 40 个字。' }),
    ...(!isShort(shopName) && { shopName: '请填店名，不超过 40 个字。会员看到的就是它。' }),
    ...(!isUrl && { publicUrl: '请填以 https:// 开头的网址，比如 https://huike.example.cn；还没有就空着。' }),
    ...(!(trades as readonly string[]).includes(trade) && { trade: '请选一个行业。' }),
  };
  return { url, faults };
}

/** On this machine, its own address is good enough. */
const isPublic = (url: URL, context: PageContext): boolean =>
  url.protocol === 'https:' || (isLoopback(url) && url.origin === new URL(context.req.url).origin);

/** The address that is kept, if it would be taken; a shop on this machine may have another port by now. */
function offered(kept: string | null, context: PageContext): string {
  const { origin, protocol } = new URL(context.req.url);
  if (kept !== null && isPublic(new URL(kept), context)) return kept;
  return kept !== null || protocol === 'https:' ? origin : '';
}

async function alone(
  deps: PageDeps,
  context: PageContext,
  body: Child,
  status: 200 | 403 | 410 = 200,
): Promise<Response> {
  const { shopName } = await readSettings(deps.engine.db);
  return showAlone(context, { title: '登录', shopName, body, status });
}

async function firstRun(
  deps: PageDeps,
  context: PageContext,
  filled: Filled,
  faults: Faults = {},
): Promise<Response> {
  const { shopName, publicUrl, trade } = await readSettings(deps.engine.db);
  const given = {
    name: '',
    shopName,
    publicUrl: offered(publicUrl, context),
    trade,
    ...filled,
  };
  const status = Object.keys(faults).length > 0 ? 422 : 200;
  return showAlone(context, {
    title: '开店',
    shopName,
    body: <FirstRun filled={given} faults={faults} />,
    status,
  });
}

const Over: FC = () => (
  <section class="sheet">
    <h1>这个链接不能用了</h1>
    <p class="lead">
      登录链接只能用一次，过时也会失效。请同事在“人员”里重新发一个，或者请装系统的人运行 npm run login。
    </p>
  </section>
);

const Welcome: FC<{ name: string }> = ({ name }) => (
  <form class="sheet" method="post">
    <h1>{name}，您好</h1>
    <p class="lead">点下面的按钮，就在这台设备上登录。这个链接只能用一次。</p>
    <p class="buttons">
      <button class="first">登录</button>
    </p>
  </form>
);
