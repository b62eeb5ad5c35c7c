/** Folds what concerns money on its way out. */
import type { Changes } from '../changes.ts';
import type { Effect } from '../effects.ts';
import type { World } from '../world.ts';

type TransferEffect = Extract<Effect, { type: 'transfer.put' | 'payout.count' }>;

export function evolveTransfer(world: World, changes: Changes, effect: TransferEffect): void {
  switch (effect.type) {
    case 'transfer.put':
      world.transfers.set(effect.transfer.outBillNo, effect.transfer);
      changes.transfers.add(effect.transfer.outBillNo);
      return;
    case 'payout.count': {
      const { on, fen, limitFen } = effect;
      const day = world.payoutDays.get(on) ?? { dayOn: on, spentFen: 0, limitFen };
      world.payoutDays.set(on, { ...day, spentFen: Math.max(0, day.spentFen + fen) });
      const counted = changes.payoutCounts.get(on) ?? { taken: 0, limitFen: null, returned: 0 };
      changes.payoutCounts.set(on, {
        taken: counted.taken + Math.max(0, fen),
        limitFen: limitFen ?? counted.limitFen,
        returned: counted.returned + Math.max(0, -fen),
      });
      return;
    }
    default:
      effect satisfies never;
  }
}
