/** 改在用的段位 by her associate: what the mother says counts until a day, or for good; without a word the shop's table does. */
import { defaultTimezone, usedGoods } from '../../../../schema/index.ts';
import { changeUse, useOf, type UseAsked } from '../../../commands/profile/uses.ts';
import { insertAudit } from '../../../db/people/audit.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { usesOf } from '../../../decide/profile/uses.ts';
import { goodsNames } from '../../../words/file.ts';
import { newWord } from '../../keys.ts';
import { page } from '../../page.ts';
import { ownMemberAt, ownMemberPath, ownUsesPath } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import { inUseFacts } from '../../profile/facts.ts';
import type { View } from '../../ui/view.ts';
import { Field, isKey, Wrong } from './fields.tsx';
import { hereOf, ownMember, type OwnVisit } from './own.tsx';

const nothing: UseAsked = { child: '', stage: null, untilOn: null };

export const ownUsesPage = page({
  path: ownUsesPath,
  title: '在用的段位',
  who: ownMember,
  here: hereOf,
  get: (visit) => form(visit, nothing, null),
  post: async (visit, sent) => {
    const { deps, context, now, found, associate: own } = visit;
    const said = (name: string): string | null => (sent.get(name) ?? '').trim() || null;
    const asked = { child: said('child') ?? '', stage: said('stage'), untilOn: said('untilOn') };
    const key = sent.get('key') ?? '';
    const done = await changeUse(deps.engine, { key: isKey(key) ? key : newWord(), found, asked }, now);
    if ('miss' in done) return form(visit, asked, missWords[done.miss]);
    const { id } = found.member;
    const { before, after } = done;
    await deps.engine.db.batch([
      insertAudit({ at: now, personId: null, by: own.name, act: 'member.uses', subject: id, before, after }),
    ]);
    return context.redirect(ownMemberAt(ownMemberPath, id), 303);
  },
});

const missWords = {
  child: '请选是哪个宝宝的什么。',
  stage: '这一段不在这种商品的段位表里，请重新选。',
  day: '日期不对，请重新选。',
  undecided: '没有存上，请再试一次。',
} as const;

async function form(
  { deps, session, now, found }: OwnVisit,
  asked: UseAsked,
  wrong: string | null,
): Promise<View> {
  const { id, children } = found.member;
  const [token, { useStages }] = await Promise.all([tokenOf(deps, session), readSettings(deps.engine.db)]);
  const uses = usesOf(children, useStages, localDate(now, defaultTimezone));
  const stages = [...new Set(usedGoods.flatMap((goods) => useStages[goods].map(({ name }) => name)))];
  const body = (
    <section aria-labelledby="uses">
      <h1 id="uses">在用的段位</h1>
      <ul class="rows">
        {inUseFacts(uses, true).map(([label, value]) => (
          <li>
            <p>{label}</p>
            <p>{value}</p>
          </li>
        ))}
      </ul>
      <h2>会员说的不一样</h2>
      <form class="sheet" method="post" action={ownMemberAt(ownUsesPath, id)}>
        <Wrong words={wrong} />
        <input type="hidden" name={tokenField} value={token} />
        <input type="hidden" name="of" value={id} />
        <input type="hidden" name="key" value={newWord()} />
        <Field
          name="child"
          label="哪个宝宝的什么"
          value={asked.child}
          none="请选择"
          choices={uses.map((use) => [useOf(use), `${use.name ?? use.born} 的${goodsNames[use.goods]}`])}
        />
        <Field
          name="stage"
          label="现在用"
          value={asked.stage ?? ''}
          none="按段位表和宝宝的天数算"
          choices={stages.map((name) => [name, name])}
        />
        <Field
          name="untilOn"
          label="用到哪天"
          hint="这一天起换下一段，到时候提醒您。不填就一直用，不提醒。"
          type="date"
          value={asked.untilOn ?? ''}
        />
        <button class="button">保存</button>
      </form>
      <p class="leave">
        <a href={ownMemberAt(ownMemberPath, id)}>返回</a>
      </p>
    </section>
  );
  return { body, status: wrong === null ? 200 : 422 };
}
