/** 今天: what needs a hand, each with its next step, and the few numbers of the day. */
import type { FC } from 'hono/jsx';
import { defaultTimezone } from '../../../../schema/index.ts';
import { fromNewest } from '../../../db/paging.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listAlerts } from '../../../db/upkeep/alerts.ts';
import { readToday } from '../../../db/upkeep/today.ts';
import { dayMs, localDate } from '../../../decide/plain/dates.ts';
import { count, moment, money } from '../kit/format.ts';
import { counter, everybody, homeOfConsole, office } from '../kit/nav.ts';
import { Figures, Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { Ask } from '../sales/receipts.tsx';
import { faultsFor } from './faults.ts';
import { stepsFor, unanswered, type Step } from './steps.ts';

const alertDays = 7;
const alertsShown = 5;

export const home = screen({
  path: homeOfConsole,
  title: '今天',
  who: everybody,
  get: async (visit) => {
    const { db, now, person } = visit;
    const isOffice = isOneOf(person, office);
    const [today, unread, { publicUrl }, alerts, faults] = await Promise.all([
      readToday(db, localDate(now, defaultTimezone)),
      isOffice ? unanswered(visit) : 0,
      readSettings(db),
      isOffice ? recentAlerts(visit) : [],
      faultsFor(visit),
    ]);
    const steps = stepsFor(visit, { today, unread, publicUrl, faults });
    const sold = [
      { label: '今天的销售', value: `${count(today.sales)}${today.isPart ? '+' : ''}`, unit: '笔' },
      { label: '今天的金额', value: money(today.keptFen), unit: '元，退货已减' },
    ];
    return {
      body: (
        <>
          {isOffice && <Figures figures={sold} />}
          <div class="cols">
            {isOneOf(person, counter) && <FindMember />}
            {isOneOf(person, counter) && <Ask number="" />}
          </div>
          {person.role === 'cashier' && (
            <p class="buttons">
              <a class="button first" href="/console/redeem">
                核销
              </a>
            </p>
          )}
          <Sheet title="要您看一眼的">
            {steps.length === 0 ? <p class="empty">没有。一切正常。</p> : <Steps steps={steps} />}
          </Sheet>
          {isOffice && <Alerts visit={visit} rows={alerts} />}
        </>
      ),
    };
  },
});

const FindMember: FC = () => (
  <form class="sheet filters" method="get" action="/console/members">
    <div class="field">
      <label for="q">找会员</label>
      <input id="q" name="q" placeholder="手机号、卡号、称呼或手机尾号" />
    </div>
    <button class="first">查找</button>
  </form>
);

const Steps: FC<{ steps: readonly Step[] }> = ({ steps }) => (
  <ul class="steps">
    {steps.map(({ title, text, href, label }) => (
      <li>
        <div>
          <strong>{title}</strong>
          <p>{text}</p>
        </div>
        <a class="button" href={href}>
          {label}
        </a>
      </li>
    ))}
  </ul>
);

const recentAlerts = async ({ db, now }: Visit) =>
  (await listAlerts(db, fromNewest, alertsShown)).filter(({ at }) => at > now - alertDays * dayMs);

const Alerts: FC<{ visit: Visit; rows: Awaited<ReturnType<typeof recentAlerts>> }> = ({
  visit: { now },
  rows,
}) =>
  rows.length === 0 ? (
    <></>
  ) : (
    <Sheet title="这几天的提醒">
      <ul class="steps">
        {rows.map(({ text, at }) => (
          <li>
            <div>
              <p>{moment(at, now)}</p>
              {text}
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
