// What a value was recognised as, at the end of its row: looked at, opened on demand, never altering the value.
import type { ComponentChild } from "preact";
import { valueSource } from "../../document/members.ts";
import { type Recognised, recognise } from "../../document/recognise.ts";
import {
	at,
	isContainer,
	NUMBER,
	STRING,
	type Tree,
} from "../../document/tree.ts";

/** What a node seems to be, if anything. */
export function recognised(tree: Tree, node: number): Recognised | undefined {
	if (isContainer(tree, node)) return undefined;
	const kind = at(tree.kind, node);
	if (kind !== STRING && kind !== NUMBER) return undefined;
	return recognise(valueSource(tree, node));
}

export function badge(tree: Tree, node: number): ComponentChild {
	const what = recognised(tree, node);
	switch (what?.type) {
		case "colour":
			return <span class="swatch" style={{ backgroundColor: what.css }} />;
		case "time":
			return what.unit === "ISO" ? null : (
				<span class="badge">{toTime(what.at)}</span>
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
