/** 操作记录: who changed what, newest first, with what it was before and after. */
import type { FC } from 'hono/jsx';
import type { AuditRow } from '../../../../schema/index.ts';
import { listAudit } from '../../../db/people/audit.ts';
import { endOfTime } from '../../../db/paging.ts';
import { moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { changesOf, isRecord } from '../words/changes.ts';
import { isCall, wordsOfAct } from '../words/acts.ts';

const path = '/console/audit';
const pageSize = 50;

const list = screen({
  path,
  title: '操作记录',
  who: owner,
  get: async ({ db, now, query }) => {
    const subject = query.get('subject');
    const before = Number(query.get('before')) || endOfTime;
    const { items, next } = await listAudit(db, { subject, before, limit: pageSize });
    return {
      lead:
        subject === null ? (
          '只增不改，人和程序的改动都在。密钥和令牌不在里面。'
        ) : (
          <a href={path}>看全部记录</a>
        ),
      body: (
        <Sheet>
          <Table
            caption="最近的在上面"
            rows={items}
            empty="还没有人改过什么。"
            next={next === null ? null : asked(path, { subject, before: String(next) })}
            columns={[
              { label: '时间', show: ({ at }) => moment(at, now) },
              {
                label: '谁',
                show: ({ by, personId, act }) => (personId === null && isCall(act) ? `令牌：${by}` : by),
              },
              { label: '做了什么', show: ({ act }) => wordsOfAct(act) },
              {
                label: '对象',
                show: ({ subject: what, before: was, after }) => (
                  <a href={asked(path, { subject: what })}>{nameIn(after) ?? nameIn(was) ?? what}</a>
                ),
              },
              {
                label: '前后',
                show: (row) =>
                  row.before === null && row.after === null ? '' : <Changes row={row} now={now} />,
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

/** What is audited is known by its name, where it has one. */
function nameIn(state: unknown): string | null {
  const name = isRecord(state) ? state['name'] : null;
  return typeof name === 'string' && name !== '' ? name : null;
}

const Changes: FC<{ row: AuditRow; now: number }> = ({ row: { act, before, after }, now }) => (
  <details>
    <summary>看改动</summary>
    <ul class="changes">
      {changesOf(act, before, after, now).map(({ label, was, is }) => (
        <li>
          {label}：{was !== null && is !== null ? `${was} → ${is}` : (is ?? `去掉了“${was ?? ''}”`)}
        </li>
      ))}
    </ul>
  </details>
);

export const auditScreens = [list];
