/** The variants that the signature lab tries on one request: only those whose digest has the right length. */
import { decodeUtf8 } from '../../body.ts';
import { hexBytes } from '../kernel/bytes.ts';
import { readForm, readJsonFields, readQuery } from '../kernel/content.ts';
import type { Scheme, SignedRequest } from '../define.ts';
import { digestBytes, hashes, type Hash } from '../kernel/digest.ts';
import { schemeNamed } from '../index.ts';

/** Each one hashes the request, so this bounds the cost of one trial. */
export const variantsMax = 800;
const candidatesMax = 4;

export type Variant = { readonly scheme: Scheme; readonly params: Readonly<Record<string, unknown>> };

const glues = ['', '&key=', '&secret=', '&appSecret=', '&app_secret=', '&', 'key=', 'secret='];
const styles = [
  { pair: 'k=v', join: '&' },
  { pair: 'k=v', join: '' },
  { pair: 'kv', join: '' },
  { pair: 'kv', join: '&' },
];

/** A value that could be a digest, and where it travels. */
type Candidate = {
  readonly at: { readonly header: string } | { readonly pair: string; readonly from: From };
  readonly hash: Hash;
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
};
type From = 'form' | 'query' | 'json';

export function labVariants(request: SignedRequest): readonly Variant[] {
  const pairs = pairsOf(request);
  const variants = candidatesOf(request, pairs).flatMap((candidate) => [
    ...bodyVariants(candidate),
    ...[...pairs].flatMap(([from, list]) => pairVariants(candidate, from, mannersFor(list))),
  ]);
  return variants.slice(0, variantsMax);
}

function pairsOf({ body, query }: SignedRequest): ReadonlyMap<From, readonly (readonly [string, string])[]> {
  const json = [...(readJsonFields(body) ?? [])].flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  const form = decodeUtf8(body)?.startsWith('{') === true ? [] : [...(readForm(body) ?? [])];
  const all: [From, readonly (readonly [string, string])[]][] = [
    ['form', form],
    ['query', [...(readQuery(query) ?? [])]],
    ['json', json],
  ];
  return new Map(all.filter(([, list]) => list.length > 0));
}

function candidatesOf(
  { headers }: SignedRequest,
  pairs: ReadonlyMap<From, readonly (readonly [string, string])[]>,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const [name, value] of headers) {
    const form = formOf(value);
    if (form !== null) candidates.push({ at: { header: name }, ...form });
  }
  for (const [from, list] of pairs) {
    for (const [name, value] of list) {
      const form = formOf(value);
      if (form !== null && /sig/i.test(name)) candidates.push({ at: { pair: name, from }, ...form });
    }
  }
  // What calls itself a signature first: a trace id has the length of an MD5 too.
  const isNamed = ({ at }: Candidate): boolean => /sig|hmac/i.test('header' in at ? at.header : at.pair);
  return candidates
    .toSorted((one, other) => Number(isNamed(other)) - Number(isNamed(one)))
    .slice(0, candidatesMax);
}

function formOf(value: string): Omit<Candidate, 'at'> | null {
  const [, prefix = '', text = ''] = /^(?:([a-z0-9]{1,8}=)(?=.{24}))?(.+)$/.exec(value) ?? [];
  const bytes = hexBytes(text)?.length;
  const hash = hashes.find((each) => digestBytes[each] === bytes);
  if (hash !== undefined) return { hash, encoding: 'hex', prefix };
  const base64 = hashes.find((each) => Math.ceil(digestBytes[each] / 3) * 4 === text.length);
  return base64 !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
    ? { hash: base64, encoding: 'base64', prefix }
    : null;
}

function variantOf(name: string, params: Readonly<Record<string, unknown>>): Variant[] {
  const scheme = schemeNamed(name);
  return scheme === null ? [] : [{ scheme, params }];
}

/** Over the body as it is: HMAC, and a plain digest with the secret before it, after it, or both. */
function bodyVariants({ at, hash, encoding, prefix }: Candidate): Variant[] {
  const keyed =
    'header' in at && hash !== 'md5'
      ? ['body', 'url+body'].flatMap((covers) =>
          variantOf('hmac', { algorithm: hash, encoding, header: at.header, prefix, covers }),
        )
      : [];
  if (encoding === 'base64' || !('header' in at)) return keyed;
  const secret = { secret: '' };
  const orders = [
    [secret, 'body'],
    ['body', secret],
    [secret, 'body', secret],
  ];
  const plain = orders.flatMap((pieces) =>
    variantOf('pieces-digest', { hash, signature: at, pieces, content: 'any' }),
  );
  return [...keyed, ...plain];
}

function pairVariants(candidate: Candidate, from: From, manners: readonly object[]): Variant[] {
  const { at, hash, encoding, prefix } = candidate;
  if (encoding === 'base64' || prefix !== '') return [];
  if ('pair' in at && at.from !== from) return [];
  const signature = 'header' in at ? at : { pair: at.pair };
  const keyed = hash === 'md5' ? [] : [`hmac-${hash}`];
  const variants: Variant[] = [];
  for (const algorithm of [hash, ...keyed]) {
    for (const style of styles) {
      for (const place of placesOf(algorithm)) {
        for (const manner of manners) {
          const params = { algorithm, ...style, ...place, ...manner, from, signature };
          variants.push(...variantOf('kv-digest', params));
        }
      }
    }
  }
  return variants;
}

/** A variant that gives the same text is not tried again. */
function mannersFor(list: readonly (readonly [string, string])[]): readonly object[] {
  const hasEmpty = list.some(([, value]) => value === '');
  const isPlain = list.every(([, value]) => /^[A-Za-z0-9_.-]*$/.test(value));
  const encodings = isPlain ? ['none'] : ['none', 'form', 'rfc3986'];
  const skips = hasEmpty ? [true, false] : [true];
  return encodings.flatMap((valueEncoding) => skips.map((skipEmpty) => ({ valueEncoding, skipEmpty })));
}

const placesOf = (algorithm: string) => [
  ...glues.map((secretGlue) => ({ secret: 'suffix', secretGlue })),
  { secret: 'prefix' },
  { secret: 'both' },
  ...(algorithm.startsWith('hmac-') ? [{ secret: 'none' }] : []),
];
