/** One genuinely signed request for each scheme in the registry. */
import { hash, request, sale, signedBody, type Sample } from './requests.ts';
import { abroad } from './samples-abroad.ts';
import { chinese } from './samples-chinese.ts';
import { pieces } from './samples-pieces.ts';

export const urlTokenText = 'q3RfZ0pXx9mN4vB7kL2sTw';

export const samples: readonly Sample[] = [
  ...abroad,
  ...pieces,
  ...chinese,
  {
    ...signedBody('url-token', 'x-none', '', {
      secret: hash('sha256', urlTokenText),
      other: hash('sha256', 'another-token-of-22-chars'),
      signed: [],
      trust: 'token',
    }),
    request: request({ body: sale, token: urlTokenText }),
  },
];
