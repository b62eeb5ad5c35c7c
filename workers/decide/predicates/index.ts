/** The kinds of condition. A new one is its file, its line here and its test. */
import type { Predicate } from './define.ts';
import { firstPurchase } from './first-purchase.ts';
import { keyword } from './keyword.ts';
import { level } from './level.ts';
import { packageKind } from './package.ts';
import { spend } from './spend.ts';
import { stage } from './stage.ts';
import { store } from './store.ts';
import { streak } from './streak.ts';
import { superMember } from './super-member.ts';
import { superPlan } from './super-plan.ts';
import { tag } from './tag.ts';
import { tenure } from './tenure.ts';
import { topUp } from './top-up.ts';

export const predicates: readonly Predicate[] = [
  store,
  level,
  superMember,
  stage,
  tag,
  tenure,
  firstPurchase,
  spend,
  streak,
  topUp,
  superPlan,
  packageKind,
  keyword,
];
