// What a form does with its clicks: saved once, it leads on to what was saved, but never away from where the user went meanwhile.
import { afterEach, expect, test, vi } from "vitest";
import type { ConnectionSnapshot } from "../../src/core/connection/connection-snapshot.ts";
import {
	EMPTY_PROFILE_FORM,
	type ProfileId,
} from "../../src/core/profile/profile.ts";
import { createConnectionEditor } from "../../src/options/connection/connection-editor.ts";
import type { ConnectionFormState } from "../../src/options/connection/connection-fields.ts";
import { createEditor } from "../../src/options/profile/editor.ts";
import type { ProfileFormState } from "../../src/options/profile/profile-form.ts";
import { createRemote } from "../../src/ui/background-client/background-client.ts";

afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The options page at `hash`, before a background that answers only when it is told to. */
function desk(hash: string) {
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
		say: (text: string) => said.push(text),
	};
	const state = (value: object) => ({
		form: EMPTY_PROFILE_FORM,
		errors: {},
		isDraft: true,
		set: () => undefined,
		check: () => value,
		refuse: () => undefined,
		reset: () => undefined,
		saving: { current: false },
		saved: () => undefined,
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

const form = { name: "Shop", endpoint: "http://127.0.0.1:4772" };

type Desk = ReturnType<typeof desk>;

const SAVED = { ok: true, value: "one" };
const ENTRY = { connection: { id: "work", name: "Work", kind: "agent" } };

function profileEditor({ options, state }: Desk) {
	return createEditor(
		options,
		state(form) as unknown as ProfileFormState,
		{ profile: { id: "one" as ProfileId, name: "Shop" } } as never,
	);
}

function connectionEditor({ options, state }: Desk) {
	const entry = ENTRY as unknown as ConnectionSnapshot;
	const form = state({ ...ENTRY.connection, url: "http://localhost:2772" });
	return createConnectionEditor(
		{ ...options, entry },
		form as unknown as ConnectionFormState,
	);
}

const WAYS = [
	{
		what: "a saved profile",
		start: (page: Desk) => void profileEditor(page).submit(EMPTY_PROFILE_FORM),
		leadsTo: "one",
		says: "Saved Shop.",
	},
	{
		what: "a deleted profile",
		start: (page: Desk) => profileEditor(page).remove(),
		leadsTo: "",
		says: "Deleted Shop.",
	},
	{
		what: "a saved connection",
		start: (page: Desk) => void connectionEditor(page).submit(),
		leadsTo: "connection-one",
		says: "Saved Work.",
	},
	{
		what: "a deleted connection",
		start: (page: Desk) => connectionEditor(page).remove(),
		leadsTo: "",
		says: "Deleted Work.",
	},
];

test.each(WAYS)(
	"$what leads on from its form",
	async ({ start, leadsTo, says }) => {
		const page = desk("#form");
		start(page);
		await page.answer(SAVED);
		expect(page.page.hash).toBe(leadsTo);
		expect(page.said).toContain(says);
	},
);

test.each(WAYS)(
	"$what leaves the user who went elsewhere meanwhile",
	async ({ start, says }) => {
		const page = desk("#form");
		start(page);
		page.page.hash = "#new";
		await page.answer(SAVED);
		expect(page.page.hash).toBe("#new");
		expect(page.said).toContain(says);
	},
);

test.each([
	{
		what: "profile",
		editorOf: (page: Desk) => {
			const { submit } = profileEditor(page);
			return () => submit(EMPTY_PROFILE_FORM);
		},
		command: "saveProfile",
	},
	{
		what: "connection",
		editorOf: (page: Desk) => connectionEditor(page).submit,
		command: "saveConnection",
	},
])(
	"a $what is saved once, however often it is clicked before the answer, and again after it",
	async ({ editorOf, command }) => {
		const page = desk("#new");
		const submit = editorOf(page);
		void submit();
		void submit();
		expect(page.asked).toEqual([command]);
		await page.answer({ ok: false, error: { name: "No." } });
		void submit();
		expect(page.asked).toEqual([command, command]);
	},
);
