/** 贴标签: an associate tags many of her members at once, or one of them by dictionary. */
import type { MemberId } from '../../../schema/index.ts';
import { tagOne, tagOwn } from '../../commands/tags/tag-own.ts';
import { towards } from '../../commands/tags/tag-member.ts';
import { listedMax, membersOfAssociate } from '../../db/coupons/pushes.ts';
import { readMember, type MemberHoldings } from '../../db/members/members.ts';
import type { Posted } from '../../db/shop/associates.ts';
import { refusedTagWords, tagsIn, tagShop } from '../../views/tags.ts';
import { newWord } from '../keys.ts';
import { page, type Visit } from '../page.ts';
import { associateHome, tagsPath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import type { View } from '../ui/view.ts';
import { associate } from './gate.tsx';
import { Members, Note, Tags, Tick } from './tag-form.tsx';

type Own = Visit & Posted;

export const associateTagsPage = page({
  path: tagsPath,
  title: '贴标签',
  who: associate,
  get: async (visit) => {
    const found = await hers(visit, visit.context.req.query('of') ?? '');
    return found ? one(visit, found, null) : many(visit, null);
  },
  post: (visit, form) => (form.has('of') ? saveOne(visit, form) : saveMany(visit, form)),
});

const keyIn = (form: URLSearchParams): string => {
  const key = form.get('key') ?? '';
  return /^[0-9a-z]{26}$/.test(key) ? key : newWord();
};

async function hers({ deps, associate: own }: Own, id: string): Promise<MemberHoldings | null> {
  const found = id === '' ? null : await readMember(deps.engine.db, id as MemberId);
  return found?.associate?.id === own.id && found.member.deletedAt === null ? found : null;
}

async function saveOne(visit: Own, form: URLSearchParams) {
  const { deps, now, context } = visit;
  const [found, shop] = await Promise.all([hers(visit, form.get('of') ?? ''), tagShop(deps.engine.db)]);
  if (!found) return many(visit, '没有找到这位会员。');
  const wanted = tagsIn(form, shop);
  if ('fault' in wanted) return one(visit, found, wanted.fault);
  const tagging = towards(found.tags, wanted.tags);
  const asked = { key: keyIn(form), associate: visit.associate, tagging, memberId: found.member.id };
  const done = await tagOne(deps.engine, asked, now);
  if (done === null || 'undecided' in done) return one(visit, found, '没有存成：请稍后再试。');
  if ('refusal' in done) return one(visit, found, refusedTagWords(done.refusal));
  return context.redirect(`${tagsPath}?of=${encodeURIComponent(found.member.id)}&done=1`, 303);
}

async function saveMany(visit: Own, form: URLSearchParams) {
  const { deps, now, context } = visit;
  const wanted = tagsIn(form, await tagShop(deps.engine.db));
  if ('fault' in wanted) return many(visit, wanted.fault);
  const isOff = form.get('act') === 'off';
  const { tags } = wanted;
  const tagging = { put: isOff ? [] : tags, off: isOff ? tags : [], from: null };
  if (tags.length === 0) return many(visit, '还没有选标签。');
  const asked = { key: keyIn(form), associate: visit.associate, tagging, memberIds: form.getAll('member') };
  const done = await tagOwn(deps.engine, asked, now);
  return done === 0 ? many(visit, '还没有选会员。') : context.redirect(`${tagsPath}?done=${done}`, 303);
}

async function one(visit: Own, found: MemberHoldings, wrong: string | null): Promise<View> {
  const { deps, session, context } = visit;
  const [shop, token] = await Promise.all([tagShop(deps.engine.db), tokenOf(deps, session)]);
  const { id, name } = found.member;
  const body = (
    <>
      <form class="sheet" method="post" action={tagsPath}>
        <h1>{name ?? '会员'}的标签</h1>
        <Note wrong={wrong} done={context.req.query('done') ? '已保存。' : null} />
        <input type="hidden" name={tokenField} value={token} />
        <input type="hidden" name="key" value={newWord()} />
        <input type="hidden" name="of" value={id} />
        <Tags shop={shop} worn={found.tags} isOne />
        <button class="button">保存</button>
      </form>
      <p class="leave">
        <a href={tagsPath}>返回</a>
      </p>
    </>
  );
  return { body, status: wrong === null ? 200 : 422 };
}

async function many(visit: Own, wrong: string | null): Promise<View> {
  const { deps, session, context, associate: own } = visit;
  const { db } = deps.engine;
  const words = (context.req.query('q') ?? '').trim().slice(0, 20);
  const after = (context.req.query('after') ?? '').slice(0, 128);
  const [members, shop, token] = await Promise.all([
    membersOfAssociate(db, { associateId: own.id, after, words }),
    tagShop(db),
    tokenOf(deps, session),
  ]);
  const done = Number(context.req.query('done')) || 0;
  const last = members.length === listedMax ? members.at(-1) : undefined;
  const body = (
    <>
      <h1>贴标签</h1>
      <form method="get" action={tagsPath}>
        <div class="field">
          <label for="q">找会员：姓名，或手机号后四位</label>
          <div class="line">
            <input id="q" name="q" value={words} />
            <button class="send">找</button>
          </div>
        </div>
      </form>
      <form class="sheet" method="post" action={tagsPath}>
        <Note wrong={wrong} done={done > 0 ? `${done} 位会员的标签改好了。` : null} />
        <input type="hidden" name={tokenField} value={token} />
        <input type="hidden" name="key" value={newWord()} />
        <Members members={members} />
        <Tags shop={shop} worn={[]} />
        <fieldset class="agree">
          <legend>做什么</legend>
          <Tick type="radio" name="act" value="put" label="贴上" isOn />
          <Tick type="radio" name="act" value="off" label="拿掉" />
        </fieldset>
        <button class="button">保存</button>
      </form>
      {last && (
        <p class="second">
          <a href={`${tagsPath}?q=${encodeURIComponent(words)}&after=${encodeURIComponent(last.id)}`}>
            后面的会员
          </a>
        </p>
      )}
      <p class="leave">
        <a href={associateHome}>返回</a>
      </p>
    </>
  );
  return { body, status: wrong === null ? 200 : 422 };
}
