/** 接手: who serves in the place of an associate who has left. It holds from the moment they leave, before all their members are moved. */
import type { AssociateId } from '../../../schema/index.ts';
import type { World } from '../world.ts';

/** Null where nobody took over: the shop serves. An associate who was not read is taken to be there. */
export function standIn(
  { associates }: Pick<World, 'associates'>,
  id: AssociateId | null,
): AssociateId | null {
  const known = id === null ? undefined : associates.get(id);
  return known && known.endedAt !== null ? known.successorId : id;
}
