/** 样式: one stylesheet for every page of members and associates, built into a file beside the Worker. */
import { tokens } from '../../design/index.ts';
import { controls } from './style-controls.ts';
import { ground } from './style-ground.ts';
import { purse } from './style-purse.ts';

export const style = [tokens, ground, controls, purse].join('');
