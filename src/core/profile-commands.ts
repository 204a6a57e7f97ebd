import { usesOwnKeys } from "./connection/access-target.ts";
import { maskAccessKeyId, type OwnKeys } from "./connection/credentials.ts";
import {
	commit,
	commitEntry,
	type EngineRuntime,
	whenRestored,
} from "./engine-runtime.ts";
import { dismissChanges, type LastSeen, look } from "./history/last-seen.ts";
import {
	deleteVersions,
	fetchAgain,
	importVersions,
	updateVersion,
} from "./history-commands.ts";
import { dispatch, restartSession } from "./poll-pipeline.ts";
import {
	type Profile,
	type ProfileDraft,
	type ProfileId,
	sessionKeyOf,
} from "./profile/profile.ts";
import type {
	CommandInput,
	PollNowResult,
	ProfileRemote,
} from "./protocol/commands.ts";
import { dueAt, NO_USAGE, newSession } from "./session/session.ts";
import { err, ok, type Result } from "./shared/result.ts";
import {
	findEntry,
	type ProfileEntry,
	putEntry,
	removeEntry,
	toProfileRecord,
} from "./state.ts";
import {
	acknowledgeMissingNewest,
	deleteDamaged,
	deleteDatabase,
	deleteOrphan,
	dismissLoss,
	reportUnreadable,
} from "./stored-data-commands.ts";
import {
	MAX_WATCHED_PATHS,
	notificationRuleOf,
	setWatched,
	type Watching,
} from "./watch/watch.ts";

/** Each command runs inside the mutex and resolves when its effect is stored. */
export function createProfileCommands(runtime: EngineRuntime): ProfileRemote {
	const run = <T>(command: () => Promise<T>) => whenRestored(runtime, command);
	return {
		saveProfile: (input) => run(() => saveProfile(runtime, input)),
		importProfiles: ({ profiles }) =>
			run(() => importProfiles(runtime, profiles)),
		deleteProfile: ({ id }) => run(() => deleteProfile(runtime, id)),
		forgetCredentials: ({ id }) => run(() => forgetCredentials(runtime, id)),
		pollNow: ({ id }) => run(() => pollNow(runtime, id)),
		pause: ({ id }) => run(() => pause(runtime, id)),
		resume: ({ id }) => run(() => resume(runtime, id)),
		listVersions: ({ id }) =>
			run(async () => findEntry(runtime.state, id)?.versions ?? []),
		markSeen: ({ id, number }) => run(() => markSeen(runtime, id, number)),
		setWatched: (input) => run(() => watch(runtime, input)),
		setNotificationRule: ({ id, rule }) =>
			run(() => updateEntry(runtime, id, { notificationRule: rule })),
		dismissChanges: ({ id, number }) => run(() => dismiss(runtime, id, number)),
		pinVersion: ({ id, number, pinned }) =>
			run(() => updateVersion(runtime, { id, number, pinned })),
		annotateVersion: ({ id, number, note }) =>
			run(() => updateVersion(runtime, { id, number, note })),
		deleteVersions: (input) => run(() => deleteVersions(runtime, input)),
		importVersions: ({ id }) => run(() => importVersions(runtime, id)),
		fetchAgain: ({ id }) => run(() => fetchAgain(runtime, id)),
		reportUnreadable: (input) => run(() => reportUnreadable(runtime, input)),
		dismissLoss: ({ id }) => run(() => dismissLoss(runtime, id)),
		deleteDamaged: (input) =>
			input.area === "database"
				? runtime.runExclusive(() => deleteDatabase(runtime))
				: run(() => deleteDamaged(runtime, input)),
		deleteOrphan: ({ id }) => run(() => deleteOrphan(runtime, id)),
	};
}

async function saveProfile(
	runtime: EngineRuntime,
	input: CommandInput<"saveProfile">,
): Promise<ProfileId> {
	const { ports } = runtime;
	const old = input.id && findEntry(runtime.state, input.id);
	// Deleted meanwhile in another window: what was typed is saved as a new profile rather than lost.
	const id = old ? old.profile.id : (ports.newId() as ProfileId);
	const profile: Profile = { ...input.profile, id };
	const entry = applyProfile(old || undefined, profile, ports.clock.now());
	await ports.storage.saveProfile(toProfileRecord(entry));
	commitEntry(runtime, entry);
	const keys = usesOwnKeys(profile) ? input.keys : undefined;
	if (keys) await saveKeys(runtime, entry, keys);
	await continueSession(runtime, entry, {
		isNew: old?.profile && sessionKeyOf(old.profile) !== sessionKeyOf(profile),
		hasKeys: keys !== undefined,
	});
	return id;
}

async function importProfiles(
	runtime: EngineRuntime,
	drafts: readonly ProfileDraft[],
): Promise<readonly ProfileId[]> {
	const { ports } = runtime;
	const last = Math.max(
		0,
		...runtime.state.entries.map((one) => one.createdAt),
	);
	const now = Math.max(ports.clock.now(), last + 1);
	const entries = drafts.map((draft, index) => {
		const id = ports.newId() as ProfileId;
		// Profiles are listed by when they were created.
		return applyProfile(undefined, { ...draft, id }, now + index);
	});
	await ports.storage.saveProfiles(entries.map(toProfileRecord));
	// Sessions are opened by the alarm, which is due at once.
	commit(runtime, entries.reduce(putEntry, runtime.state));
	return entries.map(({ profile }) => profile.id);
}

