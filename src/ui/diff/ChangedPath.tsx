import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { ChangedValue } from "../../document/diff/json/changed-values.ts";
import { ForeignText } from "../components/ForeignText.tsx";
import "./changed-path.css";

export interface ChangedPathProps {
	readonly item: ChangedValue;
	/** Further changes, which are only counted. */
	readonly more?: number;
	/** Characters that there is room for, if that is little. */
	readonly columns?: number;
}

/** Signs of the kinds of changes, before the path; a changed value has its arrow. */
const SIGNS = { added: "+", removed: "−", moved: "⇅", changed: "" } as const;

/** `checkout.freeShippingFrom 49.90 → 39.90 +3 more` */
export function ChangedPath({ item, more = 0, columns }: ChangedPathProps) {
	const { kind, path } = item;
	const limit =
		columns === undefined ? MAX_PATH : columns - columnsBeside(item, more);
	return (
		<span class="changed-path" title={escapeInvisible(changeTitle(item))}>
			{SIGNS[kind] && (
				<span class={`sign ${kind}`} aria-hidden="true">
					{SIGNS[kind]}
				</span>
			)}
			<code class="path">
				<ForeignText text={shortenPath(path, Math.min(limit, MAX_PATH))} />
			</code>
			<ChangedValues item={item} />
			{more > 0 && <span class="more">+{more} more</span>}
		</span>
	);
}

/** `49.90 → 39.90`; of an added or a removed value, that value. */
export function ChangedValues({ item }: { readonly item: ChangedValue }) {
	const { kind, before, after, note } = item;
	if (kind === "moved") return <span class="word">moved</span>;
	return (
		<span class="changed-values">
			{before !== undefined && (
				<ShortValue text={before} kind={kind === "removed" ? kind : ""} />
			)}
			{kind === "changed" && (
				<span class="arrow" role="img" aria-label="to">
					→
				</span>
			)}
			{after !== undefined && (
				<ShortValue text={after} kind={kind === "added" ? kind : ""} />
			)}
			{note && <span class="change-note"> ({note})</span>}
		</span>
	);
}

interface ShortValueProps {
	readonly text: string;
	readonly kind: "added" | "removed" | "";
}

function ShortValue({ text, kind }: ShortValueProps) {
	return (
		<code class={`short-value ${styleOfValue(text)} ${kind}`}>
			<ForeignText text={text} />
		</code>
	);
}

/** The style of a value's source, as in the tree. */
export function styleOfValue(source: string): string {
	if (source.startsWith('"')) return "string";
	if (/^-?\d/.test(source)) return "number";
	return /^(?:true|false|null|on|off)$/.test(source) ? "word" : "plain";
}

/** The whole sentence: `checkout.enabled changed from true to false`. */
export function changeTitle(item: ChangedValue): string {
	const { kind, path, before, after, note } = item;
	const end = note ? ` (${note})` : "";
	switch (kind) {
		case "added":
			return `${path} was added: ${after}${end}`;
		case "removed":
			return `${path} was removed: ${before}${end}`;
		case "moved":
			return `${path} moved${end}`;
		case "changed":
			return `${path} changed from ${before} to ${after}${end}`;
	}
}

/** Characters of a path in a row. */
const MAX_PATH = 32;
/** Characters of a value that are shown before its path is shortened. */
const MIN_VALUE = 12;

/** Characters that the values and the count of others take. */
function columnsBeside({ before, after }: ChangedValue, more: number): number {
	const values = [before, after].filter((value) => value !== undefined);
	const lengths = values.map(({ length }) => Math.min(length, MIN_VALUE) + 2);
	return lengths.reduce((sum, length) => sum + length, more > 0 ? 9 : 2);
}

/** Shortens a path from the left by whole segments: `…freeShippingFrom`. The last segment always stays. */
export function shortenPath(path: string, limit: number): string {
	if (path.length <= limit) return path;
	// A segment starts after a dot or with a bracket, outside of quotes.
	const starts = [...path.matchAll(/"(?:[^"\\]|\\.)*"|[.[]/g)]
		.filter(([token]) => token === "." || token === "[")
		.map(({ 0: token, index }) => (token === "." ? index + 1 : index));
	const start =
		starts.find((at) => path.length - at < limit) ?? starts.at(-1) ?? 0;
	return start === 0 ? path : `…${path.slice(start)}`;
}
