import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../../src/core/connection/connection-snapshot.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import {
	isPasteSafe,
	shellQuote,
	stringLiteral,
} from "../../../src/ui/snippets/shell-escape.ts";
import {
	SNIPPET_FORMATS,
	type SnippetFormat,
	writeSnippet,
} from "../../../src/ui/snippets/snippet.ts";
import {
	type CallEndpoint,
	endpointOf,
} from "../../../src/ui/snippets/snippet-input.ts";

const PROFILE: Profile = {
	id: "p" as ProfileId,
	name: "settings",
	application: "storefront",
	environment: "production",
	configurationProfile: "settings",
	region: "eu-west-1",
};
const EMULATED: Profile = {
	...PROFILE,
	endpoint: "http://127.0.0.1:4772",
	minimumPollIntervalSeconds: 30,
};

/** Texts that a profile may have for a name, the awkward ones among them often. */
const names = fc
	.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
	.filter((text) => text.trim() === text)
	.filter(isPasteSafe);
const awkward = fc.oneof(
	names,
	fc
		.array(
			fc.constantFrom(
				..."'\"`$\\!&|;<>()[]{}*?#~=%^ -",
				"$(id)",
				"$",
				"{HOME}",
				"\\n",
				"''",
				"file://",
				"a",
				"é",
				"名",
			),
			{ minLength: 1, maxLength: 12 },
		)
		.map((parts) => parts.join("").trim())
		.filter((text) => text !== ""),
);

describe("a shell", () => {
	test("reads every quoted name unchanged", () => {
		const samples = fc.sample(awkward, 500);
		const script = `printf '%s\\0' ${samples.map(shellQuote).join(" ")}`;
		const said = execFileSync("sh", ["-c", script], { encoding: "utf8" });
		expect(said.split("\0").slice(0, -1)).toEqual(samples);
	});

	test("passes the names of any profile to the CLI unchanged", () => {
		const samples = fc.sample(fc.tuple(awkward, awkward, awkward), 60);
		for (const [application, environment, configurationProfile] of samples) {
			const profile = {
				...EMULATED,
				application,
				environment,
				configurationProfile,
			};
			const words = run(write("AWS CLI", profile, false));
			const given = words.filter((word) => /-identifier=/.test(word));
			const input = words[words.indexOf("--cli-input-json") + 1];
			const wanted = [application, environment, configurationProfile];
			if (words.includes("--cli-input-json"))
				expect(Object.values(JSON.parse(input ?? ""))).toEqual([...wanted, 30]);
			else
				expect(given.map((word) => word.replace(/^--[a-z-]+=/, ""))).toEqual(
					wanted,
				);
		}
	});

	test("hands the address of any profile to curl, with nothing that curl would read as a pattern", () => {
		for (const application of fc.sample(awkward, 60)) {
			const call = write(
				"curl to the Agent",
				{ ...PROFILE, application },
				true,
			);
			const url = run(call).at(-1) ?? "";
			expect(url).not.toMatch(/[[\]{}]/);
			const segment = /applications\/([^/]*)\//.exec(url)?.[1] ?? "";
			expect(decodeURIComponent(segment)).toBe(application);
		}
	});
});

