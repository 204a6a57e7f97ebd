import * as v from "valibot";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { isAwaitingDeployment } from "../../core/session/fault.ts";
import { faultTitle } from "../../core/session/fault-titles.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { notificationRuleOf } from "../../core/watch/watch.ts";
import type { ChangedValue } from "../../document/diff/json/changed-values.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import { describeVersionChange, type VersionChange } from "./version-change.ts";

/** The part of the notifications API that is used here. */
export interface NotificationsApi {
	create(id: string, options: NotificationOptions): Promise<string>;
	clear(id: string): Promise<boolean>;
}

export interface NotificationOptions {
	readonly type: "basic";
	readonly title: string;
	readonly message: string;
	readonly iconUrl: string;
}

export interface NotifierPorts {
	/** `undefined` without the permission, which the user grants with the first rule or the first watched value. */
	readonly notifications: () => NotificationsApi | undefined;
	readonly readBody: (
		id: ProfileId,
		number: number,
	) => Promise<Uint8Array | undefined>;
	/** Survives the worker, and ends with the browser. */
	readonly session: StorageArea;
	readonly now: () => number;
	readonly wait: (ms: number) => Promise<void>;
	readonly currentSnapshot: () => Snapshot;
	/** The icon with the band of an environment. */
	readonly iconFor: (environment: string | undefined) => Promise<string>;
}

export interface Notifier {
	/** Notifies of what is new in a snapshot. Resolves when nothing is left to do. */
	readonly onSnapshot: (snapshot: Snapshot) => Promise<void>;
}

/** In storage.session: what was told, so that a worker that starts again does not repeat it. */
const STORAGE_KEY = "notified";
const storedSchema = v.object({
	/** By profile: the number of the newest version that was looked at. */
	versions: v.record(v.string(), v.number()),
	/** By profile: epoch ms since when it gets no configuration, and whether that was told. */
	faults: v.record(
		v.string(),
		v.object({ since: v.number(), isTold: v.boolean() }),
	),
	/** Epoch ms of the last notifications of changes, with the names for a summary. */
	recent: v.array(v.object({ at: v.number(), name: v.string() })),
});
type Told = v.InferOutput<typeof storedSchema>;

/** A view on the screen marks a new version as seen within this time, and nothing has to be told then. */
const SEEN_WITHIN_MS = 1_500;
const FAULT_AFTER_MS = 600_000;
/** More notifications than `MAX_SINGLE` within this time become one. */
const BURST_MS = 30_000;
const MAX_SINGLE = 3;
export const SUMMARY_ID = "changes";

/**
 * Notifies of new versions and lasting faults, by the rule of each profile. What is on the screen, or was told before,
 * is not told.
 */
