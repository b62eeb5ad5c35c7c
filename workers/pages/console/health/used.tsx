/** 用了多少: how much of the plan's limits is used, what waits, and what fills the database. */
import type { FC } from 'hono/jsx';
import type { Running } from '../../../db/upkeep/running.ts';
import type { TableSize } from '../../../db/upkeep/sizes.ts';
import type { Plan } from '../../../platform/plans.ts';
import { count } from '../kit/format.ts';
import { Figures, Sheet, Table, type Figure } from '../kit/parts.tsx';
import { healthSaid, tableNames } from '../words/access/health.ts';

const [kilo, mega, giga] = [1e3, 1e6, 1e9];
/** 12.3 MB, as Cloudflare counts them. */
function sizeOf(bytes: number): string {
  if (bytes < mega) return `${Math.ceil(bytes / kilo)} KB`;
  const [unit, name] = bytes < giga ? [mega, 'MB'] : [giga, 'GB'];
  return `${Math.round((bytes / unit) * 10) / 10} ${name}`;
}

export const Used: FC<{ plan: Plan; running: Running }> = ({
  plan,
  running: { sizeBytes, rowsToday, pendingSince },
}) => {
  const figures: Figure[] = [];
  if (sizeBytes !== null)
    figures.push({
      label: '数据库',
      value: sizeOf(sizeBytes),
      unit: `最多 ${sizeOf(plan.databaseBytesMax)}`,
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
      {plan.rowsPerDay !== null && <p class="hint">今天写入：{healthSaid.rows}</p>}
      <p class="hint">
        {plan.rowsPerDay !== null && healthSaid.queueFree}
        {healthSaid.queue}
      </p>
    </Sheet>
  );
};

export const Filled: FC<{ sizes: readonly TableSize[] }> = ({ sizes }) => (
  <Sheet title="什么占地方">
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
          label: '大约多大',
          show: ({ bytes, isMore }) => `${sizeOf(bytes)}${isMore ? '+' : ''}`,
          isNumber: true,
        },
      ]}
    />
  </Sheet>
);
