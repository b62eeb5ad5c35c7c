/** 包着的内容: changes a text also where it is packed into base64 or into an escaped text, and packs it up again as it was. */
import { digitsOf, parseExact } from '../../../../lossless/exact.ts';

type Change = (plain: string) => string;
type Packing = {
  readonly looks: RegExp;
  readonly open: (text: string) => string;
  readonly close: (text: string) => string;
};

const packings: readonly Packing[] = [
  {
    looks: /^[\w+/-]{8,}={0,2}$/,
    open: (text) =>
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)),
      ),
    close: (text) =>
      btoa(Array.from(new TextEncoder().encode(text), (one) => String.fromCharCode(one)).join('')),
  },
  { looks: /^\s*%(?:7B|5B|3C)/i, open: decodeURIComponent, close: encodeURIComponent },
];
/** What holds fields; a number of sixteen digits is base64 of something, too. */
const holdsFields = /^\s*[{[<]|^[^\s=&]{1,100}=/;
/** Deeper no till packs one thing into another. */
const depthMax = 4;

export function changePacked(text: string, change: Change, depth = 0): string {
  return inPacking(text, change, depth) ?? change(within(text, change, depth));
}

/** Null for what is packed in none of these ways. */
function inPacking(text: string, change: Change, depth: number): string | null {
  if (depth > depthMax) return null;
  for (const { looks, open, close } of packings) {
    if (!looks.test(text)) continue;
    const inner = opened(text, open);
    if (inner !== null && (holdsFields.test(inner) || inPacking(inner, (same) => same, depth + 1) !== null))
      return close(changePacked(inner, change, depth + 1));
  }
  return null;
}

function opened(text: string, open: Packing['open']): string | null {
  try {
    return open(text);
  } catch {
    return null;
  }
}

/** The same text, its packed values changed: fields of JSON, and of a form. */
function within(text: string, change: Change, depth: number): string {
  const parsed = parseExact(text);
  if (parsed.ok)
    return typeof parsed.value === 'object' ? JSON.stringify(inTree(parsed.value, change, depth)) : text;
  if (!/^[^\s=&<>"{}]{1,100}=/.test(text)) return text;
  return text
    .split('&')
    .map((pair) => {
      const value = new URLSearchParams(pair).values().next().value ?? '';
      const changed = inTree(value, change, depth);
      if (changed === value) return pair;
      return `${pair.slice(0, pair.indexOf('=') + 1)}${encodeURIComponent(String(changed))}`;
    })
    .join('&');
}

function inTree(value: unknown, change: Change, depth: number): unknown {
  if (typeof value === 'string') {
    const isJson = depth <= depthMax && /^\s*[{[]/.test(value);
    return isJson ? within(value, change, depth + 1) : (inPacking(value, change, depth) ?? value);
  }
  if (typeof value !== 'object' || value === null || digitsOf(value) !== null) return value;
  if (Array.isArray(value)) return value.map((one) => inTree(one, change, depth));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inTree(one, change, depth)]));
}