async function saveKeys(
	runtime: EngineRuntime,
	entry: ProfileEntry,
	keys: OwnKeys,
): Promise<void> {
	await runtime.ports.storage.saveCredentials(entry.profile.id, keys);
	const accessKeyHint = maskAccessKeyId(keys.accessKeyId);
	commitEntry(runtime, { ...entry, accessKeyHint });
}

/** Opens a new session where the old one uses other keys or another target. A session that only waits continues with new keys. */
async function continueSession(
	runtime: EngineRuntime,
	{ profile, session, paused }: ProfileEntry,
	change: { readonly isNew: boolean | undefined; readonly hasKeys: boolean },
): Promise<void> {
	const isStuck = session.phase === "halted";
	const isRekeyed = change.hasKeys && session.phase !== "waiting";
	if (!(change.isNew || isStuck || isRekeyed) && session.phase !== "idle")
		return;
	await restartSession(runtime, profile);
	if (!paused) await dispatch(runtime, profile.id, { type: "tick" });
}

function applyProfile(
	old: ProfileEntry | undefined,
	profile: Profile,
	now: number,
): ProfileEntry {
	if (old) {
		if (sessionKeyOf(old.profile) === sessionKeyOf(profile))
			return { ...old, profile };
		// The deleted version came from another configuration.
		const { deletedHash: _, ...rest } = old;
		return { ...acknowledgeMissingNewest(rest, now), profile };
	}
	return {
		profile,
		createdAt: now,
		paused: false,
		lastSeenNumber: 0,
		session: newSession(profile.minimumPollIntervalSeconds),
		versions: [],
		lastNumber: 0,
		usage: NO_USAGE,
	};
}

async function deleteProfile(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<void> {
	await runtime.ports.storage.deleteProfile(id);
	commit(runtime, removeEntry(runtime.state, id));
}

async function forgetCredentials(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry) return;
	await runtime.ports.storage.saveCredentials(id, undefined);
	const { accessKeyHint: _, ...rest } = entry;
	commitEntry(runtime, rest);
}

async function pollNow(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<PollNowResult> {
	const before = findEntry(runtime.state, id);
	if (!before) return { status: "no-such-profile" };
	await dispatch(runtime, id, { type: "pollRequested" });
	if (before.session.phase === "opening" || before.session.phase === "polling")
		return { status: "under-way" };
	const after = findEntry(runtime.state, id)?.session ?? before.session;
	if (after.attempt !== before.session.attempt) return { status: "started" };
	return { status: "too-early", at: dueAt(after) };
}

async function pause(runtime: EngineRuntime, id: ProfileId): Promise<void> {
	await updateEntry(runtime, id, { paused: true });
	await dispatch(runtime, id, { type: "paused" });
}

async function resume(runtime: EngineRuntime, id: ProfileId): Promise<void> {
	await updateEntry(runtime, id, { paused: false });
	await dispatch(runtime, id, { type: "tick" });
}

async function markSeen(
	runtime: EngineRuntime,
	id: ProfileId,
	number: number,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	const newest = entry?.versions[0]?.number ?? 0;
	if (!entry || number > newest) return;
	const seen = look(entry, number, runtime.ports.clock.now());
	if (seen) await updateEntry(runtime, id, seen);
}

async function watch(
	runtime: EngineRuntime,
	{ id, path, watched }: CommandInput<"setWatched">,
): Promise<Result<undefined, string>> {
	const entry = findEntry(runtime.state, id);
	if (!entry) return ok(undefined);
	const watchedPaths = setWatched(entry.watchedPaths ?? [], path, watched);
	if (!watchedPaths)
		return err(
			`${MAX_WATCHED_PATHS} values of ${entry.profile.name} are watched already. Stop watching one of them first.`,
		);
	const rule = notificationRuleOf(entry, entry.profile);
	const isTold = !watched || rule === "watched" || rule === "changes";
	await updateEntry(runtime, id, {
		watchedPaths,
		...(isTold ? {} : { notificationRule: "watched" }),
	});
	return ok(undefined);
}

async function dismiss(
	runtime: EngineRuntime,
	id: ProfileId,
	number: number,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	const newest = entry?.versions[0]?.number ?? 0;
	if (!entry || number > newest) return;
	const { baseline: _, ...rest } = entry;
	const seen = dismissChanges(entry, number, runtime.ports.clock.now());
	await saveEntry(runtime, { ...rest, ...seen });
}

async function updateEntry(
	runtime: EngineRuntime,
	id: ProfileId,
	change: Partial<Pick<ProfileEntry, "paused"> & LastSeen & Watching>,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry) return;
	await saveEntry(runtime, { ...entry, ...change });
}

async function saveEntry(
	runtime: EngineRuntime,
	entry: ProfileEntry,
): Promise<void> {
	await runtime.ports.storage.saveProfile(toProfileRecord(entry));
	commitEntry(runtime, entry);
}
