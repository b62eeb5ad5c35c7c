/** 中式签名 over sorted pairs: the known senders, and a scheme whose details a source sets. */
import * as z from 'zod';
import { defineScheme, type Scheme } from './define.ts';
import { FieldRules } from './kernel/fields.ts';
import { verifyKv } from './kv/kv-digest.ts';
import { KvParams } from './kv/kv-params.ts';
import { ToleranceSeconds } from './kernel/moment.ts';

const ofSource = defineScheme({ name: 'kv-digest', params: KvParams, verify: verifyKv });

type KvSender = z.input<typeof KvParams> & {
  readonly momentPair?: { pair: string; unit: 's' | 'ms' | 'beijing' };
};

/** A source may only list other fields and have the signed timestamp checked. */
function sender(name: string, { momentPair, ...known }: KvSender): Scheme {
  const settings = KvParams.parse(known);
  return defineScheme({
    name,
    params: z.strictObject({
      fields: FieldRules.optional(),
      toleranceSeconds: momentPair === undefined ? z.undefined().optional() : ToleranceSeconds.optional(),
    }),
    verify: (request, secrets, nowSeconds, { fields = settings.fields, toleranceSeconds }) =>
      verifyKv(request, secrets, nowSeconds, {
        ...settings,
        ...(fields !== undefined && { fields }),
        ...(momentPair !== undefined &&
          toleranceSeconds !== undefined && { moment: { ...momentPair, toleranceSeconds } }),
      }),
  });
}

export const kvSchemes: readonly Scheme[] = [
  ofSource,
  // song-yuan/wymenuv2 protected/components/meituan/MtUnit.php sign(): names and values run together.
  sender('meituan-sha1', {
    algorithm: 'sha1',
    pair: 'kv',
    secret: 'prefix',
    from: 'form',
    signature: { pair: 'sign' },
    fields: {
      required: { developerId: 'digits', ePoiId: 'word' },
      optional: { timestamp: 'digits', businessId: 'digits', charset: 'word', version: 'digits' },
      oneOf: {
        order: 'json',
        orderCancel: 'json',
        orderConfirmed: 'json',
        orderCompleted: 'json',
        orderRefund: 'json',
        partOrderRefund: 'json',
        shippingStatus: 'json',
        tradeDetail: 'json',
        message: 'json',
      },
    },
  }),
  // 美团外卖 developer.waimai.meituan.com, "签名": the registered address is signed too.
  sender('meituan-waimai-md5', {
    algorithm: 'md5',
    pair: 'k=v',
    join: '&',
    coversUrl: true,
    secret: 'suffix',
    from: 'form',
    signature: { pair: 'sig' },
    momentPair: { pair: 'timestamp', unit: 's' },
  }),
  // doc.alidayu.com articleId=104651: the TOP manner over the query, with the body after it.
  sender('qimen', {
    algorithm: 'md5',
    pair: 'kv',
    coversBody: true,
    secret: 'both',
    from: 'query',
    signature: { pair: 'sign' },
    momentPair: { pair: 'timestamp', unit: 'beijing' },
    fields: {
      required: {
        method: 'word',
        timestamp: 'time',
        format: 'word',
        app_key: 'word',
        v: 'decimal',
        sign_method: 'word',
      },
      optional: {
        customerId: 'word',
        session: 'word',
        partner_id: 'word',
        simplify: 'word',
        target_app_key: 'word',
      },
    },
  }),
  // dllen/eleme-openapi-java-sdk CallbackValidationUtil.java.
  sender('eleme', {
    algorithm: 'md5',
    pair: 'k=v',
    secret: 'suffix',
    from: 'json',
    signature: { pair: 'signature' },
    momentPair: { pair: 'timestamp', unit: 'ms' },
    fields: {
      required: {
        requestId: 'word',
        type: 'digits',
        appId: 'digits',
        message: 'json',
        shopId: 'digits',
        timestamp: 'digits',
        userId: 'digits',
      },
    },
  }),
];
