/** 样式: one stylesheet for every page, kept by the browser for as long as it is this one. */
import { controls } from './style-controls.ts';
import { ground } from './style-ground.ts';
import { purse } from './style-purse.ts';

export const style = [ground, controls, purse].join('');

/** Another text has another address. FNV-1a: nobody has to be kept from forging it. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

export const stylePath = `/m/style-${fingerprint(style)}.css`;
