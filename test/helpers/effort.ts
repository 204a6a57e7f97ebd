/** Under `npm run test:full`, which is run before each release. */
export const isFullRun = process.env.TEST_FULL === "1";

/** How often something random is tried: `usual` times by `npm test`, `full` times by `npm run test:full`. */
export function times(usual: number, full: number): number {
	return isFullRun ? full : usual;
}
