/** 手机上确认: somebody of the shop scanned what a screen shows, and says whether it is theirs. */
import type { FC } from 'hono/jsx';
import type { Person } from '../../../../schema/index.ts';
import { bindWechat } from '../../../commands/people/people.ts';
import { answerScan } from '../../../commands/people/sign-in.ts';
import { insertAudit } from '../../../db/people/audit.ts';
import { readEntry } from '../../../db/people/entries.ts';
import { personByOpenid } from '../../../db/people/people.ts';
import { page, person, type Visit } from '../../page.ts';
import { tokenField, tokenOf } from '../../posted.tsx';
import { Message } from '../../ui/message.tsx';
import { message, type Answered } from '../../ui/view.ts';
import { phonePath } from '../kit/paths.ts';
import { boundTo } from './bind.ts';
import { numberOf, scanIn } from './scan.ts';

const title = '登录后台';

export const phonePage = page({
  path: phonePath,
  title,
  who: person,
  here: (asked) => {
    const code = new URLSearchParams([...asked].filter(([name]) => ['s', 'u', 'w', 't'].includes(name)));
    return code.size === 0 ? phonePath : `${phonePath}?${code.toString()}`;
  },
  get: async (visit) => {
    const asked = new URL(visit.context.req.url).searchParams;
    const found = await openScan(visit, asked);
    if ('body' in found) return found;
    return {
      title,
      body: (
        <Ask
          name={found.person.name}
          use={found.use}
          asked={asked}
          token={await tokenOf(visit.deps, visit.session)}
        />
      ),
    };
  },
  post: async (visit, form) => {
    const found = await openScan(visit, form);
    if ('body' in found) return found;
    const { deps, now, session } = visit;
    const { db } = deps.engine;
    const isRight = form.get('number')?.trim() === (await numberOf(deps, found));
    // The first answer counts, right or wrong: the number cannot be tried out.
    const answer = answerScan({ key: found.key, person: found.person, isRight, until: found.until }, now);
    const bound = isRight && found.use === 'bind' ? bindWechat(found.person, session.openid).statements : [];
    const audit = insertAudit({
      at: now,
      personId: found.person.id,
      by: found.person.name,
      act: found.use === 'bind' ? 'people.bind' : 'people.confirm',
      subject: found.person.id,
      before: null,
      after: { isRight },
    });
    await db.batch([answer, ...bound, audit]);
    return isRight ? message(<Done use={found.use} />) : message(<Wrong />, 403);
  },
});

type Open = {
  readonly key: string;
  readonly until: number;
  readonly use: 'enter' | 'bind';
  readonly person: Person;
};

/** The code, if it is ours, still good and unanswered, and who may answer it. */
async function openScan(
  { deps, now, session }: Visit,
  given: URLSearchParams,
): Promise<Open | Exclude<Answered, Response>> {
  const { db } = deps.engine;
  const scan = await scanIn(deps, given);
  if (!scan || scan.until <= now || (await readEntry(db, scan.key))) return message(<Over />, 410);
  const found =
    scan.use === 'bind' ? await boundTo(deps, scan.key, now) : await personByOpenid(db, session.openid);
  return found ? { ...scan, person: found } : message(<Stranger />, 403);
}

const Ask: FC<{ name: string; use: 'enter' | 'bind'; asked: URLSearchParams; token: string }> = ({
  name,
  use,
  asked,
  token,
}) => (
  <form class="sheet" method="post" action={phonePath}>
    <h1>{use === 'enter' ? '在电脑上登录回客？' : `把这个微信绑定给${name}？`}</h1>
    <p class="lead">
      {use === 'enter' ? `${name}，` : ''}
      请看着电脑屏幕，填上面显示的两位数字。不是您自己在操作，就关掉这一页。
    </p>
    {['s', 'u', 'w', 't'].map((field) => (
      <input type="hidden" name={field} value={asked.get(field) ?? ''} />
    ))}
    <input type="hidden" name={tokenField} value={token} />
    <div class="field">
      <label for="number">电脑上的数字</label>
      <div class="line">
        <input
          id="number"
          name="number"
          type="text"
          inputmode="numeric"
          maxlength={2}
          autocomplete="off"
          required
        />
      </div>
    </div>
    <button class="button">是我，确认</button>
  </form>
);

const Done: FC<{ use: 'enter' | 'bind' }> = ({ use }) => (
  <Message title={use === 'enter' ? '已确认' : '已绑定'}>
    {use === 'enter' ? '电脑上马上就会打开后台。' : '以后用这个微信扫码，就能登录后台。'}
  </Message>
);
const Wrong: FC = () => (
  <Message title="数字不对">为了安全，这个码已经作废。请在电脑上扫新的码，再填那里显示的数字。</Message>
);
const Over: FC = () => (
  <Message title="这个码已经过期">登录码两分钟内有效，只能用一次。请在电脑上刷新后重新扫。</Message>
);
const Stranger: FC = () => (
  <Message title="这个微信还不能登录后台">
    请老板在“人员”里给您发登录链接，登录后在“我的登录”里绑定这个微信。
  </Message>
);
