/** 说过的话, one under the other: who said it, by which way, and how far it came. */
import type { FC } from 'hono/jsx';
import type { Spoken } from '../../../db/conversations/thread-messages.ts';
import { moment } from '../kit/format.ts';
import { channelWays } from '../words/messages.ts';
import { channelNames, deliveryWords } from '../words/talks.ts';

export const Lines: FC<{ spoken: readonly Spoken[]; now: number }> = ({ spoken, now }) => (
  <ul class="steps">
    {spoken.map((one) => (
      <li>
        <div>
          <p>
            {one.direction === 'in' ? '顾客' : one.direction === 'note' ? '店里记的' : '我们'} ·{' '}
            {channelNames[one.channel] ?? channelWays[one.channel] ?? one.channel} · {moment(one.at, now)}
            {one.delivery && ` · ${deliveryWords(one.delivery)}`}
          </p>
          <div>{one.text}</div>
        </div>
      </li>
    ))}
  </ul>
);
