// The toolbar button: a number for changes that nobody has looked at, a triangle in the icon for faults; the title lists both.

import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { hasUnseenChange } from "../../core/protocol/snapshot.ts";
import { isAwaitingDeployment } from "../../core/session/fault.ts";
import { faultTitle } from "../../core/session/fault-titles.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";

/** The part of the action API that is used here. */
export interface BrowserAction {
	setBadgeText(details: { text: string }): unknown;
	setBadgeBackgroundColor(details: { color: string }): unknown;
	setTitle(details: { title: string }): unknown;
	setIcon(details: { imageData: Icon } | { path: IconPaths }): Promise<void>;
}

/** By edge length in pixels. */
export type Icon = Readonly<Record<string, ImageData>>;
export type IconPaths = Record<string, string>;

export interface Badge {
	/** Profiles with a change that nobody has looked at; faults are not in it. */
	readonly text: string;
	/** Whether a profile does not get its configuration. */
	readonly hasFault: boolean;
	readonly title: string;
}

const NAME = "AppConfig Inspector";
const UNSEEN_COLOR = "#0b57d0";
/** Chrome's tooltip gets unwieldy past this. */
const MAX_LINES = 10;
/** One failed poll may be a hiccup: the next one tells. */
const MIN_FAILURES = 2;

export function toBadge({ profiles }: Snapshot): Badge {
	const unseen = profiles.filter(hasUnseenChange);
	const faulty = profiles.filter(
		({ fault, paused }) => fault && !paused && !isAwaitingDeployment(fault),
	);
	const lines = [
		...faulty.map(({ profile, fault }) =>
			fault ? `${profile.name}: ${faultTitle(fault)}` : profile.name,
		),
		...unseen.map(
			({ profile, versions }) =>
				`${profile.name}: new version ${versions[0]?.label ?? versions[0]?.number}`,
		),
	];
	return {
		text: unseen.length > 0 ? String(unseen.length) : "",
		hasFault: faulty.some(isLasting),
		title: [NAME, ...clipLines(lines).map(escapeInvisible)].join("\n"),
	};
}

function isLasting({ phase, failureCount }: ProfileSnapshot): boolean {
	return phase === "halted" || failureCount >= MIN_FAILURES;
}

/** Shows the badge of each snapshot; calls the browser only for what is different from before. */
export function createBadge(
	action: BrowserAction,
	drawFaultIcon: () => Promise<Icon>,
	icon: IconPaths,
): (snapshot: Snapshot) => void {
	let shown: Partial<Badge> = {};
	// What another worker has set may still be there.
	void action.setBadgeBackgroundColor({ color: UNSEEN_COLOR });
	return (snapshot) => {
		const badge = toBadge(snapshot);
		const before = shown;
		shown = badge;
		if (badge.text !== before.text) action.setBadgeText({ text: badge.text });
		if (badge.hasFault !== before.hasFault) void setIcon(badge.hasFault);
		if (badge.title !== before.title) action.setTitle({ title: badge.title });
	};

	async function setIcon(hasFault: boolean): Promise<void> {
		try {
			const details = hasFault
				? { imageData: await drawFaultIcon() }
				: { path: icon };
			// It may be over by the time that it is drawn.
			if (shown.hasFault === hasFault) await action.setIcon(details);
		} catch {
			// The title lists the faults as well; with the next change it is tried again.
		}
	}
}

function clipLines(lines: readonly string[]): readonly string[] {
	if (lines.length <= MAX_LINES) return lines;
	const rest = lines.length - MAX_LINES + 1;
	return [...lines.slice(0, MAX_LINES - 1), `and ${rest} more`];
}
