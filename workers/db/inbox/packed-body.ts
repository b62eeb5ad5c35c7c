/**
 * 省写: the words that stand in every line of a sale are kept as one character each, so that two or three bodies share a page. What
 * is said with them stays as it came: an order number or a phone is found in a packed body by SQL, which no compression allows.
 */

/**
 * Keys of the contract (docs/connect-your-erp.md), in whatever order a till writes them. What is stored is the place in this list:
 * words are added at its end, and none is changed or taken out.
 */
const words: readonly string[] = [
  '"type":"sale.completed"',
  '"occurredAt":"',
  '"orderNo":"',
  '"version":"',
  '"store":{"id":"',
  '"terminal":"',
  '"channel":"',
  '"cashier":{"id":"',
  '"associate":{"id":"',
  '"member":{"externalId":"',
  '"cardNo":"',
  '"phone":"',
  '"lineNo":"',
  '"kind":"normal"',
  '"sku":"',
  '"name":"',
  '"categoryIds":["',
  '"brand":"',
  '"quantity":"',
  '"unit":"',
  '"barcode":"',
  '"unitPriceFen":',
  '"discountFen":',
  '"amountFen":',
  '"pointsExcluded":false',
  '"amounts":{"goodsFen":',
  '"paidFen":',
];

/** No text that a till sends holds these: JSON and XML forbid them. Tab, line feed and carriage return are left out. */
const letters: readonly string[] = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter(
  (letter) => !'\0\u0001\t\n\r'.includes(letter),
);
/** Stands before a packed body; twice, before one that began with it and is kept as it is. */
const mark = '\u0001';

const byWord = new Map(words.map((word, place) => [word, letters[place] ?? word]));
const byLetter = new Map(words.map((word, place) => [letters[place] ?? word, word]));
const anyWord = new RegExp(
  words.map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|'),
  'g',
);
// oxlint-disable-next-line no-control-regex -- these are the letters.
const anyLetter = /[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g;

/** Shorter bodies share a page anyway; longer ones waste none, and nothing unpacked is longer than this. */
const packedFrom = 1_000;
const packedTo = 16_000;

export function packBody(body: string): string {
  if (body.startsWith(mark)) return mark + mark + body;
  if (body.length < packedFrom || body.length > packedTo || body.search(anyLetter) >= 0) return body;
  const packed = body.replaceAll(anyWord, (word) => byWord.get(word) ?? word);
  return packed.length === body.length ? body : mark + packed;
}

export function unpackBody(stored: string): string {
  if (!stored.startsWith(mark)) return stored;
  if (stored.startsWith(mark + mark)) return stored.slice(2);
  return stored.slice(1).replaceAll(anyLetter, (letter) => byLetter.get(letter) ?? letter);
}
