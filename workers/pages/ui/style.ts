/** 样式: one stylesheet for every page, cached by the browser until it changes. */
import { tokens } from '../../design/index.ts';
import { controls } from './style-controls.ts';
import { ground } from './style-ground.ts';
import { purse } from './style-purse.ts';

export const style = [tokens, ground, controls, purse].join('');

/** Another stylesheet has another URL. FNV-1a is enough, because forging it gains nothing. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

export const stylePath = `/m/style-${fingerprint(style)}.css`;
