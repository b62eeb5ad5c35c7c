/** 试运行: what the last events would become, one line each; nothing is changed by looking. */
import type { FC } from 'hono/jsx';
import type { InboxEvent } from '../../../../../schema/index.ts';
import type { Normalised } from '../../../../engine/engine.ts';
import { maskText } from '../../../../views/mask.ts';
import { reasonWords } from '../../../../words/reasons.ts';
import { eventsPath } from '../../events/filters.tsx';
import { State } from '../../events/list.tsx';
import { Mark, Sheet, Table } from '../../kit/parts.tsx';
import { typeName } from '../../words/events.ts';
import { labWords } from '../../words/labs/labs.ts';

type Row = { readonly event: InboxEvent; readonly read: Normalised | undefined };

export const DryRun: FC<{ ran: { rows: readonly InboxEvent[]; read: readonly Normalised[] } }> = ({
  ran: { rows, read },
}) => (
  <Sheet title={labWords.dryTitle} note={labWords.dryHelp}>
    <Table<Row>
      caption={labWords.dryTitle}
      rows={rows.map((event, place) => ({ event, read: read[place] }))}
      empty={labWords.dryEmpty}
      columns={[
        {
          label: '编号',
          show: ({ event: { id, senderId } }) => (
            <a href={`${eventsPath}/${encodeURIComponent(id)}`}>{maskText(senderId)}</a>
          ),
        },
        { label: '现在', show: ({ event }) => <State state={event.state} /> },
        { label: labWords.would, show: ({ read: one }) => <Would read={one} /> },
        { label: '为什么', show: ({ read: one }) => whyOf(one) },
      ]}
    />
  </Sheet>
);

const Would: FC<{ read: Normalised | undefined }> = ({ read }) => {
  if (read && 'event' in read)
    return (
      <Mark tone="good">
        {labWords.wouldBe}：{typeName(read.event.type)}
      </Mark>
    );
  return read && 'ignored' in read ? (
    <Mark>{labWords.wouldIgnore}</Mark>
  ) : (
    <Mark tone="wait">{labWords.wouldPark}</Mark>
  );
};

function whyOf(read: Normalised | undefined): string {
  if (!read || 'event' in read) return '';
  return maskText(reasonWords('ignored' in read ? read.ignored : read.parked));
}
