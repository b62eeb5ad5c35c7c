/** 保存前检查: the settings of a source, and of the signature scheme that they choose, with a remedy for each mistake. */
import type * as z from 'zod';
import { isNetwork } from '../../verify/kernel/address-list.ts';
import { schemeNamed, type VerifySettings } from '../../verify/index.ts';
import type { ConfigProblem } from '../define.ts';

/** Where a source's configuration holds the scheme and the scheme's settings. */
type Places = { readonly scheme: string; readonly params: string };
const usualPlaces: Places = { scheme: 'signedBy', params: 'signature' };

export function checkSettings<Settings>(
  schema: z.ZodType<Settings>,
  config: unknown,
  signing: (settings: Settings) => VerifySettings,
  places = usualPlaces,
): readonly ConfigProblem[] {
  const parsed = schema.safeParse(config ?? {});
  if (!parsed.success) return toProblems(parsed.error.issues);
  return checkSigning(signing(parsed.data), places);
}

function checkSigning({ scheme, params, addresses = [] }: VerifySettings, places: Places): ConfigProblem[] {
  const known = schemeNamed(scheme);
  if (!known) return [{ path: places.scheme, message: 'is no signature scheme that we know' }];
  const strangers = addresses.flatMap((address, place) => (isNetwork(address) ? [] : [place]));
  return [
    ...toProblems(known.paramsFaults(params), places.params),
    ...strangers.map((place) => ({
      path: `addresses.${place}`,
      message: 'is no address and no network such as 203.0.113.0/24',
    })),
  ];
}

/** An unknown key and a missing key are named by their own paths. */
export function toProblems(issues: readonly z.core.$ZodIssue[], at = ''): readonly ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = pathOf(at, issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: pathOf(path, [key]),
        message: 'is not known here; leave it out',
      }));
    const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ path, message: isMissing ? `is missing; it is ${article(issue.expected)}` : issue.message }];
  });
}

const pathOf = (at: string, path: readonly PropertyKey[]): string =>
  [...(at === '' ? [] : [at]), ...path.map(String)].join('.');

const article = (noun: string): string => (/^[aeio]/.test(noun) ? `an ${noun}` : `a ${noun}`);
