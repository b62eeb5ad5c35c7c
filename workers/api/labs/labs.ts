/** 实验室: one real request or one payload is tried out before a source is set up. */
import { dryRun } from './lab-dry-run.ts';
import { mappingLab } from './lab-mapping.ts';
import { signatureLab } from './lab-signature.ts';

export const labRoutes = [signatureLab, mappingLab, dryRun];
