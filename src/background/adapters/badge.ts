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
	/** The number of profiles with an unseen change. Faults do not count. */
	readonly text: string;
	/** A profile does not get its configuration: the icon shows a triangle. */
	readonly hasFault: boolean;
	/** Lists the unseen changes and the faults. */
	readonly title: string;
}

const NAME = "AppConfig Inspector";
const UNSEEN_COLOR = "#0b57d0";
/** Longer tooltips are hard to read. */
const MAX_LINES = 10;
/** A single failed poll shows no fault: the next one may succeed. */
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

/** Returns a listener for snapshots. It calls the browser only for what has changed. */
export function createBadge(
	action: BrowserAction,
	icon: IconPaths,
	drawIcon: (paths: IconPaths) => Promise<Icon> = drawFaultIcon,
): (snapshot: Snapshot) => void {
	let shown: Partial<Badge> = {};
	// What an earlier worker set may still be shown, so nothing is taken for granted.
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
				? { imageData: await drawIcon(icon) }
				: { path: icon };
			// The fault may have ended while the icon was drawn.
			if (shown.hasFault === hasFault) await action.setIcon(details);
		} catch {
			// The title lists the faults as well. The next change tries again.
		}
	}
}

function clipLines(lines: readonly string[]): readonly string[] {
	if (lines.length <= MAX_LINES) return lines;
	const rest = lines.length - MAX_LINES + 1;
	return [...lines.slice(0, MAX_LINES - 1), `and ${rest} more`];
}

const RED = "#b3261e";
const WHITE = "#ffffff";

/** The toolbar's icon with a triangle in its upper right half. Drawn, so that it always matches the icon. */
async function drawFaultIcon(paths: IconPaths): Promise<Icon> {
	const drawn = Object.entries(paths).map(async ([size, path]) => {
		const reply = await fetch(path);
		const image = await createImageBitmap(await reply.blob());
		return [size, draw(image, Number(size))] as const;
	});
	return Object.fromEntries(await Promise.all(drawn));
}

function draw(image: ImageBitmap, size: number): ImageData {
	const context = new OffscreenCanvas(size, size).getContext("2d");
	if (!context) throw new Error("No 2D canvas is available.");
	context.drawImage(image, 0, 0, size, size);
	const unit = size / 16;
	context.scale(unit, unit);
	context.lineJoin = "round";
	context.beginPath();
	context.moveTo(10.5, 0.75);
	context.lineTo(15.25, 9.25);
	context.lineTo(5.75, 9.25);
	context.closePath();
	context.strokeStyle = WHITE;
	context.lineWidth = 2;
	context.stroke();
	context.fillStyle = RED;
	context.fill();
	context.fillStyle = WHITE;
	context.fillRect(9.9, 3.4, 1.2, 3);
	context.fillRect(9.9, 7, 1.2, 1.2);
	return context.getImageData(0, 0, size, size);
}
