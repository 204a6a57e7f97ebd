import { defineConfig } from "vitest/config";

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	test: {
		include: ["test/**/*.test.{ts,tsx}"],
		exclude: ["test/e2e/**"],
		setupFiles: ["test/helpers/seed-generators.ts"],
		// Nothing is asserted on a clock: this ends what hangs, on a machine that others load too.
		testTimeout: 120_000,
		// By default one core is left to a person who watches.
		maxWorkers: "100%",
	},
});
