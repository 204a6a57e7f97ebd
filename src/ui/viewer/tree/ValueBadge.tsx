// What a value was recognised as, at the end of its row: looked at, opened on demand, never altering the value.
import type { ComponentChild } from "preact";
import {
	type DetectedValue,
	detectValue,
} from "../../../document/formats/detect-value.ts";
import { valueSource } from "../../../document/json/children.ts";
import {
	at,
	isContainer,
	NUMBER,
	STRING,
	type Tree,
} from "../../../document/json/tree.ts";
import { formatTime } from "../../components/age.ts";

/** What a node seems to be, if anything. */
export function detectedValueOf(
	tree: Tree,
	node: number,
): DetectedValue | undefined {
	if (isContainer(tree, node)) return undefined;
	const kind = at(tree.kind, node);
	if (kind !== STRING && kind !== NUMBER) return undefined;
	return detectValue(valueSource(tree, node));
}

export function renderBadge(tree: Tree, node: number): ComponentChild {
	const what = detectedValueOf(tree, node);
	switch (what?.type) {
		case "colour":
			return <span class="swatch" style={{ backgroundColor: what.css }} />;
		case "time":
			return (
				<span class="badge" title={`${formatTime(what.at)}, local time`}>
					{what.unit === "ISO" ? distance(what.at) : toTime(what.at)}
				</span>
			);
		case "address":
			return (
				<a
					class="badge"
					href={what.href}
					target="_blank"
					rel="noopener noreferrer"
					tabIndex={-1}
					title={`Open ${what.href} in a new tab`}
				>
					open
				</a>
			);
		case "base64":
		case "json":
			return (
				<button type="button" class="badge" tabIndex={-1} data-act="open">
					{what.type === "json" ? "JSON" : "base64"}
				</button>
			);
		default:
			return null;
	}
}

function toTime(at: number): string {
	return new Date(at).toISOString().replace("T", " ").replace(".000Z", "Z");
}

/** Written out a time is there to be read: what it lacks is how far away that is. */
function distance(at: number): string {
	const seconds = (at - Date.now()) / 1000;
	const [unit, length] =
		UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? NEAREST;
	return relative.format(Math.trunc(seconds / length), unit);
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const DAY = 86_400;
const NEAREST = ["second", 1] as const;
const UNITS = [
	["year", 365.25 * DAY],
	["month", 30.44 * DAY],
	["day", DAY],
	["hour", 3600],
	["minute", 60],
	NEAREST,
] as const;
