/** 停用 and 登录链接: how a colleague comes in for the first time, and how she is let in no more. */
import type { FC } from 'hono/jsx';
import type { Person, PersonId } from '../../../../schema/index.ts';
import { dismiss, isLastOwner } from '../../../commands/people/people.ts';
import { inviteMs, linkFor } from '../../../commands/people/sign-in.ts';
import { readPerson } from '../../../db/people/people.ts';
import type { Problem } from '../../../platform/problem.ts';
import { newWord } from '../../keys.ts';
import { owner } from '../kit/nav.ts';
import { Confirm, isSure, Sheet } from '../kit/parts.tsx';
import { linkPath, saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type Answered } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';

export const peoplePath = '/console/people';
export const backToPeople = { href: peoplePath, label: '回到人员' };

/** Shown once: only its hash is stored. */
export async function handLink(visit: Visit, person: Person): Promise<ConsoleView> {
  const word = newWord();
  const statement = await linkFor(person.id, word, { now: visit.now, forMs: inviteMs });
  await record(
    visit,
    { act: 'people.link', subject: person.id, before: null, after: null },
    { statements: [statement] },
  );
  const { origin } = new URL(visit.context.req.url);
  return {
    title: `${person.name}的登录链接`,
    body: <Link url={`${origin}${linkPath}/${word}`} name={person.name} />,
  };
}

const Link: FC<{ url: string; name: string }> = ({ url, name }) => (
  <Sheet>
    <p>把这个链接发给{name}，一天内有效，只能用一次。离开这一页就看不到了；丢了可以再发一个。</p>
    <p class="field">
      <label for="link">登录链接</label>
      <input id="link" value={url} readonly />
    </p>
    <p class="buttons">
      <a class="button" href={peoplePath}>
        回到人员
      </a>
    </p>
  </Sheet>
);

/** Somebody always has to stay who may do everything. */
export async function unlessLast(
  write: () => Promise<void>,
  done: () => Answered,
  refused: (problem: Problem) => Answered,
): Promise<Answered> {
  try {
    await write();
  } catch (error) {
    if (!isLastOwner(error)) throw error;
    return refused({ status: 409, code: 'last_owner', detail: 'somebody has to stay the owner' });
  }
  return done();
}

const link = screen({
  path: `${peoplePath}/:id/link`,
  title: '登录链接',
  who: owner,
  post: async (visit) => {
    const person = await readPerson(visit.db, visit.id as PersonId);
    return person && person.endedAt === null ? handLink(visit, person) : NotFound('这个人', backToPeople);
  },
});

const dismissal = screen({
  path: `${peoplePath}/:id/dismiss`,
  title: '停用人员',
  who: owner,
  get: async ({ db, id, token }) => {
    const person = await readPerson(db, id as PersonId);
    if (!person) return NotFound('这个人', backToPeople);
    return { body: <Ask person={person} token={token} /> };
  },
  post: async (visit, form) => {
    const draft = await dismiss(visit.db, visit.id as PersonId, visit.now);
    if ('code' in draft) return NotFound('这个人', backToPeople);
    if (!isSure(form)) return { body: <Ask person={draft.before} token={visit.token} /> };
    return unlessLast(
      () =>
        record(
          visit,
          { act: 'people.dismiss', subject: draft.row.id, before: draft.before, after: draft.row },
          draft,
        ),
      () => visit.context.redirect(saying(peoplePath, 'left'), 303),
      () => ({ status: 409, body: <p class="note stop">最后一位老板不能停用。先让另一位同事当老板。</p> }),
    );
  },
});

const Ask: FC<{ person: Person; token: string }> = ({ person: { id, name }, token }) => (
  <Confirm
    action={`${peoplePath}/${id}/dismiss`}
    token={token}
    what={<p>停用{name}：所有设备马上退出登录，微信也解除绑定。做过的事仍记在名下。</p>}
    label="确认停用"
    back={`${peoplePath}/${id}`}
  />
);

export const leavingScreens = [link, dismissal];
