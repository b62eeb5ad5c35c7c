/** What holds for every call, so that none has to say it. */
import type { Child, FC } from 'hono/jsx';

export const Basics: FC<{ readonly url: string }> = ({ url }) => (
  <dl>
    <Basic name="Calls">
      Every call is below <code>{url}</code> and carries <code>Authorization: Bearer hk_…</code>. A token of
      the scope <code>pos</code> is enough for a till, <code>admin</code> may call everything; the scope that
      a call asks for stands beside it.
    </Basic>
    <Basic name="Events">
      What happened at the till is told as an event, signed with the secret of its source:{' '}
      <a href="#events-of-tills">all of them, with an example of each</a>.
    </Basic>
    <Basic name="Values">
      Money is whole fen, and such a name ends in <code>Fen</code>. A name in <code>At</code> is an instant
      with its offset, one in <code>On</code> a day, one in <code>Bps</code> counts ten-thousandths. Answers
      give instants in UTC.
    </Basic>
    <Basic name="Errors">
      They are problem documents (RFC 9457). <code>code</code> is stable, and listed with each call;{' '}
      <code>detail</code> says what to do, <code>field</code> where it is wrong, <code>numbers</code> how much
      was there and how much was needed.
    </Basic>
    <Basic name="Once">
      With <code>Idempotency-Key</code> the same call answers what it answered before. What a till numbers (a
      receipt, a recharge, a spending) counts once for its number, with or without a key.
    </Basic>
    <Basic name="Lists">
      <code>{'{"items": [], "next": null}'}</code>: <code>?after=</code> takes <code>next</code>, and{' '}
      <code>null</code> is the end.
    </Basic>
    <Basic name="Later">
      After a 503 or 429, wait for <code>Retry-After</code> seconds and send it again: nothing is counted
      twice. A 500 (<code>internal</code>) is a fault of ours, and was logged.
    </Basic>
  </dl>
);

const Basic: FC<{ readonly name: string; readonly children?: Child }> = ({ name, children }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
