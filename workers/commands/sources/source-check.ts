/** 保存前检查: all faults of a source, before it is stored. */
import type { Problem } from '../../platform/problem.ts';
import { invalidField, invalidFields } from '../invalid.ts';
import type { Polls, Sender, Senders } from './sender-ports.ts';

export const noSenders: Problem = {
  status: 503,
  code: 'no_senders',
  detail: 'this deployment registers no sources',
};

/** Null when the adapter, its settings and its polling are all valid. */
export async function checkSender(
  { senders, polls }: { readonly senders: Senders; readonly polls?: Polls | undefined },
  sender: Sender,
  before: Sender | null,
): Promise<Problem | null> {
  const { names } = senders;
  if (!names.includes(sender.adapter))
    return invalidField('adapter', `must be one of ${names.join(', ')}; GET /source-adapters describes them`);
  const problems = senders.check(sender, before);
  if (problems.length > 0) return invalidFields(problems, 'config');
  const poll = sender.config?.['poll'];
  if (poll === undefined) return null;
  if (!polls) return invalidField('config.poll', 'must be left out: this deployment polls nobody');
  const secret = senders.verifier(sender)?.secret;
  const faults = secret ? await polls.check(poll, secret) : [];
  return faults.length > 0 ? invalidFields(faults, 'config.poll') : null;
}
