/** 哪张套餐: by the code that is scanned, or by the number under which it was sold; and what is left of it. */
import * as z from 'zod';
import { Id, type Package } from '../../../schema/index.ts';
import { invalidField } from '../../commands/invalid.ts';
import { packageIdOf } from '../../commands/packages/packages.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import { packageCoded, readPackage } from '../../db/packages/packages.ts';
import type { Problem } from '../../platform/problem.ts';
import { sourceOf } from '../call/bound.ts';
import { namedBody, ok, route, type Call } from '../call/define.ts';
import { receiptFields } from '../coupons/receipt.ts';
import { packageProblem } from './package-problem.ts';
import { PackageAnswer, viewPackage } from './package-view.ts';

const { code, store, source } = receiptFields;
export const named = {
  code: code.nullish(),
  packageNo: Id.nullish().meta({
    description: 'Instead of the code: the number under which it was sold.',
    example: 'TC8005-61',
  }),
  store,
  source,
};
export type PackageNamed = z.infer<z.ZodObject<typeof named>>;
type Asked = Call<unknown, unknown, Omit<PackageNamed, 'store'>>;

export const isProblem = (found: object): found is Problem => 'status' in found;

export async function packageFor({ deps, body, token }: Asked): Promise<Package | Problem> {
  const { code: typed, packageNo } = body;
  if ((typed == null) === (packageNo == null)) return invalidField('code', 'give either code or packageNo');
  if (typed != null)
    return (await packageCoded(deps.db, typed)) ?? packageProblem({ reason: 'UNKNOWN_PACKAGE' });
  const place = await namespaceOf(deps.db, sourceOf(token, body.source));
  if (isProblem(place)) return place;
  const held = await readPackage(deps.db, packageIdOf(place.namespace, packageNo ?? ''));
  return held ?? packageProblem({ reason: 'UNKNOWN_PACKAGE' }, 'packageNo');
}

export const findPackage = route({
  method: 'POST',
  path: '/packages/find',
  tag: 'Packages',
  summary: 'What is left of the package with this code (扫套餐码)',
  description:
    'By the code that the member shows, or by the number under which it was sold; writes nothing. `refundFen` is what would be paid back now.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_package'] },
  takesKey: false,
  body: namedBody('PackageNamed', z.strictObject({ code: named.code, packageNo: named.packageNo, source })),
  answer: PackageAnswer,
  handle: async (call) => {
    const held = await packageFor(call);
    return isProblem(held) ? held : ok(viewPackage(held, call.now));
  },
});
