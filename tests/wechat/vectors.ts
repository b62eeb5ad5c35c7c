/** Published signatures and ciphertexts of several independent sources, for the tests of this folder. */
import vectors from '../fixtures/wechat-vectors.json' with { type: 'json' };
import * as z from 'zod';

const vectorSchema = z.object({
  id: z.string(),
  kind: z.string(),
  token: z.string().default(''),
  encodingAESKey: z.string().nullish(),
  appId: z.string().nullish(),
  timestamp: z.string().default(''),
  nonce: z.string().default(''),
  signature: z.string().optional(),
  msgSignature: z.string().optional(),
  encrypt: z.string().optional(),
  plaintext: z.string().nullish(),
  random16: z.string().optional(),
});

const all = z.array(vectorSchema).parse(vectors);

export const plainlySigned = all.filter(
  (vector) => vector.kind === 'plain-signature' || vector.kind.startsWith('encrypted-message'),
);
export const messageSigned = all.filter(
  (vector) => vector.msgSignature !== undefined && vector.encrypt !== undefined,
);

export const sealed = all
  .filter((vector) => /^encrypt(ed-message|ed-echostr|-deterministic)/.test(vector.kind))
  .map((vector) =>
    z
      .object({
        ...vectorSchema.shape,
        encodingAESKey: z.string(),
        appId: z.string(),
        encrypt: z.string(),
        plaintext: z.string(),
      })
      .parse(vector),
  );
