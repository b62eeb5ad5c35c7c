/** 实验室: what a request or a payload would become, without storing it. */
import { explainSignature } from './verify/lab/lab.ts';
import type { Secret, SignedRequest } from './verify/define.ts';
import { preview, type BodyPreview } from './mapping/lab.ts';
import { compileMapping } from './mapping/mapping.ts';
import { MappingSpec } from './mapping/spec.ts';

export const labs = {
  signature: (request: SignedRequest, secret: Secret, atSeconds: number) =>
    explainSignature(request, secret, atSeconds),

  mapping: (spec: unknown, zone: string, payload: string): BodyPreview | { readonly problems: Problems } => {
    const parsed = MappingSpec.safeParse(spec);
    if (parsed.success) return preview(compileMapping(parsed.data, zone), payload);
    return {
      problems: parsed.error.issues.map(({ path, message }) => ({
        path: path.map(String).join('.'),
        message,
      })),
    };
  },
};

type Problems = readonly { readonly path: string; readonly message: string }[];
