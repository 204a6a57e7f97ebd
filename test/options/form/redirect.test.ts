import { afterEach, expect, test, vi } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { createConnectionFormActions } from "../../../src/options/connection/connection-actions.ts";
import type { ConnectionFormState } from "../../../src/options/form/connection-form.ts";
import { EMPTY_PROFILE_FORM } from "../../../src/options/form/profile-form.ts";
import { createProfileActions } from "../../../src/options/profile/save-profile.ts";
import { createRemote } from "../../../src/ui/background-client/background-client.ts";

afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The options page at `hash`, with a background that answers when the test says so. */
function setUp(hash: string) {
	const page = { hash };
	vi.stubGlobal("location", page);
	let settle = (_: unknown) => {};
	const answer = new Promise((resolve) => {
		settle = resolve;
	});
	const said: string[] = [];
	const asked: string[] = [];
	const options = {
		remote: createRemote((name) => {
			asked.push(name);
			return answer;
		}),
		connections: [],
		platform: { reload: () => undefined, openOptions: () => undefined },
		announce: (text: string) => void said.push(text),
	};
	/** A form that is valid and says `value`. */
	const state = <V>(value: V) => ({
		form: EMPTY_PROFILE_FORM,
		errors: {},
		isDraft: true,
		set: () => undefined,
		submit: <T>(_: unknown, save: (value: V) => Promise<T>) => save(value),
		reset: () => undefined,
	});
	return {
		page,
		asked,
		said,
		options,
		state,
		async answer(value: unknown) {
			settle(value);
			await settled();
		},
	};
}

const PROFILE = {
	name: "Shop",
	application: "a",
	environment: "b",
	configurationProfile: "c",
	region: "us-east-1",
	endpoint: "http://127.0.0.1:4772",
};

type Page = ReturnType<typeof setUp>;

const CONNECTION = {
	name: "Work",
	kind: "agent",
	url: "http://localhost:2772",
} as const;

function profileActions({ options, state }: Page) {
	return createProfileActions(options, state({ profile: PROFILE }), {
		profile: { ...PROFILE, id: "one" as ProfileId },
	} as ProfileSnapshot);
}

function connectionActions({ options, state }: Page) {
	const form = state({ connection: CONNECTION });
	return createConnectionFormActions(
		options,
		form as unknown as ConnectionFormState,
		{
			connection: { ...CONNECTION, id: "one" as ConnectionId },
			status: "open",
			hasSecret: false,
		},
	);
}

const ACTIONS = [
	{
		what: "a saved profile",
		start: (page: Page) => void profileActions(page).submit(EMPTY_PROFILE_FORM),
		result: "one",
		leadsTo: "one",
		says: "Saved Shop.",
	},
	{
		what: "a deleted profile",
		start: (page: Page) => profileActions(page).remove(),
		result: undefined,
		leadsTo: "",
		says: "Deleted Shop.",
	},
	{
		what: "a saved connection",
		start: (page: Page) => void connectionActions(page).submit(),
		result: "one",
		leadsTo: "connection-one",
		says: "Saved Work.",
	},
	{
		what: "a deleted connection",
		start: (page: Page) => connectionActions(page).remove(),
		result: { ok: true },
		leadsTo: "",
		says: "Deleted Work.",
	},
];

test.each(ACTIONS)(
	"$what takes the user on from its form",
	async ({ start, result, leadsTo, says }) => {
		const page = setUp("#form");
		start(page);
		await page.answer(result);
		expect(page.page.hash).toBe(leadsTo);
		expect(page.said).toContain(says);
	},
);

test.each(ACTIONS)(
	"$what does not take away a user who has gone elsewhere meanwhile",
	async ({ start, result, says }) => {
		const page = setUp("#form");
		start(page);
		page.page.hash = "#new";
		await page.answer(result);
		expect(page.page.hash).toBe("#new");
		expect(page.said).toContain(says);
	},
);
