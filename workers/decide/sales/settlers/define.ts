/** 一笔销售的后果: what a settler has to declare. */
import type { Effect } from '../../effects.ts';
import type { World } from '../../world.ts';
import type { Settlement } from '../settlement.ts';

/** Posts the difference between before and after, so that settling twice changes nothing. */
export type Settler = (
  world: World,
  settlement: Settlement,
  /** What follows so far. */
  effects: readonly Effect[],
) => readonly Effect[];
