// Converts YAML to extended JSON. Tags and numbers stay as written and keys keep their order; aliases and merge keys are
// expanded; duplicate keys are errors.
import {
	type AliasEvent,
	EVENT_ID,
	type Event,
	getScalarValue,
	type MappingEvent,
	parseEvents,
	SCALAR_STYLE,
	type ScalarEvent,
	type SequenceEvent,
	YAMLException,
} from "js-yaml";
import { createJsonWriter, type JsonWriter } from "../json/json-writer.ts";
import type { ExtendedDocument, Presentation } from "./presentation.ts";
import { isAmbiguous, type ScalarType, toScalar } from "./yaml-scalars.ts";
import { createTagReader, type TagReader } from "./yaml-tags.ts";

/** Levels of the text; the parser recurses. */
const MAX_DEPTH = 500;
/** Levels when aliases are unfolded; the writer recurses. */
const MAX_UNFOLDED_DEPTH = 1_000;
/** UTF-16 units: aliases that multiply each other ("billion laughs") end here. */
const MAX_UNFOLDED = 32 * 1024 * 1024;
/** Keys that `<<` copies: few documents have hundreds. */
const MAX_MERGED = 1_000_000;

type YamlNode = Scalar | Sequence | Mapping;

interface Scalar {
	readonly kind: "scalar";
	readonly tag: string;
	/** As in extended JSON. */
	readonly token: string;
	readonly type: ScalarType;
	/** What it says, decoded. */
	readonly text: string;
	/** Without quotes, and of another type in YAML 1.1. */
	readonly isWord: boolean;
}

interface Sequence {
	readonly kind: "sequence";
	readonly tag: string;
	readonly items: YamlNode[];
}

interface Pair {
	readonly key: YamlNode;
	readonly value: YamlNode;
	/** Came by `<<`, and gives way to a key of the mapping itself. */
	readonly isMerged: boolean;
}

interface Mapping {
	readonly kind: "mapping";
	readonly tag: string;
	/** By the key as written in extended JSON. */
	readonly pairs: Map<string, Pair>;
	/** Some came by `<<`. */
	readonly isMerged?: boolean;
}

/** Several documents in one text become an array of them. Throws a message with line and column. */
export function readYaml(text: string): ExtendedDocument {
	const events = parse(text);
	const documents = compose(text, events);
	const found: PresentationNotes = {
		keyTypes: [],
		words: [],
		merges: [],
		path: [],
	};
	const json = write(documents, found);
	return { json, presentation: presentationOf(text, events, found) };
}

function parse(text: string): readonly Event[] {
	return parseEvents(text, { maxDepth: MAX_DEPTH });
}

interface Composer {
	readonly text: string;
	readonly events: readonly Event[];
	next: number;
	merged: number;
	/** `undefined` while what the anchor names is still being read. */
	anchors: Map<string, YamlNode | undefined>;
	tags: TagReader;
}

function compose(text: string, events: readonly Event[]): readonly YamlNode[] {
	const composer: Composer = {
		text,
		events,
		next: 0,
		merged: 0,
		anchors: new Map(),
		tags: createTagReader([]),
	};
	const documents: YamlNode[] = [];
	for (let event = nextEvent(composer); event; event = nextEvent(composer)) {
		if (event.type !== EVENT_ID.DOCUMENT) continue;
		composer.anchors = new Map();
		composer.tags = createTagReader(event.directives);
		documents.push(composeNode(composer));
	}
	return documents;
}

function nextEvent(composer: Composer): Event | undefined {
	const event = composer.events[composer.next];
	composer.next += 1;
	return event;
}

function composeNode(composer: Composer): YamlNode {
	const event = nextEvent(composer);
	switch (event?.type) {
		case EVENT_ID.SCALAR:
			return anchored(composer, event, () => composeScalar(composer, event));
		case EVENT_ID.SEQUENCE:
			return anchored(composer, event, () => composeSequence(composer, event));
		case EVENT_ID.MAPPING:
			return anchored(composer, event, () => composeMapping(composer, event));
		case EVENT_ID.ALIAS:
			return resolveAlias(composer, event);
		default:
			// An empty document; what ends it belongs to the caller.
			composer.next -= 1;
			return EMPTY_SCALAR;
	}
}

const EMPTY_SCALAR: Scalar = {
	kind: "scalar",
	tag: "",
	token: "null",
	type: "null",
	text: "",
	isWord: false,
};

function anchored(
	{ text, anchors }: Composer,
	{ anchorStart, anchorEnd }: ScalarEvent | SequenceEvent | MappingEvent,
	composeIt: () => YamlNode,
): YamlNode {
	if (anchorStart < 0) return composeIt();
	const name = text.slice(anchorStart, anchorEnd);
	anchors.set(name, undefined);
	const node = composeIt();
	anchors.set(name, node);
	return node;
}

