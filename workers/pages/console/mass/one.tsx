/** 一条群发: how far it has come, what WeChat has said of each part, and how it is stopped. */
import type { FC } from 'hono/jsx';
import { stop } from '../../../commands/promotions/mass.ts';
import { readMass, type MassProgress } from '../../../db/mass/mass-views.ts';
import { passedOverIn, tallyOfMass } from '../../../views/mass.ts';
import { nameIn } from '../coupons/job-choices.ts';
import { count, moment } from '../kit/format.ts';
import { office, owner } from '../kit/nav.ts';
import { Act, Confirm, Facts, Figures, isSure, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf } from '../kit/visit.ts';
import { massAudienceWords, massPageWords, massSaid, massStateWords } from '../words/promotions/mass.ts';
import { draftsOf, massChoices, massPath, OnPhone } from './kit.tsx';

const none = () => NotFound('这条群发', { href: massPath, label: '回到群发' });

export const massOne = screen({
  path: `${massPath}/:id`,
  title: '群发',
  who: office,
  get: async (visit) => {
    const found = await readMass(visit.db, visit.id);
    if (!found) return none();
    const { mass } = found;
    const { label, tone } = massStateWords[mass.state];
    const nameOf = nameIn(await massChoices(visit));
    return {
      title: `群发给${massAudienceWords(mass.audience, nameOf)}`,
      acts: mass.endedAt === null && isOneOf(visit.person, owner) && (
        <Act action={`${massPath}/${mass.id}/stop`} token={visit.token} label="停下来" tone="stop" />
      ),
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ['状态', <Mark tone={tone}>{label}</Mark>],
                ['什么时候发', moment(mass.dueAt, visit.now)],
                ['写于', moment(mass.createdAt, visit.now)],
                ...(mass.endedAt === null ? [] : [['结束', moment(mass.endedAt, visit.now)] as const]),
                ...(mass.note === null ? [] : [['说明', mass.note] as const]),
              ]}
            />
          </Sheet>
          {mass.state === 'sending' && <p class="note">{massSaid.paging}</p>}
          <Reached found={found} />
          <Sheet title="手机上看到的">
            <OnPhone content={mass.content} drafts={'text' in mass.content ? null : await draftsOf(visit)} />
          </Sheet>
          <Pages found={found} />
        </>
      ),
    };
  },
});

const Reached: FC<{ found: MassProgress }> = ({ found }) => {
  const { sent, failed, reported } = tallyOfMass(found);
  const { recipients, overLimit } = found.mass;
  return (
    <>
      <Figures
        figures={[
          { label: '交给微信', value: count(recipients), unit: '人' },
          { label: '微信说收到', value: count(sent), unit: '人' },
          { label: '微信说没收到', value: count(failed), unit: '人' },
          { label: '满四条没发', value: count(overLimit), unit: '人' },
        ]}
      />
      {reported < recipients && (
        <p class="note">
          还有 {count(recipients - reported)} 人微信没有报告。{massSaid.unreported}
        </p>
      )}
    </>
  );
};

const Pages: FC<{ found: MassProgress }> = ({ found: { pages } }) => (
  <Sheet title="一批一批">
    <Table
      caption="按先后"
      rows={pages}
      empty="还没有交给微信。"
      columns={[
        { label: '第几批', show: ({ page }) => String(page + 1), isNumber: true },
        { label: '人数', show: ({ recipients }) => count(recipients), isNumber: true },
        { label: '状态', show: ({ state }) => massPageWords[state] },
        {
          label: '微信的报告',
          show: ({ receipt }) =>
            receipt === null
              ? ''
              : `收到 ${count(receipt.sent)}，没收到 ${count(receipt.failed + passedOverIn(receipt))}`,
        },
        { label: '原因', show: ({ lastError }) => lastError ?? '' },
      ]}
    />
  </Sheet>
);

export const massStop = screen({
  path: `${massPath}/:id/stop`,
  title: '停止群发',
  who: owner,
  post: async (visit, form) => {
    const found = await readMass(visit.db, visit.id);
    if (!found) return none();
    const { id, recipients } = found.mass;
    const own = `${massPath}/${id}`;
    if (!isSure(form))
      return {
        body: (
          <Confirm
            action={`${own}/stop`}
            token={visit.token}
            what={
              <p>
                {recipients === 0
                  ? '还没有交给微信，停下以后谁也收不到。'
                  : `已经交给微信的 ${count(recipients)} 人收不回，剩下的人不再发，也不占他们这个月的四条。`}
                停了不能再接着发。
              </p>
            }
            label="确认停下"
            back={own}
          />
        ),
      };
    const stopped = await stop(visit.db, id, visit.now);
    if ('code' in stopped) return visit.context.redirect(own, 303);
    const after = { state: 'stopped', recipients: stopped.mass.recipients };
    await record(visit, { act: 'mass.stop', subject: id, before: { state: found.mass.state }, after });
    return visit.context.redirect(saying(own, 'mass-stopped'), 303);
  },
});
