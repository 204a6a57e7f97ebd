// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
import { openContent } from "../../../src/ui/content/content.ts";
import type { BodyState } from "../../../src/ui/content/use-body.ts";
import {
	EmptyContent,
	IntegrityBar,
} from "../../../src/ui/errors/EmptyContent.tsx";
import { screen, userEvent, waitFor } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	NOW,
	PROFILE_ID,
	renderView,
} from "../../helpers/render-view.tsx";

const READING: BodyState = { state: "reading" };
const DELETED: BodyState = { state: "deleted" };
const FAULT = {
	kind: "network",
	operation: "GetLatestConfiguration",
	at: NOW,
	detail: "",
} as const;

const title = () => screen.getByRole("heading", { level: 2 }).textContent;

function renderEmpty(
	change: Partial<ProfileSnapshot>,
	body: BodyState = READING,
	versionNumber?: number,
) {
	return renderView(
		<EmptyContent
			profile={createProfileSnapshot(change)}
			body={body}
			versionNumber={versionNumber}
		/>,
	);
}

test.each<[string, Partial<ProfileSnapshot>]>([
	["Requesting the configuration…", { phase: "opening" }],
	["The configuration is empty", { phase: "waiting" }],
	["Paused before the first poll", { phase: "opening", paused: true }],
	["No configuration yet", { phase: "resting", fault: FAULT }],
	["No configuration yet", { phase: "halted" }],
	["No versions stored", { deletedHash: "0".repeat(64) }],
])("before the first version it says: %s", (message, change) => {
	renderEmpty({ versions: [], ...change });
	expect(title()).toBe(message);
});

test("lost bytes of the newest version are reported, and can be fetched again", async () => {
	const { commands } = renderEmpty({}, DELETED, 2);
	expect(title()).toBe("The browser no longer has the bytes of version 2");
	await userEvent.click(screen.getByRole("button", { name: "Fetch it again" }));
	expect(commands).toEqual([
		{ name: "reportUnreadable", input: { id: PROFILE_ID, number: 2 } },
		{ name: "fetchAgain", input: { id: PROFILE_ID } },
	]);
});

test("lost bytes of an older version can't be recovered", () => {
	renderEmpty({}, DELETED, 1);
	expect(title()).toBe("The browser no longer has the bytes of version 1");
	screen.getByText(/They can't be recovered/);
	expect(screen.queryByRole("button")).toBeNull();
});

test("damaged bytes are called damaged", () => {
	renderEmpty({}, { state: "unreadable", reason: "x", isDamaged: true }, 1);
	expect(title()).toBe("The stored bytes of version 1 are damaged");
});

test("a storage that does not answer is quoted", () => {
	const body = {
		state: "unreadable",
		reason: "UnknownError: disk",
		isDamaged: false,
	} as const;
	const { commands } = renderEmpty({}, body, 2);
	expect(title()).toBe("The stored version could not be read");
	screen.getByText(/UnknownError: disk/);
	expect(commands).toEqual([]);
});

test("a version that made room for newer ones is no longer stored", () => {
	renderEmpty({}, DELETED, 7);
	expect(title()).toBe("Version 7 is no longer stored");
});

const BYTES = new TextEncoder().encode("hello");
const HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

function renderIntegrity(hash: string) {
	return renderView(
		<IntegrityBar
			profile={createProfileSnapshot({
				versions: [createVersion(1, { hash })],
			})}
			body={{
				state: "ready",
				number: 1,
				content: openContent(BYTES, "text/plain"),
			}}
			versionNumber={1}
		/>,
	);
}

test("stored bytes that are not those received are reported", async () => {
	const { commands } = renderIntegrity("0".repeat(64));
	const alert = await screen.findByRole("alert");
	expect(alert.textContent).toContain(HASH.slice(0, 12));
	await waitFor(() =>
		expect(commands).toEqual([
			{ name: "reportUnreadable", input: { id: PROFILE_ID, number: 1 } },
		]),
	);
});

test("bytes with the right hash are not reported", async () => {
	const { commands } = renderIntegrity(HASH);
	await crypto.subtle.digest("SHA-256", BYTES);
	await new Promise((resolve) => setTimeout(resolve));
	expect(screen.queryByRole("alert")).toBeNull();
	expect(commands).toEqual([]);
});