function resolveAlias(
	{ text, anchors }: Composer,
	{ anchorStart, anchorEnd }: AliasEvent,
): YamlNode {
	const name = text.slice(anchorStart, anchorEnd);
	const node = anchors.get(name);
	if (node) return node;
	return YAMLException.throwAt(
		text,
		anchorStart,
		anchors.has(name)
			? `alias *${name} stands within what it names`
			: `alias *${name} names no anchor before it`,
	);
}

function tagOf(
	{ text, tags }: Composer,
	{ tagStart, tagEnd }: ScalarEvent | SequenceEvent | MappingEvent,
): string {
	return tagStart < 0 ? "" : tags.read(text.slice(tagStart, tagEnd));
}

function composeScalar(composer: Composer, event: ScalarEvent): YamlNode {
	const text = getScalarValue(composer.text, event);
	const tag = tagOf(composer, event);
	const isPlain = event.style === SCALAR_STYLE.PLAIN;
	if (text === "" && isPlain && (tag === "!!map" || tag === "!!set"))
		return { kind: "mapping", tag, pairs: new Map() };
	if (text === "" && isPlain && /^!!(?:seq|omap|pairs)$/.test(tag))
		return { kind: "sequence", tag, items: [] };
	const { token, type } = toScalar(text, tag, isPlain);
	const isWord = isPlain && tag === "" && type === "str" && isAmbiguous(text);
	return {
		kind: "scalar",
		tag: tag === "!" ? "" : tag,
		token,
		type,
		text,
		isWord,
	};
}

function composeSequence(composer: Composer, event: SequenceEvent): Sequence {
	const items: YamlNode[] = [];
	while (!skipEnd(composer)) items.push(composeNode(composer));
	return { kind: "sequence", tag: collectionTag(composer, event), items };
}

function composeMapping(composer: Composer, event: MappingEvent): Mapping {
	const pairs = new Map<string, Pair>();
	let isMerged = false;
	while (!skipEnd(composer)) {
		const at = positionOf(composer.events[composer.next]);
		const key = composeNode(composer);
		const value = composeNode(composer);
		const sources = isMergeKey(key) ? mergeSources(value) : undefined;
		if (sources) {
			merge(composer, { pairs, at }, sources);
			isMerged = true;
		} else {
			const name = writeKeyName(key);
			const known = pairs.get(name);
			if (known && !known.isMerged)
				YAMLException.throwAt(composer.text, at, "duplicated mapping key");
			pairs.set(name, { key, value, isMerged: false });
		}
	}
	const tag = collectionTag(composer, event);
	return { kind: "mapping", tag, pairs, isMerged };
}

function collectionTag(
	composer: Composer,
	event: SequenceEvent | MappingEvent,
): string {
	const tag = tagOf(composer, event);
	return tag === "!" ? "" : tag;
}

function skipEnd(composer: Composer): boolean {
	const event = composer.events[composer.next];
	if (event && event.type !== EVENT_ID.POP) return false;
	composer.next += 1;
	return true;
}

function positionOf(event: Event | undefined): number {
	if (!event) return 0;
	if ("valueStart" in event && event.valueStart >= 0) return event.valueStart;
	if ("start" in event) return event.start;
	return "anchorStart" in event ? Math.max(0, event.anchorStart) : 0;
}

/** `<<` without quotes; in quotes it is a key like any other. */
function isMergeKey(key: YamlNode): boolean {
	return (
		key.kind === "scalar" &&
		key.text === "<<" &&
		(key.type === "merge" || key.tag === "!!merge")
	);
}

/** The mappings to be merged; `undefined` of a value that none can be taken from. */
function mergeSources(value: YamlNode): readonly Mapping[] | undefined {
	if (value.kind === "mapping") return [value];
	if (value.kind !== "sequence") return undefined;
	const mappings = value.items.filter((item) => item.kind === "mapping");
	return mappings.length === value.items.length ? mappings : undefined;
}

/** A key that is there stays as it is: of several sources the first counts. */
function merge(
	composer: Composer,
	{ pairs, at }: { readonly pairs: Map<string, Pair>; readonly at: number },
	sources: readonly Mapping[],
): void {
	for (const source of sources)
		for (const [name, { key, value }] of source.pairs) {
			composer.merged += 1;
			if (composer.merged > MAX_MERGED)
				YAMLException.throwAt(composer.text, at, "merge keys copy too much");
			if (!pairs.has(name)) pairs.set(name, { key, value, isMerged: true });
		}
}

interface PresentationNotes {
	readonly keyTypes: string[];
	readonly words: string[];
	readonly merges: string[];
	/** Keys and positions down to the value being written. */
	readonly path: (string | number)[];
}

