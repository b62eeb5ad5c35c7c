/** 场景码: how often one was scanned, and how often its gift was claimed. */
import type { Scene } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly sceneId: string; readonly scans: number; readonly claims: number };
export type SceneSum = Omit<By, 'sceneId'>;

export const scenes = defineCounter<Scene, By, SceneSum>()({
  noun: 'scene',
  keyOf: ({ sceneId }) => sceneId,
  moved: (row, { scans, claims }) => row && { ...row, scans: row.scans + scans, claims: row.claims + claims },
  sum: (before, { scans, claims }) => ({
    scans: (before?.scans ?? 0) + scans,
    claims: (before?.claims ?? 0) + claims,
  }),
});
