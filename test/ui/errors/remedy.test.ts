import { expect, test } from "vitest";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { createRemote } from "../../../src/ui/background-client/background-client.ts";
import { applyRemedy } from "../../../src/ui/errors/remedy.ts";
import { requiredHostPattern } from "../../../src/ui/errors/required-host.ts";

test.each([
	[undefined, "https://appconfigdata.eu-west-1.amazonaws.com/*"],
	["https://appconfig.example.com:8443/x", "https://appconfig.example.com/*"],
	["https://localhost:4772", "https://localhost/*"],
	["http://localhost:4772", undefined],
	["http://127.0.0.1:4772", undefined],
])("calls to %s need %s to be allowed", (endpoint, pattern) => {
	const place = endpoint === undefined ? {} : { endpoint };
	expect(requiredHostPattern({ region: "eu-west-1", ...place }, [])).toBe(
		pattern,
	);
});

const ID = "one" as ProfileId;
const onAws = {
	profile: { id: ID, region: "eu-west-1" },
} as ProfileSnapshot;

function createOptions(isGranted: boolean) {
	const done: string[] = [];
	return {
		done,
		remote: createRemote(async (name) => {
			done.push(name);
			return { status: "started" };
		}),
		platform: {
			openOptions: (fragment: string) => done.push(`options#${fragment}`),
			requestHost: async (pattern: string) => {
				done.push(pattern);
				return isGranted;
			},
		},
	};
}

test("granting access asks the browser, then polls", async () => {
	const { done, ...options } = createOptions(true);
	const asked = applyRemedy(options, onAws, "grant");
	// In the same turn as the click, or the browser refuses to ask.
	expect(done).toEqual(["https://appconfigdata.eu-west-1.amazonaws.com/*"]);
	expect(await asked).toMatch(/is allowed/);
	expect(done.at(-1)).toBe("pollNow");
});

test("access that is denied is announced, without a poll", async () => {
	const { done, ...options } = createOptions(false);
	expect(await applyRemedy(options, onAws, "grant")).toMatch(/was not allowed/);
	expect(done).not.toContain("pollNow");
});

test("where the browser cannot ask for permissions, the options page opens", async () => {
	const { done, ...options } = createOptions(true);
	const { openOptions } = options.platform;
	await applyRemedy({ ...options, platform: { openOptions } }, onAws, "grant");
	expect(done).toEqual(["options#one"]);
});

test.each([
	["retry", "pollNow"],
	["edit", "options#one"],
	["credentials", "options#one"],
] as const)("the remedy %s leads to %s", async (remedy, step) => {
	const { done, ...options } = createOptions(true);
	await applyRemedy(options, onAws, remedy);
	expect(done).toEqual([step]);
});
