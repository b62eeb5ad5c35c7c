/** 系统: what runs, what it has used of its plan, whether the clock goes, when a backup was made, and how it is brought up to date. */
import type { FC } from 'hono/jsx';
import { isMigrated } from '../../../db/upkeep/migrated.ts';
import { noteSeed, readRunning, type Running } from '../../../db/upkeep/running.ts';
import { readSizes, type TableSize } from '../../../db/upkeep/sizes.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import { version } from '../../../platform/version.ts';
import { count, day, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Act, Facts, Figures, Mark, Raw, Sheet, Table, type Figure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { healthCommands, healthSaid, tableNames, worryWords } from '../words/health.ts';
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
          <Used visit={visit} running={running} sizes={sizes} />
          <Clock running={running} now={visit.now} />
          <Backup visit={visit} running={running} />
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

const mega = 1_000_000;
/** 12.3 MB, as Cloudflare counts them. */
const megabytes = (bytes: number): string => count(Math.round(bytes / (mega / 10)) / 10);

const Used: FC<{ visit: Visit; running: Running; sizes: readonly TableSize[] }> = ({
  visit: {
    deps: { plan },
  },
  running: { sizeBytes, rowsToday, pendingSince },
  sizes,
}) => {
  const figures: Figure[] = [];
  if (sizeBytes !== null)
    figures.push({
      label: '数据库',
      value: megabytes(sizeBytes),
      unit: `MB，最多 ${megabytes(plan.databaseBytesMax)} MB`,
    });
  if (plan.rowsPerDay !== null)
    figures.push({
      label: '今天写入',
      value: count(rowsToday ?? 0),
      unit: `行，最多 ${count(plan.rowsPerDay)} 行`,
    });
  figures.push({ label: '排队的单据', value: pendingSince === null ? '没有' : '有' });
  return (
    <Sheet title="用了多少">
      <Figures figures={figures} />
      {plan.rowsPerDay !== null && <p class="hint">{healthSaid.rows}</p>}
      <p class="hint">{healthSaid.queue}</p>
      <h3>什么占地方</h3>
      <p class="hint">{healthSaid.counted}</p>
      <Table
        caption="大的在上面"
        rows={sizes}
        empty={healthSaid.nothing}
        columns={[
          { label: '内容', show: ({ table }) => tableNames[table] },
          {
            label: '大约多少行',
            show: ({ rows, isMore }) => `${count(rows)}${isMore ? '+' : ''}`,
            isNumber: true,
          },
          {
            label: '大约',
            show: ({ bytes, isMore }) => `${megabytes(bytes)}${isMore ? '+' : ''} MB`,
            isNumber: true,
          },
        ]}
      />
    </Sheet>
  );
};

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

const Backup: FC<{ visit: Visit; running: Running }> = ({
  visit: { now, token },
  running: { backup, seed },
}) => (
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
    <h3>SEED</h3>
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
