/** 发券: an associate chooses a coupon that she may give, and which of her members get it. */
import type { FC } from 'hono/jsx';
import type { CouponTemplate } from '../../../schema/index.ts';
import { pushCoupon, pushMax, type Pushed } from '../../commands/coupons/push.ts';
import {
  listedMax,
  membersOfAssociate,
  templatesToPush,
  usedOfQuota,
  type OwnMember,
} from '../../db/coupons/pushes.ts';
import type { Posted } from '../../db/shop/associates.ts';
import { conditionOf } from '../../words/holdings/coupon-words.ts';
import { newWord } from '../keys.ts';
import { page, type Visit } from '../page.ts';
import { associateHome, pushesPath, pushPath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import type { View } from '../ui/view.ts';
import { maskedPhone } from '../words.ts';
import { associate } from './gate.tsx';

export const pushPage = page({
  path: pushPath,
  title: '发券',
  who: associate,
  get: (visit) => form(visit, null, nothingChosen),
  post: async (visit, sent) => {
    const key = sent.get('key') ?? '';
    const chosen: Chosen = {
      templateId: sent.get('template') ?? '',
      mode: sent.get('mode') === 'direct' ? 'direct' : 'entrance',
      memberIds: sent.getAll('member'),
    };
    const id = /^[0-9a-z]{26}$/.test(key) ? key : newWord();
    const pushed = await pushCoupon(
      visit.deps.engine,
      { id, associate: visit.associate, ...chosen },
      visit.now,
    );
    if ('push' in pushed) return visit.context.redirect(pushesPath, 303);
    return form(visit, missWords(pushed), chosen);
  },
});

/** What she ticked: kept where the push is refused, so that she need not tick fifty names again. */
type Chosen = {
  readonly templateId: string;
  readonly mode: 'entrance' | 'direct';
  readonly memberIds: readonly string[];
};
const nothingChosen: Chosen = { templateId: '', mode: 'entrance', memberIds: [] };

function missWords(pushed: Exclude<Pushed, { push: unknown }>): string {
  switch (pushed.miss) {
    case 'nobody':
      return '还没有选会员。';
    case 'too-many':
      return `一次最多发领券通知 ${pushMax.entrance} 位，直接发 ${pushMax.direct} 位，请分几次发。`;
    case 'no-template':
      return '请选一张可以发的券。';
    case 'quota':
      return `超过了可以发的张数：这张券每位导购最多 ${pushed.quota} 张。没领的到期收回，可以再发。`;
    default:
      return pushed satisfies never;
  }
}

async function form(visit: Visit & Posted, wrong: string | null, chosen: Chosen): Promise<View> {
  const { deps, session, now, context, associate: own } = visit;
  const { db } = deps.engine;
  const words = (context.req.query('q') ?? '').trim().slice(0, 20);
  const after = (context.req.query('after') ?? '').slice(0, 128);
  const [templates, members, token] = await Promise.all([
    templatesToPush(db),
    membersOfAssociate(db, { associateId: own.id, after, words }),
    tokenOf(deps, session),
  ]);
  const used = await Promise.all(
    templates.map(({ id }) => usedOfQuota(db, { associateId: own.id, templateId: id }, now)),
  );
  const last = members.length === listedMax ? members.at(-1) : undefined;
  const body = (
    <>
      <h1>发券</h1>
      <Search words={words} />
      {templates.length === 0 ? (
        <p class="empty">店里还没有让导购发的券。</p>
      ) : (
        <form class="sheet" method="post" action={pushPath}>
          {wrong !== null && (
            <p class="note stop" role="alert">
              {wrong}
            </p>
          )}
          <input type="hidden" name={tokenField} value={token} />
          <input type="hidden" name="key" value={newWord()} />
          <Which templates={templates} used={used} chosen={chosen.templateId} />
          <How chosen={chosen.mode} />
          <ToWhom members={members} chosen={chosen.memberIds} />
          <button class="button">发出去</button>
        </form>
      )}
      {last && (
        <p class="second">
          <a href={`${pushPath}?q=${encodeURIComponent(words)}&after=${encodeURIComponent(last.id)}`}>
            后面的会员
          </a>
        </p>
      )}
      <p class="second">
        <a href={pushesPath}>我发的</a>
      </p>
      <p class="leave">
        <a href={associateHome}>返回</a>
      </p>
    </>
  );
  return { body, status: wrong === null ? 200 : 422 };
}

const Search: FC<{ words: string }> = ({ words }) => (
  <form method="get" action={pushPath}>
    <div class="field">
      <label for="q">找会员：姓名，或手机号后四位</label>
      <div class="line">
        <input id="q" name="q" value={words} />
        <button class="send">找</button>
      </div>
    </div>
  </form>
);

const Which: FC<{
  templates: readonly CouponTemplate[];
  used: readonly number[];
  chosen: string;
}> = ({ templates, used, chosen }) => (
  <fieldset class="agree">
    <legend>哪张券</legend>
    {templates.map(({ id, definition }, place) => (
      <label>
        <input
          type="radio"
          name="template"
          value={id}
          checked={templates.some((one) => one.id === chosen) ? id === chosen : place === 0}
        />
        <span>
          {definition.name}（{conditionOf(definition)}），还可以发{' '}
          {Math.max(0, (definition.associateQuota ?? 0) - (used[place] ?? 0))} 张
        </span>
      </label>
    ))}
  </fieldset>
);

const How: FC<{ chosen: Chosen['mode'] }> = ({ chosen }) => (
  <fieldset class="agree">
    <legend>怎么发</legend>
    <label>
      <input type="radio" name="mode" value="entrance" checked={chosen === 'entrance'} />
      <span>发通知，会员自己领（一次最多 {pushMax.entrance} 位）</span>
    </label>
    <label>
      <input type="radio" name="mode" value="direct" checked={chosen === 'direct'} />
      <span>直接放进券包（一次最多 {pushMax.direct} 位）</span>
    </label>
  </fieldset>
);

const ToWhom: FC<{ members: readonly OwnMember[]; chosen: readonly string[] }> = ({ members, chosen }) => (
  <fieldset class="agree">
    <legend>发给谁</legend>
    {members.length === 0 && <p class="empty">没有找到您的会员。</p>}
    {members.map(({ id, name, phone }) => (
      <label>
        <input type="checkbox" name="member" value={id} checked={chosen.includes(id)} />
        <span>
          {name ?? '会员'} {phone === null ? '' : maskedPhone(phone)}
        </span>
      </label>
    ))}
  </fieldset>
);
