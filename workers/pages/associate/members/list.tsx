/** 我的会员: by name or the end of a phone number, and from each to her page. */
import { listedMax, membersOfAssociate } from '../../../db/coupons/pushes.ts';
import { page } from '../../page.ts';
import { associateHome, ownMemberAt, ownMemberPath, ownMembersPath } from '../../paths.ts';
import { maskedPhone } from '../../words.ts';
import { associate } from '../gate.tsx';

const textMax = 20;

export const ownMembersPage = page({
  path: ownMembersPath,
  title: '我的会员',
  who: associate,
  get: async ({ deps, context, associate: own }) => {
    const words = (context.req.query('q') ?? '').trim().slice(0, textMax);
    const after = (context.req.query('after') ?? '').slice(0, 128);
    const members = await membersOfAssociate(deps.engine.db, { associateId: own.id, after, words });
    const last = members.length === listedMax ? members.at(-1) : undefined;
    const body = (
      <section aria-labelledby="members">
        <h1 id="members">我的会员</h1>
        <form class="field" method="get" action={ownMembersPath} role="search">
          <label for="q">找会员：姓名，或手机号后四位</label>
          <div class="line">
            <input id="q" name="q" value={words} maxlength={textMax} />
            <button class="send scan">查找</button>
          </div>
        </form>
        <ul class="rows">
          {members.map(({ id, name, phone }) => (
            <li>
              <p>
                <a href={ownMemberAt(ownMemberPath, id)}>{name ?? '没有填称呼'}</a>
              </p>
              <p>{phone === null ? '' : maskedPhone(phone)}</p>
            </li>
          ))}
        </ul>
        {members.length === 0 && (
          <p class="empty">{words === '' ? '还没有会员归您。' : `没有找到“${words}”。`}</p>
        )}
        {last && (
          <p class="leave">
            <a href={`${ownMembersPath}?${new URLSearchParams({ q: words, after: last.id }).toString()}`}>
              后面的会员
            </a>
          </p>
        )}
        <p class="leave">
          <a href={associateHome}>返回</a>
        </p>
      </section>
    );
    return { body };
  },
});
