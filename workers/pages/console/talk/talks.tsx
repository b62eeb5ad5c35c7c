/** 聊天: who wrote to the account, unanswered first to be seen, and one conversation with its answer. */
import * as z from 'zod';
import { EventId } from '../../../../schema/index.ts';
import { writeTo } from '../../../commands/members/write-to.ts';
import { listSpoken, markRead, type Person } from '../../../db/conversations/thread-messages.ts';
import { listConversations, standingsOf } from '../../../db/conversations/threads.ts';
import { readMember } from '../../../db/members/members.ts';
import { endOfTime } from '../../../db/paging.ts';
import { personOfThread, sealOpenid } from '../../../views/thread-ids.ts';
import { newWord } from '../../keys.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, storesOf, type Visit } from '../kit/visit.ts';
import { answerWords } from '../words/talks.ts';
import { Lines } from './lines.tsx';
import { ByItself } from './try.tsx';

export const talksPath = '/console/talks';
const pageSize = 40;
const spokenMax = 60;
const back = { href: talksPath, label: '回到聊天' };

export const talkList = screen({
  path: talksPath,
  title: '聊天',
  who: office,
  get: async ({ db, deps, now, query, person }) => {
    const before = Number(query.get('before')) || endOfTime;
    const found = await listConversations(db, { associateId: null, before, limit: pageSize });
    const standings = await standingsOf(
      db,
      found.items.map((one) => one.person),
      now,
    );
    const rows = await Promise.all(
      found.items.map(async (head) => ({
        ...head,
        thread: head.member?.id ?? (await sealOpenid(deps.engine, head.person)),
        standing: standings.get(head.person) ?? { unread: 0, window: null },
      })),
    );
    const seen = storesOf(person) === null ? rows : rows.filter(({ member }) => member !== null);
    return {
      acts: <ByItself person={person} />,
      lead: '顾客在公众号里说的话。微信只许在对方说话后 48 小时内回复，最多五条。',
      body: (
        <Sheet>
          <Table
            caption="最近的在上面"
            rows={seen}
            empty="还没有人说话。"
            next={found.next === null ? null : asked(talksPath, { before: String(found.next) })}
            columns={[
              {
                label: '谁',
                show: ({ member, thread }) => (
                  <a href={`${talksPath}/${thread}`}>{member?.name ?? (member ? '会员' : '还不是会员')}</a>
                ),
              },
              {
                label: '最后一句',
                show: ({ last }) => `${last.direction === 'in' ? '' : '我们：'}${shortOf(last.text ?? '')}`,
              },
              { label: '时间', show: ({ last }) => moment(last.at, now) },
              { label: '导购', show: ({ associate }) => associate?.name ?? '没有' },
              {
                label: '回复',
                show: ({ standing }) =>
                  standing.unread > 0 ? (
                    <Mark tone="stop">{standing.unread} 条没回</Mark>
                  ) : standing.window ? (
                    <Mark tone="good">能回复</Mark>
                  ) : (
                    ''
                  ),
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

const shownLength = 40;
const shortOf = (text: string): string =>
  text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;

const AnswerInput = z.strictObject({ text: z.string().trim().min(1).max(600) });
const keyField = 'key';

const answerOf = (visit: Visit, key: string): FormSpec<z.infer<typeof AnswerInput>> => ({
  schema: AnswerInput,
  words: answerWords,
  choices: {},
  action: `${talksPath}/${visit.id}`,
  token: visit.token,
  label: '发送',
  beside: <input type="hidden" name={keyField} value={key} />,
});

/** Null for nobody, and for a member of a store that is not theirs to see. */
async function personFor({
  deps,
  db,
  id,
  now,
  person: viewer,
}: Visit): Promise<{ person: Person; name: string | null } | null> {
  const person = await personOfThread({ db, engine: deps.engine }, id, now);
  if ('code' in person) return null;
  if (person.memberId === null) return storesOf(viewer) === null ? { person, name: null } : null;
  const found = await readMember(db, person.memberId);
  return found && maySeeStore(viewer, found.member.storeId) ? { person, name: found.member.name } : null;
}

export const talkScreen = screen({
  path: `${talksPath}/:id`,
  title: '聊天',
  who: office,
  get: async (visit) => {
    const found = await personFor(visit);
    if (!found) return NotFound('这个人', back);
    return conversation(visit, found, openForm(answerOf(visit, newWord()), {}).body);
  },
  post: async (visit, form) => {
    const found = await personFor(visit);
    if (!found) return NotFound('这个人', back);
    const key = form.get(keyField) ?? '';
    const spec = answerOf(visit, /^[0-9a-z]{26}$/.test(key) ? key : newWord());
    const checked = checkForm(spec, form);
    if ('again' in checked) return { ...(await conversation(visit, found, checked.again.body)), status: 422 };
    const { deps, now } = visit;
    const asking = {
      id: EventId.parse(`office_${key}`),
      person: found.person,
      associateId: null,
      text: checked.input.text,
    };
    const written = await writeTo(deps.engine, asking, now);
    if (!('contact' in written)) {
      const code = 'refusal' in written ? written.refusal.code : 'not_decided';
      const again = refusedForm(spec, form, { status: 409, code, detail: code });
      return { ...(await conversation(visit, found, again.body)), status: 409 };
    }
    deps.doorbell.ring();
    await record(visit, {
      act: 'member.write',
      subject: found.person.memberId ?? visit.id,
      before: null,
      after: null,
    });
    return visit.context.redirect(saying(`${talksPath}/${visit.id}`, 'sent'), 303);
  },
});

async function conversation(
  visit: Visit,
  { person, name }: { person: Person; name: string | null },
  form: unknown,
) {
  const spoken = await listSpoken(visit.db, person, { at: endOfTime, source: '', seq: 0 }, spokenMax);
  // Whoever looks at it has read it.
  const last = spoken.find(({ direction, readAt }) => direction === 'in' && readAt === null);
  if (last) await markRead(visit.db, person, last.cause, visit.now);
  return {
    title: name ?? (person.memberId === null ? '还不是会员' : '会员'),
    acts:
      person.memberId === null ? undefined : (
        <a class="button" href={`/console/members/${person.memberId}`}>
          会员资料
        </a>
      ),
    body: (
      <>
        {form as never}
        <Sheet title="说过的话" note="最近的在上面">
          {spoken.length === 0 ? <p class="empty">还没有。</p> : <Lines spoken={spoken} now={visit.now} />}
        </Sheet>
      </>
    ),
  };
}
