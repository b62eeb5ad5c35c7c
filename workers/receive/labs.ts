/** 实验室: what a request or a payload would become, without storing it. */
import { explainSignature } from './verify/lab/lab.ts';
import type { Secret, SignedRequest } from './verify/define.ts';
import { asItCame } from './mapping/as-it-came.ts';
import { preview, type BodyPreview } from './mapping/lab.ts';
import { layoutOf, type Layout } from './mapping/layout.ts';
import { compileMapping } from './mapping/mapping.ts';
import { strangeNames } from './mapping/names.ts';
import { MappingSpec } from './mapping/spec.ts';
import { guessSteps } from './mapping/values/guess.ts';

const named = (issues: readonly { path: readonly PropertyKey[]; message: string }[]): Problems =>
  issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));

export const labs = {
  guess: guessSteps,
  asItCame,

  signature: (request: SignedRequest, secret: Secret, atSeconds: number) =>
    explainSignature(request, secret, atSeconds),

  mapping: (spec: unknown, zone: string, payload: string): MappingTrial | { readonly problems: Problems } => {
    const parsed = MappingSpec.safeParse(spec);
    if (!parsed.success) return { problems: named(parsed.error.issues) };
    const strange = strangeNames(parsed.data);
    if (strange.length > 0) return { problems: named(strange) };
    return {
      ...preview(compileMapping(parsed.data, zone), payload),
      ...layoutOf(parsed.data, payload),
    };
  },
};

type MappingTrial = BodyPreview & Layout;
type Problems = readonly { readonly path: string; readonly message: string }[];
