/** 操作记录: who changed what, newest first, with what it was before and after. */
import { listAudit } from '../../../db/people/audit.ts';
import { endOfTime } from '../../../db/paging.ts';
import { moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { asked, Raw, Sheet, Table } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
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
                show: ({ before: was, after }) =>
                  was === null && after === null ? (
                    ''
                  ) : (
                    <details>
                      <summary>看改动</summary>
                      <Raw label="改动">{difference(was, after)}</Raw>
                    </details>
                  ),
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

/** Of two states only the fields that differ; of one, all of it. */
function difference(before: unknown, after: unknown): string {
  const isPair = isRecord(before) && isRecord(after);
  if (!isPair) return JSON.stringify(after ?? before, null, 1);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return changed
    .map((name) => `${name}: ${JSON.stringify(before[name])} → ${JSON.stringify(after[name])}`)
    .join('\n');
}

const isRecord = (value: unknown): value is Readonly<globalThis.Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const auditScreens = [list];
