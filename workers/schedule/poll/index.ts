/** The systems we can poll. A new one is its file, its line here and its test. */
import type { Poller, Polling } from './define.ts';
import { http } from './http.ts';
import { pospal } from './pospal.ts';
import { weimob } from './weimob.ts';

export const pollers: readonly Poller[] = [pospal, weimob, http];

/** The poller of a source's `config.poll`, or the faults. */
export function pollingOf(config: unknown): Polling | { readonly faults: string } {
  const kind: unknown =
    typeof config === 'object' && config !== null ? Reflect.get(config, 'kind') : undefined;
  const poller = pollers.find(({ name }) => name === kind);
  if (!poller) return { faults: `kind: one of ${pollers.map(({ name }) => name).join(', ')}` };
  return poller.open(config);
}