function write(
	documents: readonly YamlNode[],
	found: PresentationNotes | undefined,
): string {
	const [only] = documents;
	const root: YamlNode =
		documents.length === 1 && only
			? only
			: { kind: "sequence", tag: "", items: [...documents] };
	const { length, depth } = measure(root, new Map());
	if (length > MAX_UNFOLDED)
		throw new RangeError("The document unfolds to more than 32 MB.");
	if (depth > MAX_UNFOLDED_DEPTH)
		throw new RangeError(`More than ${MAX_UNFOLDED_DEPTH} levels deep.`);
	const writer = createJsonWriter();
	writeNode(root, { writer, found });
	return writer.text();
}

interface Size {
	readonly length: number;
	readonly depth: number;
}

/** About how long it is when aliases are unfolded, and how deep. Each node is measured once, however many aliases it has. */
function measure(node: YamlNode, known: Map<YamlNode, Size>): Size {
	if (node.kind === "scalar")
		return { length: node.token.length + node.tag.length, depth: 1 };
	const before = known.get(node);
	if (before) return before;
	let length = 2;
	let depth = 0;
	const add = (child: YamlNode) => {
		const size = measure(child, known);
		length += size.length + 1;
		depth = Math.max(depth, size.depth);
	};
	if (node.kind === "sequence") for (const item of node.items) add(item);
	else
		for (const { key, value } of node.pairs.values()) {
			add(key);
			add(value);
		}
	const size = { length, depth: depth + 1 };
	known.set(node, size);
	return size;
}

interface Writing {
	readonly writer: JsonWriter;
	readonly found: PresentationNotes | undefined;
}

function writeNode(node: YamlNode, writing: Writing): void {
	const { writer, found } = writing;
	if (node.tag) writer.write(`${node.tag} `);
	switch (node.kind) {
		case "scalar":
			if (node.isWord) found?.words.push(JSON.stringify(found.path));
			writer.write(node.token);
			return;
		case "sequence":
			writer.writeItems("[]", node.items, (item, index) => {
				found?.path.push(index);
				writeNode(item, writing);
				found?.path.pop();
			});
			return;
		case "mapping":
			if (node.isMerged) found?.merges.push(JSON.stringify(found.path));
			writer.writeItems("{}", node.pairs.values(), ({ key, value }) => {
				const name = keyTextOf(key);
				found?.path.push(name);
				if (found && !isStringKey(key))
					found.keyTypes.push(
						`${JSON.stringify(found.path)} ${writeKeyName(key)}`,
					);
				writer.write(`${JSON.stringify(name)}:`);
				writeNode(value, writing);
				found?.path.pop();
			});
	}
}

function isStringKey(key: YamlNode): boolean {
	return key.kind === "scalar" && key.type === "str" && key.tag === "";
}

/** A scalar as it reads; anything else as extended JSON. */
function keyTextOf(key: YamlNode): string {
	if (key.kind !== "scalar") return writeKeyName(key);
	return key.type === "null" || key.type === "bool" ? key.token : key.text;
}

/** Two keys that are the same have the same; `1` and `"1"` have not. */
function writeKeyName(key: YamlNode): string {
	if (key.kind === "scalar") return `${key.tag} ${key.token}`;
	const writer = createJsonWriter();
	writeNode(key, { writer, found: undefined });
	return writer.text();
}

function presentationOf(
	text: string,
	events: readonly Event[],
	{ keyTypes, words, merges }: PresentationNotes,
): Presentation {
	const documents = events.filter(({ type }) => type === EVENT_ID.DOCUMENT);
	const directives = events.map((event) =>
		event.type === EVENT_ID.DOCUMENT ? event.directives : [],
	);
	const anchors = events.flatMap((event) =>
		"anchorStart" in event && event.anchorStart >= 0
			? text.slice(event.anchorStart - 1, event.anchorEnd)
			: [],
	);
	return {
		documents: `${documents.length}`,
		keyTypes: keyTypes.sort().join("\n"),
		words: words.sort().join("\n"),
		merges: merges.sort().join("\n"),
		anchors: anchors.join("\n"),
		comments: commentsOf(text, events).join("\n"),
		directives: directives
			.flat()
			.map((directive) => JSON.stringify(directive))
			.join("\n"),
	};
}

/** In order, each from its number sign to the end of its line. */
function commentsOf(text: string, events: readonly Event[]): readonly string[] {
	const comments: string[] = [];
	const scalars = events.filter(
		(event): event is ScalarEvent =>
			event.type === EVENT_ID.SCALAR && event.valueStart >= 0,
	);
	let next = 0;
	for (let at = text.indexOf("#"); at >= 0; ) {
		while ((scalars[next]?.valueEnd ?? text.length) <= at) next += 1;
		const scalar = scalars[next];
		if (scalar && scalar.valueStart <= at) at = scalar.valueEnd;
		else if (at > 0 && !/\s/.test(text.charAt(at - 1))) at += 1;
		else {
			const end = endOfLine(text, at);
			comments.push(text.slice(at, end).trimEnd());
			at = end;
		}
		at = text.indexOf("#", at);
	}
	return comments;
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf("\n", from);
	return end < 0 ? text.length : end;
}
