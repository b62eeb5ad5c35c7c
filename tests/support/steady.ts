/** Runs before every test file: properties are tried with the same draws every time, so that nothing fails by chance. */
import fc from 'fast-check';

const usualSeed = 20_261_122;

/** `PROPERTY_SEED=7 npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? usualSeed) });