export function createNotifier(ports: NotifierPorts): Notifier {
	let told: Told | undefined;
	let working: Promise<void> | undefined;
	let next: Snapshot | undefined;

	async function load(): Promise<Told | undefined> {
		const found = await ports.session.get(STORAGE_KEY);
		const parsed = v.safeParse(storedSchema, found[STORAGE_KEY]);
		return parsed.success ? parsed.output : undefined;
	}
	const save = () => ports.session.set({ [STORAGE_KEY]: told });

	async function look(snapshot: Snapshot): Promise<void> {
		told ??= await load();
		if (!told) {
			// With a new browser nothing is news: the badge and the views say what was not seen.
			told = { versions: numbersOf(snapshot), faults: {}, recent: [] };
			await save();
			return;
		}
		const before = JSON.stringify(told);
		for (const profile of snapshot.profiles) {
			await lookAtVersion(told, profile);
			await lookAtFault(told, profile);
		}
		if (JSON.stringify(told) !== before) await save();
	}

	async function lookAtVersion(
		known: Told,
		profile: ProfileSnapshot,
	): Promise<void> {
		const { id } = profile.profile;
		const newest = profile.versions[0]?.number ?? 0;
		const lastTold = known.versions[id];
		// The first version of a profile is no news.
		const isNews =
			lastTold !== undefined && lastTold !== 0 && newest > lastTold;
		if (isNews) await tellVersion(known, profile, newest);
		// Only now: a worker that is stopped meanwhile begins again.
		known.versions[id] = newest;
	}

	async function tellVersion(
		known: Told,
		profile: ProfileSnapshot,
		newest: number,
	): Promise<void> {
		const { id } = profile.profile;
		const rule = notificationRuleOf(profile, profile.profile);
		if (rule !== "changes" && rule !== "watched") return;
		if (!ports.notifications()) return;
		await ports.wait(SEEN_WITHIN_MS);
		const current = ports
			.currentSnapshot()
			.profiles.find((one) => one.profile.id === id);
		if (!current || current.lastSeenNumber >= newest) return;
		const before = current.versions.find(({ number }) => number < newest);
		const change = before && (await readChange(current, before.number, newest));
		// Whether a watched value changed is not known of YAML and Ion: rather one notification too many.
		if (rule === "watched" && change?.isWatched === false) return;
		await tellChange(known, current, before?.number, change);
	}

	async function readChange(
		{ profile, watchedPaths = [] }: ProfileSnapshot,
		before: number,
		newest: number,
	): Promise<VersionChange | undefined> {
		try {
			const [original, modified] = await Promise.all([
				ports.readBody(profile.id, before),
				ports.readBody(profile.id, newest),
			]);
			return (
				original &&
				modified &&
				describeVersionChange(original, modified, watchedPaths)
			);
		} catch {
			// The version is told of without its values.
			return undefined;
		}
	}

	async function tellChange(
		known: Told,
		entry: ProfileSnapshot,
		before: number | undefined,
		change: VersionChange | undefined,
	): Promise<void> {
		const { id, name, environment } = entry.profile;
		const [newest] = entry.versions;
		const at = ports.now();
		known.recent = [
			...known.recent.filter((one) => at - one.at < BURST_MS),
			{ at, name: `${environment}: ${name}` },
		];
		if (known.recent.length > MAX_SINGLE) {
			const names = [...new Set(known.recent.map((one) => one.name))];
			await show(SUMMARY_ID, undefined, {
				title: `${names.length} profiles changed`,
				message: names.join(", "),
			});
			return;
		}
		await show(changeNotificationId(id, before, newest?.number), environment, {
			title: `${environment} · ${name}`,
			message:
				change && change.items.length > 0
					? sentenceOf(change)
					: `New version ${newest?.label ?? newest?.number}`,
		});
	}

	async function lookAtFault(
		known: Told,
		entry: ProfileSnapshot,
	): Promise<void> {
		const { fault, paused, profile } = entry;
		const { id, name, environment } = profile;
		if (!fault || paused || isAwaitingDeployment(fault)) {
			delete known.faults[id];
			return;
		}
		const since = known.faults[id] ?? { since: ports.now(), isTold: false };
		known.faults[id] = since;
		const isLasting = ports.now() - since.since >= FAULT_AFTER_MS;
		if (since.isTold || !isLasting) return;
		if (notificationRuleOf(entry, profile) === "nothing") return;
		if (!ports.notifications()) return;
		since.isTold = true;
		const [lastGood] = entry.versions;
		await show(`fault ${id}`, environment, {
			title: `${environment} · ${name} gets no configuration`,
			message: lastGood
				? `${faultTitle(fault)}. Last good version: v${lastGood.number}.`
				: `${faultTitle(fault)}.`,
		});
	}

	async function show(
		id: string,
		environment: string | undefined,
		{ title, message }: Pick<NotificationOptions, "title" | "message">,
	): Promise<void> {
		const iconUrl = await ports.iconFor(environment);
		await ports.notifications()?.create(id, {
			type: "basic",
			title: escapeInvisible(title),
			message: escapeInvisible(message),
			iconUrl,
		});
	}

	/** One snapshot after the other; of those that come meanwhile, the last one. */
	async function work(): Promise<void> {
		while (next) {
			const snapshot = next;
			next = undefined;
			// A notification that could not be shown is not repeated: the badge has counted the change.
			await look(snapshot).catch(() => undefined);
		}
		working = undefined;
	}

	return {
		onSnapshot(snapshot) {
			next = snapshot;
			working ??= work();
			return working;
		},
	};
}

function numbersOf({ profiles }: Snapshot): Record<string, number> {
	return Object.fromEntries(
		profiles.map(({ profile, versions }) => [
			profile.id,
			versions[0]?.number ?? 0,
		]),
	);
}

/** `checkout.enabled true → false, limits.rate 1 → 2, +3 more` */
function sentenceOf({ items, total }: VersionChange): string {
	const more = total - items.length;
	return [...items.map(phraseOf), ...(more > 0 ? [`+${more} more`] : [])].join(
		", ",
	);
}

function phraseOf({ kind, path, before, after }: ChangedValue): string {
	switch (kind) {
		case "added":
			return `${path} added: ${after}`;
		case "removed":
			return `${path} removed, was ${before}`;
		case "moved":
			return `${path} moved`;
		case "changed":
			return `${path} ${before} → ${after}`;
	}
}

/** Carries what a click opens: `change PROFILE 11 12`. */
function changeNotificationId(
	id: ProfileId,
	before: number | undefined,
	newest: number | undefined,
): string {
	return `change ${id} ${before ?? ""} ${newest ?? ""}`;
}

/** The fragment of the page that a click on a notification opens. */
export function fragmentOf(notificationId: string): string {
	const [kind, profile, before] = notificationId.split(" ");
	if (kind === "change" && profile)
		return `profile=${profile}${before ? `&compare=${before}` : ""}`;
	return kind === "fault" && profile ? `profile=${profile}` : "";
}
