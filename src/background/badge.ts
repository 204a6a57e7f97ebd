// The toolbar badge: how many profiles have a version nobody has looked at, or that something is wrong; the title says which.

import { titleOf } from "../core/fault-titles.ts";
import { escapeInvisible } from "../core/foreign-text.ts";
import { isUnseen, type Snapshot } from "../core/snapshot.ts";

/** The part of the action API that is used here. */
export interface BrowserAction {
	setBadgeText(details: { text: string }): unknown;
	setBadgeBackgroundColor(details: { color: string }): unknown;
	setTitle(details: { title: string }): unknown;
}

export interface Badge {
	readonly text: string;
	readonly color: string;
	readonly title: string;
}

const NAME = "AppConfig Inspector";
const NEWS = "#0b57d0";
const FAULT = "#b3261e";
/** Chrome's tooltip gets unwieldy past this. */
const MAX_LINES = 10;

export function toBadge({ profiles }: Snapshot): Badge {
	const unseen = profiles.filter(isUnseen);
	const faulty = profiles.filter(({ fault, paused }) => fault && !paused);
	const lines = [
		...faulty.map(({ profile, fault }) =>
			fault ? `${profile.name}: ${titleOf(fault)}` : profile.name,
		),
		...unseen.map(
			({ profile, versions }) =>
				`${profile.name}: new version ${versions[0]?.label ?? versions[0]?.number}`,
		),
	];
	return {
		text: unseen.length > 0 ? String(unseen.length) : faulty.length ? "!" : "",
		color: faulty.length > 0 ? FAULT : NEWS,
		title: [NAME, ...clipped(lines).map(escapeInvisible)].join("\n"),
	};
}

/** Shows the badge of each snapshot; calls the browser only for what is different from before. */
export function createBadge(
	action: BrowserAction,
): (snapshot: Snapshot) => void {
	let shown: Partial<Badge> = {};
	return (snapshot) => {
		const badge = toBadge(snapshot);
		if (badge.text !== shown.text) action.setBadgeText({ text: badge.text });
		if (badge.color !== shown.color)
			action.setBadgeBackgroundColor({ color: badge.color });
		if (badge.title !== shown.title) action.setTitle({ title: badge.title });
		shown = badge;
	};
}

function clipped(lines: readonly string[]): readonly string[] {
	if (lines.length <= MAX_LINES) return lines;
	const rest = lines.length - MAX_LINES + 1;
	return [...lines.slice(0, MAX_LINES - 1), `and ${rest} more`];
}
