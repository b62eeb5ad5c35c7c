/** 试一试自动回复: what somebody would hear who says this, decided as for a follower; nothing is sent. */
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { answerOf, tryReply, type Answer } from '../../../commands/account/try-reply.ts';
import { checkForm, openForm, type FormSpec } from '../form/form.tsx';
import { office, owner } from '../kit/nav.ts';
import { Facts, Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { answeredByWords, tryLead, tryWords } from '../words/talks.ts';

const path = '/console/talks/try';

export const TryInput = z.strictObject({ text: z.string().trim().min(1).max(600) });

const specOf = ({ token }: Visit): FormSpec<z.infer<typeof TryInput>> => ({
  schema: TryInput,
  words: tryWords,
  choices: {},
  action: path,
  token,
  label: '看会怎么回',
});

const changing = ({ person }: Visit) => ({
  lead: tryLead,
  acts: isOneOf(person, owner) && (
    <a class="button" href="/console/settings/replies">
      改自动回复
    </a>
  ),
});

export const tryScreen = screen({
  path,
  title: '试一试自动回复',
  who: office,
  get: async (visit) => ({ ...openForm(specOf(visit), {}), ...changing(visit) }),
  post: async (visit, form) => {
    const spec = specOf(visit);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { text } = checked.input;
    const tried = await tryReply(visit.deps.engine, { text, openid: undefined }, visit.now);
    const answer = answerOf(text, tried);
    const view = openForm(spec, { text });
    return {
      ...view,
      ...changing(visit),
      body: (
        <>
          {view.body}
          <Sheet title={`顾客说“${text}”`}>
            <Facts facts={factsOf(answer)} />
          </Sheet>
        </>
      ),
    };
  },
});

function factsOf({ answeredBy, rule, text, missing }: Answer): [string, string][] {
  return [
    ['谁来回', answeredByWords[answeredBy]],
    ...(rule === null ? [] : [['对上的关键词', rule.words.join('、')] satisfies [string, string]]),
    ['回什么', text ?? '什么都不回'],
    ...(missing.length === 0
      ? []
      : [['缺的内容', `${missing.join('、')}：这位还没有，所以不会发`] satisfies [string, string]]),
  ];
}

/** Where answers that nobody has to write are drawn up, and tried. */
export const ByItself: FC<Pick<Visit, 'person'>> = ({ person }) => (
  <>
    {isOneOf(person, owner) && (
      <a class="button" href="/console/settings/replies">
        设置自动回复
      </a>
    )}
    <a class="button" href="/console/talks/try">
      试一试自动回复
    </a>
  </>
);