describe("a programming language", () => {
	test("reads every literal unchanged, because only the quote and the backslash are escaped", () => {
		fc.assert(
			fc.property(awkward, (name) => {
				const literal = stringLiteral(name);
				expect(JSON.parse(literal)).toBe(name);
				const inside = literal.slice(1, -1);
				expect(inside.replaceAll(/\\["\\]/g, "")).not.toMatch(/["\\]/);
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each(SNIPPET_FORMATS.filter((form) => form.startsWith("SDK")))(
		"%s has every name as one literal",
		(form) => {
			fc.assert(
				fc.property(awkward, awkward, awkward, (a, b, c) => {
					const profile = {
						...PROFILE,
						application: a,
						environment: b,
						configurationProfile: c,
					};
					const literals = [
						...write(form, profile, true).matchAll(/"(?:[^"\\\n]|\\.)*"/g),
					];
					const read = literals.map(([literal]) => JSON.parse(literal));
					expect(read).toEqual(expect.arrayContaining([a, b, c]));
				}),
				{ numRuns: 200 },
			);
		},
	);
});

test.each([
	["a line break", "a\nb"],
	["a carriage return", "a\rb"],
	["NUL", "a\0b"],
	["an escape character", "a\u001b[31mb"],
	["a turned direction", "a\u202eb"],
	["half a character", "a\ud800b"],
	["a separator of lines", "a\u2028b"],
])("a name with %s is refused with a reason", (_, application) => {
	for (const form of SNIPPET_FORMATS) {
		const call = writeSnippet(
			form,
			{ ...PROFILE, application },
			way(PROFILE, true),
		);
		expect(call).toEqual({
			ok: false,
			error: expect.stringContaining("application"),
		});
	}
});

describe("the AWS CLI commands", () => {
	test("start a session with the profile's identifiers, then get the configuration with its token", () => {
		const [first = "", second = ""] = write("AWS CLI", PROFILE, true).split(
			"\naws ",
		);
		expect(first).toContain("start-configuration-session");
		expect(first).toContain("--region eu-west-1");
		expect(first).toContain("--query InitialConfigurationToken");
		expect(second).toContain("get-latest-configuration");
		expect(second).toContain('--configuration-token "$TOKEN"');
		expect(first).not.toContain("--endpoint-url");
		expect(first).not.toContain("--no-sign-request");
	});

	test("name a custom endpoint in both commands, and the interval in the first", () => {
		const call = write("AWS CLI", EMULATED, false);
		expect(
			call.match(/--endpoint-url http:\/\/127\.0\.0\.1:4772/g),
		).toHaveLength(2);
		expect(call.match(/--no-sign-request/g)).toHaveLength(2);
		expect(call).toContain("--required-minimum-poll-interval-in-seconds 30");
	});

	test("do not let the CLI open a file when a name looks like one", () => {
		const call = write(
			"AWS CLI",
			{ ...PROFILE, application: "file:///etc/passwd" },
			true,
		);
		expect(call).toContain(
			`--cli-input-json '{"ApplicationIdentifier":"file:///etc/passwd"`,
		);
		expect(call).not.toContain("--application-identifier");
	});
});

test("every SDK signs for an endpoint that takes keys, and none for another", () => {
	const unsigned = {
		"SDK for JavaScript": 'accessKeyId: "none"',
		"SDK for Python": "UNSIGNED",
		"SDK for Java": "AnonymousCredentialsProvider",
		"SDK for Go": "AnonymousCredentials",
	} as const;
	for (const [form, mark] of Object.entries(unsigned)) {
		expect(write(form as SnippetFormat, EMULATED, false)).toContain(mark);
		expect(write(form as SnippetFormat, EMULATED, true)).not.toContain(mark);
		expect(write(form as SnippetFormat, EMULATED, true)).toContain(
			"http://127.0.0.1:4772",
		);
	}
});

test("curl sends the profile's context and flags to the Agent", () => {
	const profile = { ...PROFILE, context: ["country=it's"], flags: ["a", "b"] };
	const words = run(write("curl to the Agent", profile, true));
	expect(words.slice(0, 2)).toEqual(["-H", "Context: country=it's"]);
	expect(words.at(-1)).toMatch(/settings\?flag=a&flag=b$/);
});

describe("the connection of a profile decides that it is requested from", () => {
	const named = { ...PROFILE, connection: "c" as ConnectionId };
	const through = (connection: object) =>
		endpointOf({ profile: named, takesCredentials: false } as ProfileSnapshot, [
			{ connection: { id: "c", ...connection } } as ConnectionSnapshot,
		]);

	test("an endpoint without keys, unsigned, which is the Agent's address too", () => {
		const endpoint = "http://127.0.0.1:4772";
		expect(through({ kind: "endpoint", endpoint })).toEqual({
			endpoint,
			isSigned: false,
			agentUrl: endpoint,
		});
	});

	test("an Agent at its own address", () => {
		const agent = "http://localhost:9000";
		expect(through({ kind: "agent", url: agent }).agentUrl).toBe(agent);
	});

	test.each(["keys", "credential-server", "identity-center"])(
		"AWS, signed, for %s",
		(kind) => {
			expect(through({ kind, url: "http://127.0.0.1:1" })).toEqual({
				endpoint: undefined,
				isSigned: true,
				agentUrl: "http://localhost:2772",
			});
		},
	);
});

test("curl calls the Agent on its port, and an emulator at its own address", () => {
	expect(write("curl to the Agent", PROFILE, true)).toBe(
		"curl http://localhost:2772/applications/storefront/environments/production/configurations/settings\n",
	);
	expect(write("curl to the Agent", EMULATED, false)).toContain(
		"curl http://127.0.0.1:4772/applications/",
	);
	expect(
		write("curl to the Agent", { ...PROFILE, environment: ".." }, true),
	).toContain("--path-as-is");
});

function write(
	form: SnippetFormat,
	profile: Profile,
	isSigned: boolean,
): string {
	const call = writeSnippet(form, profile, way(profile, isSigned));
	if (!call.ok) throw new Error(call.error);
	return call.value;
}

function way(profile: Profile, takesCredentials: boolean): CallEndpoint {
	return endpointOf({ profile, takesCredentials } as ProfileSnapshot, []);
}

/** The words that the first command of a call gets, by a shell in which the commands only say them. */
function run(call: string): readonly string[] {
	const script = `aws() { printf '%s\\0' "$@" >&2; }; curl() { printf '%s\\0' "$@" >&2; }; cat() { :; }\n${call}`;
	const { stderr, status } = spawnSync("sh", ["-c", script], {
		encoding: "utf8",
	});
	expect(status).toBe(0);
	const words = stderr.split("\0").slice(0, -1);
	const second = words.indexOf("appconfigdata", 1);
	return second === -1 ? words : words.slice(0, second);
}
