import { expect, test } from 'vitest';
import { reasons } from '../../../workers/receive/verify/define.ts';
import { explainSignature } from '../../../workers/receive/verify/lab/lab.ts';
import { labVariants, variantsMax } from '../../../workers/receive/verify/lab/lab-variants.ts';
import { hash, now, request, sale } from './requests.ts';
import { samples } from './samples.ts';

const known = samples.filter(({ params, scheme }) => params === undefined && scheme !== 'url-token');

test.each(known)('D-36: $scheme is recognised by one of its requests', async (sample) => {
  const explanations = await explainSignature(sample.request, sample.secret, now);
  expect(explanations.filter(({ matches }) => matches).map(({ scheme }) => scheme)).toContain(sample.scheme);
  for (const { matches, why } of explanations) {
    expect(matches ? ['signed', 'weak', 'token'] : reasons).toContain(why);
  }
});

test('D-36: an unknown till: the manner of its pairs is found, and can be given to a source as it stands', async () => {
  const fields = { orderNo: 'XS-1', amount: '12.30', shop: '南京路店', remark: '' };
  const text = 'amount=12.30&orderNo=XS-1&shop=南京路店&secret=top-secret';
  const body = new URLSearchParams({ ...fields, sign: hash('md5', text).toUpperCase() }).toString();
  const [first] = await explainSignature(request({ body }), 'top-secret', now);
  expect(first).toEqual({
    scheme: 'kv-digest',
    matches: true,
    why: 'weak',
    secretFault: null,
    params: {
      algorithm: 'md5',
      pair: 'k=v',
      join: '&',
      secret: 'suffix',
      secretGlue: '&secret=',
      skipEmpty: true,
      valueEncoding: 'none',
      from: 'form',
      signature: { pair: 'sign' },
    },
  });
});

test('an unknown till: a digest in a header of its own over the body', async () => {
  const given = request({ headers: { 'x-pos-sign': hash('sha256', `top-secret${sale}`) }, body: sale });
  const [first] = await explainSignature(given, 'top-secret', now);
  expect(first).toMatchObject({ scheme: 'pieces-digest', matches: true, why: 'weak' });
});

test('with the wrong secret nothing matches, and what came nearest stands first', async () => {
  const shopify = samples.find(({ scheme }) => scheme === 'shopify');
  if (!shopify) throw new Error('no sample');
  const explanations = await explainSignature(shopify.request, 'not-it', now);
  expect(explanations.some(({ matches }) => matches)).toBe(false);
  expect(explanations[0]).toMatchObject({ why: 'mismatch' });
  expect(explanations.find(({ scheme }) => scheme === 'github')).toMatchObject({ why: 'missing' });
});

test('one question tries at most 800 manners', async () => {
  const digests = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`x-sig-${index}`, hash('sha256', `${index}`)]),
  );
  const query = { a: '', b: '中', sign: hash('sha256', 'q') };
  const given = request({ headers: digests, query, body: JSON.stringify(query) });
  expect(labVariants(given).length).toBe(variantsMax);
  expect((await explainSignature(given, 'top-secret', now)).length).toBeLessThan(variantsMax + 50);
});
