/** 接一个系统: which one it is, what its owner does there, and the form that registers it here. */
import { registerSource } from '../../../commands/sources/register.ts';
import { addressOf, hookOf } from '../../../commands/sources/source-address.ts';
import type { SenderKind } from '../../../commands/sources/sender-ports.ts';
import { readSource } from '../../../db/sources/registered-sources.ts';
import type { Problem } from '../../../platform/problem.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { technical } from '../kit/nav.ts';
import { Sheet } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { connectWords, systemWords } from '../words/systems.ts';
import { Address, HowTo, Once, originOf } from './how-to.tsx';
import { sourcesPath } from './source-paths.ts';
import { inForm, sourceOf, systemForm, wordsOfSystem, type Filled } from './systems.ts';

const path = `${sourcesPath}/connect`;
/** For a till that nobody knows, and for people who program: these stand last. */
const other = 'mapping';
const forPrograms = ['generic', 'hmac'];

const choose = screen({
  path,
  title: '接一个系统',
  who: technical,
  get: async ({ deps: { desk } }) => {
    const kinds = desk.senders.kinds();
    const links = (some: readonly Pick<SenderKind, 'name' | 'label'>[]) => (
      <ul class="choices">
        {some.map(({ name, label }) => (
          <li>
            <a class="button" href={`${path}/${name}`}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    );
    return {
      lead: '店里用的是哪个系统？选了就能看到一步一步怎么接。只有表格的，用“导入”。',
      body: (
        <>
          <Sheet title="收银机和商城">
            {links(kinds.filter(({ name }) => name !== other && !forPrograms.includes(name)))}
          </Sheet>
          <Sheet title="都不是" note={connectWords.otherNote}>
            {links([{ name: other, label: connectWords.other }])}
          </Sheet>
          <Sheet title={connectWords.programs} note={connectWords.programsNote}>
            {links(kinds.filter(({ name }) => forPrograms.includes(name)))}
            <p class="help">
              <a href="/api/docs">{connectWords.docs}</a>
            </p>
          </Sheet>
        </>
      ),
    };
  },
});

const kindOf = ({ deps: { desk }, id }: Visit): SenderKind | undefined =>
  desk.senders.kinds().find(({ name }) => name === id);

const specOf = (visit: Visit, kind: SenderKind): FormSpec<Filled> => ({
  schema: systemForm(visit.deps.desk.senders, kind),
  words: wordsOfSystem(kind),
  choices: {},
  action: `${path}/${kind.name}`,
  token: visit.token,
  label: '登记',
});

const connect = screen({
  path: `${path}/:id`,
  title: '怎么接',
  who: technical,
  get: async (visit) => {
    const kind = kindOf(visit);
    if (!kind) return NotFound('这个系统', { href: path, label: '看有哪些系统' });
    const view = openForm(specOf(visit, kind), { id: kind.name, name: kind.label });
    return {
      ...view,
      title: `怎么接${kind.label}`,
      lead: '先在这里登记，再照步骤到那边填。',
      body: (
        <>
          {view.body}
          {!systemWords[kind.name]?.isFetched && (
            <Sheet>
              <Address address={hookOf(await originOf(visit), kind.name)} />
              <p class="help">登记时改了编号，地址的最后一段也跟着变。</p>
            </Sheet>
          )}
          <HowTo system={kind.name} />
        </>
      ),
    };
  },
  post: async (visit, form) => {
    const kind = kindOf(visit);
    if (!kind) return NotFound('这个系统', { href: path, label: '看有哪些系统' });
    const spec = specOf(visit, kind);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { db, deps, now } = visit;
    const origin = await originOf(visit);
    const input = sourceOf(kind, checked.input, origin);
    if (await readSource(db, input.id)) return refusedForm(spec, form, isTaken);
    const registered = await registerSource({ db, ...deps.desk }, input, now);
    if ('code' in registered) return refusedForm(spec, form, inForm(registered, spec));
    const { source, shown } = registered;
    const { secrets: _, ...after } = source;
    await record(visit, { act: 'source.create', subject: source.id, before: null, after });
    const address = addressOf(deps.desk.senders, source, origin, shown.token);
    return {
      title: `已登记：${source.name}`,
      acts: (
        <a class="button first" href={`${sourcesPath}/${source.id}`}>
          看它发来了什么
        </a>
      ),
      body: (
        <>
          <Once system={kind.name} secret={shown.secret} address={address} />
          <HowTo system={kind.name} isTried />
        </>
      ),
    };
  },
});

const isTaken: Problem = {
  status: 409,
  code: 'id_is_taken',
  detail: 'another source has this id',
  field: 'id',
};

export const connectScreens = [choose, connect];
