/** 封存: a text that only this merchant's secret opens, and only in the place for which it was sealed. */
import type { Engine } from './engine.ts';

const ivBytes = 12;

/** Every kind of text has a key of its own. */
type Place = { readonly cause: string; readonly of: string };

export async function sealText(engine: Engine, { cause, of }: Place, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(of) },
    await sealingKey(engine, cause),
    new TextEncoder().encode(text),
  );
  return base64Url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Null where this deployment did not seal it there. */
export async function openText(engine: Engine, { cause, of }: Place, sealed: string): Promise<string | null> {
  try {
    const bytes = bytesOf(sealed);
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.slice(0, ivBytes), additionalData: new TextEncoder().encode(of) },
      await sealingKey(engine, cause),
      bytes.slice(ivBytes),
    );
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

export async function sealingKey(engine: Engine, cause: string): Promise<CryptoKey> {
  const raw = await secretBytes(engine, cause);
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Thirty-two bytes derived from this merchant's secret. */
export async function secretBytes(engine: Engine, cause: string): Promise<Uint8Array<ArrayBuffer>> {
  const seed = (await engine.seeds(new Set([cause]))).get(cause);
  if (!seed) throw new Error(`no seed was made for ${cause}`);
  return new Uint8Array(Uint32Array.from(seed).buffer);
}

export const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
