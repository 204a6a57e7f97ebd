// What a view may ask for: each command runs inside the queue and answers when its effect is saved.
import type { PollNow, Remote } from "./contract.ts";
import { maskAccessKeyId, parseCredentials } from "./credentials.ts";
import { apply, type Desk, put, settle } from "./desk.ts";
import {
	type FieldErrors,
	isSameSource,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
} from "./profile.ts";
import { err, ok, type Result } from "./result.ts";
import { dueAt, NEW_SESSION } from "./session.ts";
import { takesCredentials } from "./snapshot.ts";
import {
	type Entry,
	findEntry,
	removeEntry,
	toProfileRecord,
} from "./state.ts";

export function createCommands(desk: Desk): Remote {
	const { enqueue } = desk;
	return {
		saveProfile: (input) => enqueue(() => saveProfile(desk, input)),
		deleteProfile: ({ id }) => enqueue(() => deleteProfile(desk, id)),
		forgetCredentials: ({ id }) => enqueue(() => forgetCredentials(desk, id)),
		pollNow: ({ id }) => enqueue(() => pollNow(desk, id)),
		pause: ({ id }) => enqueue(() => amend(desk, id, { paused: true })),
		resume: ({ id }) => enqueue(() => resume(desk, id)),
		markSeen: ({ id, number }) => enqueue(() => markSeen(desk, id, number)),
		pinVersion: (input) => enqueue(() => pinVersion(desk, input)),
	};
}

async function saveProfile(
	desk: Desk,
	input: { readonly id?: ProfileId; readonly form: ProfileForm },
): Promise<Result<ProfileId, FieldErrors>> {
	const { ports } = desk;
	const old = input.id && findEntry(desk.state, input.id);
	// Deleted meanwhile in another window: what was typed is saved as a new profile rather than lost.
	const id = old ? old.profile.id : (ports.newId() as ProfileId);
	const profile = parseProfile(input.form, id);
	const keys = parseCredentials(input.form);
	if (!profile.ok || !keys.ok)
		return err({
			...(profile.ok ? {} : profile.error),
			...(keys.ok ? {} : keys.error),
		});
	const entry = amended(old || undefined, profile.value, ports.clock.now());
	const credentials = takesCredentials(profile.value) ? keys.value : undefined;
	if (credentials) await ports.vault.saveCredentials(id, credentials);
	await ports.vault.saveProfile(toProfileRecord(entry));
	put(desk, {
		...entry,
		...(credentials
			? { accessKeyHint: maskAccessKeyId(credentials.accessKeyId) }
			: {}),
	});
	const halted = entry.session.phase === "halted";
	const isNewSource = old && !isSameSource(old.profile, profile.value);
	if (halted || isNewSource) await apply(desk, id, { type: "reset" });
	if (!entry.paused) await apply(desk, id, { type: "woke" });
	return ok(id);
}

function amended(old: Entry | undefined, profile: Profile, now: number): Entry {
	if (old) return { ...old, profile };
	return {
		profile,
		createdAt: now,
		paused: false,
		seen: 0,
		session: NEW_SESSION,
		versions: [],
	};
}

async function deleteProfile(desk: Desk, id: ProfileId): Promise<void> {
	await desk.ports.vault.deleteProfile(id);
	desk.state = removeEntry(desk.state, id);
	settle(desk);
}

async function forgetCredentials(desk: Desk, id: ProfileId): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	await desk.ports.vault.saveCredentials(id, undefined);
	const { accessKeyHint: _, ...rest } = entry;
	put(desk, rest);
}

async function pollNow(desk: Desk, id: ProfileId): Promise<PollNow> {
	const before = findEntry(desk.state, id);
	if (!before) return { status: "no-such-profile" };
	if (before.session.phase === "opening" || before.session.phase === "polling")
		return { status: "under-way" };
	await apply(desk, id, { type: "asked" });
	const after = findEntry(desk.state, id)?.session ?? before.session;
	if (after.attempt !== before.session.attempt) return { status: "started" };
	return { status: "too-early", at: dueAt(after) };
}

async function resume(desk: Desk, id: ProfileId): Promise<void> {
	await amend(desk, id, { paused: false });
	await apply(desk, id, { type: "woke" });
}

async function markSeen(
	desk: Desk,
	id: ProfileId,
	number: number,
): Promise<void> {
	const entry = findEntry(desk.state, id);
	const newest = entry?.versions[0]?.number ?? 0;
	if (!entry || number <= entry.seen || number > newest) return;
	await amend(desk, id, { seen: number });
}

async function pinVersion(
	desk: Desk,
	input: { id: ProfileId; number: number; pinned: boolean },
): Promise<void> {
	const entry = findEntry(desk.state, input.id);
	const found = entry?.versions.find(({ number }) => number === input.number);
	if (!entry || !found) return;
	const version = { ...found, pinned: input.pinned };
	await desk.ports.vault.saveVersion(input.id, { version, evicted: [] });
	const versions = entry.versions.map((old) => (old === found ? version : old));
	put(desk, { ...entry, versions });
}

async function amend(
	desk: Desk,
	id: ProfileId,
	change: { readonly paused?: boolean; readonly seen?: number },
): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	const next = { ...entry, ...change };
	await desk.ports.vault.saveProfile(toProfileRecord(next));
	put(desk, next);
}
