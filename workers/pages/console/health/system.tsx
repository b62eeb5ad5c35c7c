/** 系统: what runs, what it has used of its plan, whether the clock goes, when a backup was made, and how it is brought up to date. */
import type { FC } from 'hono/jsx';
import { isMigrated } from '../../../db/upkeep/migrated.ts';
import { noteSeed, readRunning, type Running } from '../../../db/upkeep/running.ts';
import { readSizes } from '../../../db/upkeep/sizes.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import { version } from '../../../platform/version.ts';
import { count, day, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Act, Facts, Mark, Raw, Sheet } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { healthCommands, healthSaid, worryWords } from '../words/access/health.ts';
import { Filled, Used } from './used.tsx';
import { failureDays, worriesOf, type Worry } from './worries.ts';

export const systemPath = '/console/health';
const seedPath = `${systemPath}/seed-kept`;

export type Looked = { readonly running: Running; readonly worries: readonly Worry[] };

export async function lookAtSystem({ db, now, deps: { plan } }: Visit): Promise<Looked> {
  const [running, { publicUrl }] = await Promise.all([
    readRunning(db, now, now - failureDays * dayMs),
    readSettings(db),
  ]);
  const isDeployed = publicUrl?.startsWith('https://') === true;
  return { running, worries: worriesOf(running, { plan, isDeployed, now }) };
}

const system = screen({
  path: systemPath,
  title: '系统',
  who: owner,
  get: async (visit) => {
    const [{ running, worries }, sizes, isWhole] = await Promise.all([
      lookAtSystem(visit),
      readSizes(visit.db),
      isMigrated(visit.db),
    ]);
    return {
      lead: healthSaid.lead,
      body: (
        <>
          <Worries worries={worries} />
          <Sheet title="版本">
            <Facts
              facts={[
                ['程序', `回客 ${version}`],
                ['Cloudflare 套餐', visit.deps.plan.name === 'free' ? '免费' : '付费'],
                ['数据库的表', isWhole ? '和程序对得上' : '没有升级，请 npm run deploy'],
              ]}
            />
          </Sheet>
          <Used plan={visit.deps.plan} running={running} />
          <Filled sizes={sizes} />
          <Clock running={running} now={visit.now} />
          <Backup visit={visit} running={running} />
          <Seed visit={visit} running={running} />
          <Sheet title="升级">
            <p>{healthSaid.upgrade}</p>
            <Raw label="升级的命令">{dated(healthCommands.upgrade, visit.now)}</Raw>
          </Sheet>
        </>
      ),
    };
  },
});

const dated = (commands: string, now: number): string => commands.replaceAll('{日期}', day(now));

const Worries: FC<{ worries: readonly Worry[] }> = ({ worries }) =>
  worries.length === 0 ? (
    <p class="note good">{healthSaid.good}</p>
  ) : (
    <>
      {worries.map((worry) => {
        const { title, todo, tone } = worryWords[worry];
        return (
          <p class={tone === 'stop' ? 'note stop' : 'note'}>
            <strong>{title}。</strong>
            {todo}
          </p>
        );
      })}
    </>
  );

const Clock: FC<{ running: Running; now: number }> = ({ running: { clockAt, failures }, now }) => (
  <Sheet title="定时任务">
    <Facts facts={[['上次记到它在走', clockAt === null ? healthSaid.noClock : moment(clockAt, now)]]} />
    <h3>没做完的</h3>
    {failures.length === 0 ? (
      <p class="hint">{healthSaid.noFailures}</p>
    ) : (
      <ul class="steps">
        {failures.map(({ at, text }) => (
          <li>
            <div>
              <p>{moment(at, now)}</p>
              {text}
            </div>
          </li>
        ))}
      </ul>
    )}
  </Sheet>
);

const Backup: FC<{ visit: Visit; running: Running }> = ({ visit: { now }, running: { backup } }) => (
  <Sheet title="备份">
    {backup === null ? (
      <p>{healthSaid.noBackup}</p>
    ) : (
      <Facts
        facts={[
          ['上一次', moment(backup.at, now)],
          ['哪里的店', backup.isRemote ? '部署好的' : '本机'],
          ['文件夹', backup.folder],
          ['里面', `${count(backup.tables)} 张表，${count(backup.rows)} 行`],
          ['那时的版本', backup.version],
        ]}
      />
    )}
    <Raw label="备份的命令">{dated(healthCommands.backup, now)}</Raw>
    <p>{healthSaid.where}</p>
  </Sheet>
);

const Seed: FC<{ visit: Visit; running: Running }> = ({ visit: { now, token }, running: { seed } }) => (
  <Sheet title="SEED">
    <p>{healthSaid.seed}</p>
    {seed === null ? (
      <p class="buttons">
        <Act action={seedPath} token={token} label="我已经另外存好了" />
      </p>
    ) : (
      <p>
        <Mark tone="good">{healthSaid.seedKept}</Mark> {seed.by}，{moment(seed.at, now)}
      </p>
    )}
  </Sheet>
);

const seedKept = screen({
  path: seedPath,
  title: '系统',
  who: owner,
  post: async (visit) => {
    const { person, now } = visit;
    const draft = { statements: [noteSeed({ at: now, by: person.name })] };
    await record(visit, { act: 'seed.kept', subject: 'SEED', before: null, after: null }, draft);
    return visit.context.redirect(saying(systemPath, 'saved'), 303);
  },
});

export const systemScreens = [system, seedKept];
