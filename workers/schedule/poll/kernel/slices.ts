/** 原文切片: the exact text of a value inside valid JSON, so that no id loses a digit. */

/** The text at `path`, or null when there is none. Lists are not entered. */
export function sliceAt(json: string, path: readonly string[]): string | null {
  let start = skipSpace(json, 0);
  for (const key of path) {
    const found = memberAt(json, start, key);
    if (found === null) return null;
    start = found;
  }
  return json.slice(start, valueEnd(json, start));
}

/** A string without its quotes, anything else as written; null for null, objects, lists and nothing. */
export function scalarAt(json: string, path: readonly string[]): string | null {
  const slice = sliceAt(json, path);
  if (slice === null || slice === 'null' || slice.startsWith('{') || slice.startsWith('[')) return null;
  // The JSON is valid: a value that begins with a quote is a string.
  return slice.startsWith('"') ? String(JSON.parse(slice)) : slice;
}

/** The elements of the list at `path`, each as written; null when there is no list. */
export function elementsAt(json: string, path: readonly string[]): string[] | null {
  const list = path.length === 0 ? json.trim() : sliceAt(json, path);
  if (!list?.startsWith('[')) return null;
  const elements: string[] = [];
  let place = skipSpace(list, 1);
  while (place < list.length && list[place] !== ']') {
    const end = valueEnd(list, place);
    elements.push(list.slice(place, end));
    place = skipSpace(list, end);
    if (list[place] === ',') place = skipSpace(list, place + 1);
  }
  return elements;
}

/** Where the value of `key` begins; the last one if the key is repeated, as parsers do. */
function memberAt(json: string, objectStart: number, key: string): number | null {
  if (json[objectStart] !== '{') return null;
  let found: number | null = null;
  let place = skipSpace(json, objectStart + 1);
  while (place < json.length && json[place] !== '}') {
    const keyEnd = stringEnd(json, place);
    const isKey = JSON.parse(json.slice(place, keyEnd)) === key;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    if (isKey) found = start;
    place = skipSpace(json, valueEnd(json, start));
    if (json[place] === ',') place = skipSpace(json, place + 1);
  }
  return found;
}

function skipSpace(json: string, place: number): number {
  let here = place;
  while (here < json.length && json.charCodeAt(here) <= 0x20) here += 1;
  return here;
}

/** The position after the closing quote. */
function stringEnd(json: string, start: number): number {
  for (let place = start + 1; place < json.length; place += 1) {
    const code = json.charCodeAt(place);
    if (code === 0x5c) place += 1;
    else if (code === 0x22) return place + 1;
  }
  return json.length;
}

/** The position after the value that begins here. */
function valueEnd(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return stringEnd(json, start);
  if (first !== '{' && first !== '[') {
    let place = start;
    while (place < json.length && !/[\s,\]}]/.test(json[place] ?? '')) place += 1;
    return place;
  }
  let depth = 0;
  for (let place = start; place < json.length; place += 1) {
    const code = json.charCodeAt(place);
    if (code === 0x22) place = stringEnd(json, place) - 1;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return place + 1;
    }
  }
  return json.length;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
