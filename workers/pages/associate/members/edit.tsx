/** 改资料 by her associate: everything of the file but the phone and the identity number, which are the office's. */
import { MemberFileForm } from '../../../../schema/index.ts';
import { changeFile, fileShown } from '../../../commands/profile/file.ts';
import { insertAudit } from '../../../db/people/audit.ts';
import { educationNames, incomeNames, sexNames } from '../../../words/file.ts';
import { newWord } from '../../keys.ts';
import { page } from '../../page.ts';
import { ownEditPath, ownMemberAt, ownMemberPath } from '../../paths.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import type { View } from '../../ui/view.ts';
import { Field, isKey, Wrong } from './fields.tsx';
import { hereOf, ownMember, type OwnVisit } from './own.tsx';

type Typed = Readonly<Record<string, string | null | undefined>>;

const fields = [
  { name: 'name', label: '称呼' },
  { name: 'birthdayOn', label: '生日', type: 'date' },
  { name: 'sex', label: '性别', choices: Object.entries(sexNames) },
  { name: 'address', label: '地址' },
  { name: 'postcode', label: '邮编', hint: '6 位数字' },
  { name: 'occupation', label: '职业' },
  { name: 'income', label: '月收入', choices: Object.entries(incomeNames) },
  { name: 'education', label: '学历', choices: Object.entries(educationNames) },
  { name: 'remark', label: '备注', hint: '比如“周末才有空接电话”' },
] as const;

export const ownEditPage = page({
  path: ownEditPath,
  title: '改资料',
  who: ownMember,
  here: hereOf,
  get: async (visit) => form(visit, { ...(await fileShown(visit.deps.engine, visit.found)) } as Typed, null),
  post: async (visit, sent) => {
    const { deps, context, now, found, associate: own } = visit;
    const typed = Object.fromEntries(fields.map(({ name }) => [name, (sent.get(name) ?? '').trim() || null]));
    const parsed = MemberFileForm.safeParse(typed);
    if (!parsed.success) return form(visit, typed, wrongWords(parsed.error.issues[0]?.path[0]));
    const key = sent.get('key') ?? '';
    const asked = { key: isKey(key) ? key : newWord(), found, change: parsed.data };
    const changed = await changeFile(deps.engine, asked, now);
    if (!('shown' in changed)) return form(visit, typed, '没有存上，请再试一次。');
    const { id } = found.member;
    const { before, after } = changed;
    await deps.engine.db.batch([
      insertAudit({ at: now, personId: null, by: own.name, act: 'member.edit', subject: id, before, after }),
    ]);
    return context.redirect(ownMemberAt(ownMemberPath, id), 303);
  },
});

function wrongWords(field: PropertyKey | undefined): string {
  const label = fields.find(({ name }) => name === field)?.label ?? '有一栏';
  if (field === 'postcode') return '邮编是 6 位数字，比如 510620。';
  return field === 'birthdayOn' ? '生日不对，比如 1990-05-20。' : `${label}太长了，请写短一些。`;
}

async function form({ deps, session, found }: OwnVisit, typed: Typed, wrong: string | null): Promise<View> {
  const { id, name } = found.member;
  const token = await tokenOf(deps, session);
  const body = (
    <section aria-labelledby="edit">
      <h1 id="edit">{name ?? '会员'}的资料</h1>
      <p class="lead">手机号要换，请店里在后台换。</p>
      <form class="sheet" method="post" action={ownMemberAt(ownEditPath, id)}>
        <Wrong words={wrong} />
        <input type="hidden" name={tokenField} value={token} />
        <input type="hidden" name="of" value={id} />
        <input type="hidden" name="key" value={newWord()} />
        {fields.map((field) => (
          <Field {...field} value={typed[field.name] ?? ''} />
        ))}
        <button class="button">保存</button>
      </form>
      <p class="leave">
        <a href={ownMemberAt(ownMemberPath, id)}>返回</a>
      </p>
    </section>
  );
  return { body, status: wrong === null ? 200 : 422 };
}
