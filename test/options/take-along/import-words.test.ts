// What an export is said to hold and to cost before it is taken.
import { expect, test } from "vitest";
import {
	type ConnectionForm,
	EMPTY_CONNECTION_FORM,
} from "../../../src/core/connection/connection-form.ts";
import { EMPTY_FORM, type ProfileForm } from "../../../src/core/profile.ts";
import { describe } from "../../../src/options/take-along/import-words.ts";

function profile(fields: Partial<ProfileForm>): ProfileForm {
	return { ...EMPTY_FORM, region: "eu-west-1", ...fields };
}

function connection(kind: ConnectionForm["kind"]): ConnectionForm {
	return { ...EMPTY_CONNECTION_FORM, kind, name: kind };
}

test("profiles on AWS are told with what polling them costs", () => {
	const words = describe({
		profiles: [
			profile({ name: "one", connection: "w" }),
			profile({ name: "two", minimumPollIntervalSeconds: "15" }),
			profile({ name: "local", endpoint: "http://127.0.0.1:4772" }),
			profile({ name: "agent", connection: "a" }),
		],
		connections: new Map([
			["w", connection("identity-center")],
			["a", connection("agent")],
		]),
	});
	expect(words).toBe(
		"It has “one”, “two”, “local”, “agent”, the connection “identity-center”, the connection “agent”. AWS is polled for 2 profiles as soon as there are credentials: up to 216,000 requests in 30 days, about US$0.09 (prices of November 2026). Polling counts as use for deletion protection.",
	);
});

test("what costs nothing is not told of, and a long list is cut", () => {
	const profiles = Array.from({ length: 9 }, (_, index) =>
		profile({ name: `p${index}`, endpoint: "http://localhost:4772" }),
	);
	expect(describe({ profiles, connections: new Map() })).toBe(
		"It has “p0”, “p1”, “p2”, “p3”, “p4”, “p5” and 3 more.",
	);
});
