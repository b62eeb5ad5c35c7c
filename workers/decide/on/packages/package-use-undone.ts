/** 撤销核销: what was redeemed by mistake is there again; within a day, and by the office later as well. */
import type { PackageUseUndone } from '../../../../schema/index.ts';
import { accept, ignore, refuse, type Decision } from '../../effects.ts';
import { itemNamed } from '../../packages/held.ts';
import { becomes, holderOf, withUsed } from '../../packages/moves.ts';
import { dayMs } from '../../plain/dates.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const packageUseUndone: On<PackageUseUndone> = {
  needs({ packageId, useId }, ask) {
    ask.rows('packages', packageId);
    ask.rows('packageUses', useId);
  },
  decide: onPackageUseUndone,
};

function onPackageUseUndone(world: World, event: PackageUseUndone): Decision {
  const { packageId, useId, storeId, isOffice, occurredAt: at } = event;
  const held = world.packages.get(packageId);
  const use = world.packageUses.get(useId);
  const member = held && holderOf(world, held);
  const item = held && use && itemNamed(held, use.itemId);
  if (!held || !member || !item || use?.packageId !== packageId)
    return refuse({ code: 'PACKAGE', miss: { reason: 'UNKNOWN_USE' } });
  if (use.undoneAt !== null) return ignore({ code: 'NOTHING_NEW', about: 'package' });
  if (held.refundedAt !== null)
    return refuse({
      code: 'PACKAGE',
      miss: { reason: 'ALREADY_REFUNDED', refundedFen: held.refundedFen ?? 0, at: held.refundedAt },
    });
  const until = use.at + dayMs;
  if (at > until && !isOffice) return refuse({ code: 'PACKAGE', miss: { reason: 'UNDO_CLOSED', until } });
  return accept([
    { type: 'member.put', member },
    ...becomes(world, [held, withUsed(held, item, -use.count)], {
      cause: `package-back:${useId}`,
      at,
      storeId,
    }),
    { type: 'package-use.put', row: { ...use, undoneAt: at } },
  ]);
}
