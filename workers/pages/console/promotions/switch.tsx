/** 暂停和恢复: what a definition is turned off and on with, by one button instead of its whole form. */
import type { Child } from 'hono/jsx';
import type { Role } from '../../../../schema/index.ts';
import { change, type Changeable } from '../../../commands/definitions/define.ts';
import { mergePatch } from '../../../commands/definitions/merge-patch.ts';
import { Act } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen, type ConsolePage } from '../kit/screen.ts';
import type { Problem } from '../../../platform/problem.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import type { Act as Done } from '../words/acts.ts';

type Switch = {
  /** Sent along, so that a second press, or a button that is old, turns nothing back. */
  readonly to: 'on' | 'off';
  readonly label: string;
  readonly patch: object;
};

/** What is over stays over: whoever wants it again says so in the form. */
function switchOf(input: unknown): Switch | null {
  const { enabled, status } = input as { readonly enabled?: unknown; readonly status?: unknown };
  if (enabled === true) return { to: 'off', label: '停用', patch: { enabled: false } };
  if (enabled === false) return { to: 'on', label: '启用', patch: { enabled: true } };
  if (status === 'active') return { to: 'off', label: '暂停', patch: { status: 'paused' } };
  if (status === 'paused') return { to: 'on', label: '恢复', patch: { status: 'active' } };
  return status === 'draft' ? { to: 'on', label: '开始', patch: { status: 'active' } } : null;
}

type Shown = { readonly path: string; readonly visit: Visit; readonly input: unknown };

/** The other buttons of its page, and this one behind them. */
export const withSwitch = (others: Child, shown: Shown | null): Child => (
  <>
    {others}
    {shown && <SwitchButton {...shown} />}
  </>
);

function SwitchButton({ path, visit, input }: Shown) {
  const found = switchOf(input);
  if (found === null) return null;
  const { to, label } = found;
  const tone = to === 'off' ? 'stop' : 'first';
  return (
    <Act
      action={`${path}/${visit.id}/switch`}
      token={visit.token}
      label={label}
      tone={tone}
      fields={{ to }}
    />
  );
}

export const switchScreen = <Id extends string, Input, Row>({
  path,
  who,
  noun,
  definition,
  changeAct,
  refused,
}: {
  readonly path: string;
  readonly who: readonly Role[];
  readonly noun: string;
  readonly definition: Changeable<Id, Input, Row>;
  readonly changeAct: Done;
  /** Its form as it was to be, with what stands against it at the field. */
  readonly refused: (visit: Visit, input: unknown, problem: Problem) => Promise<ConsoleView>;
}): ConsolePage =>
  screen({
    path: `${path}/:id/switch`,
    title: noun,
    who,
    post: async (visit, form) => {
      const row = await definition.read(visit.db, visit.id as Id);
      if (row === null) return NotFound(noun, { href: path, label: `回到${noun}` });
      const before = definition.inputOf(row);
      const to = form.get('to');
      const own = `${path}/${visit.id}`;
      const found = switchOf(before);
      if (found === null || found.to !== to) return visit.context.redirect(own, 303);
      const { patch } = found;
      // Asked of the row that is replaced: somebody else may have ended it since it was read.
      const only = (input: unknown): boolean => switchOf(input)?.to === to;
      const changed = await change(definition, visit.db, { id: visit.id as Id, patch, only }, visit.now);
      // Others were quicker: what it is now says its page.
      if ('code' in changed && changed.code === 'changed_meanwhile') return visit.context.redirect(own, 303);
      if (!('row' in changed)) return refused(visit, mergePatch(before, patch), changed);
      if (changed.isUnchanged) return visit.context.redirect(own, 303);
      const after = definition.inputOf(changed.row);
      await record(visit, { act: changeAct, subject: visit.id, before, after }, changed);
      return visit.context.redirect(saying(own, `switched-${to}`), 303);
    },
  });
