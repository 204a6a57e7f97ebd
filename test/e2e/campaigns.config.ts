import { defineConfig } from "playwright/test";
import base from "./playwright.config.ts";

// What takes minutes: npm run test:full.
export default defineConfig({
	...base,
	projects: [{ name: "campaigns", testMatch: "*.campaign.ts" }],
	// They measure: nothing runs beside them.
	workers: 1,
	timeout: 900_000,
	expect: { timeout: 60_000 },
});
