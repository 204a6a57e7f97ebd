import fc from "fast-check";

/**
 * Property tests draw the same values in every run, so that a run passes or fails for what changed in the code alone.
 * `npm test -- --seed N` draws others; a property that fails prints the seed it failed with.
 */
fc.configureGlobal({
	...fc.readConfigureGlobal(),
	seed: Number(process.env.TEST_SEED ?? 20_261_130),
});
