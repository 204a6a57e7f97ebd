// One configuration on show: what kind it is, the views that it has, and the one that was chosen.
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DocumentKind } from "../../document/formats/kind.ts";
import { toUtf8 } from "../content/charset.ts";
import { looksLikeFlags, openDocument } from "../content/content.ts";
import { useEncodingNote } from "../content/use-encoding-note.ts";
import { usePacking } from "../content/use-packing.ts";
import type { ConfigurationViewProps } from "./ConfigurationView.tsx";
import { ConvertedPane } from "./ConvertedPane.tsx";
import { useFindControl } from "./find/use-find-control.tsx";
import { FlagsPane } from "./flags/FlagsPane.tsx";
import { HexView } from "./hex/HexView.tsx";
import { TextPane } from "./text/TextPane.tsx";
import { JsonPane } from "./tree/JsonPane.tsx";
import { useChangeHighlight } from "./tree/use-change-highlight.ts";
import { type ViewName, ViewSwitch } from "./ViewSwitch.tsx";
import { loadPreference, savePreference } from "./view-preferences.ts";
import "./viewer.css";

export function Viewer(props: ConfigurationViewProps) {
	const { contentType, compact } = props;
	// Below, everything reads UTF-8 where the content type declares something else.
	const { body, note: charsetNote } = toUtf8(props.body, contentType);
	const element = useRef<HTMLDivElement>(null);
	const { kind, note } = useMemo(
		() => openDocument(props.body, contentType),
		[props.body, contentType],
	);
	const encodingNote = useEncodingNote(body, kind);
	usePacking(body);
	const { names, view, choose } = useView({ ...props, body }, kind);
	return (
		<div class={compact ? "viewer compact" : "viewer"} ref={element}>
			{[note, charsetNote, encodingNote]
				.filter((words) => words !== "")
				.map((words) => (
					<p key={words} class="problem note">
						{words}
					</p>
				))}
			<Pane
				{...props}
				body={kind === "binary" ? props.body : body}
				{...{ kind, names, view, choose }}
				onFocusRows={focusRows(element)}
			/>
		</div>
	);
}

// Made here, not in the component: a listener keeps it for as long as the page is open, with
// everything that other closures made beside it refer to.
function focusRows(element: RefObject<HTMLElement | null>): () => void {
	return () =>
		element.current?.querySelector<HTMLElement>(".scroller")?.focus();
}

interface Views {
	readonly names: readonly ViewName[];
	readonly view: ViewName;
	readonly choose: (name: ViewName) => void;
}

function useView(props: ConfigurationViewProps, kind: DocumentKind): Views {
	const { body, preferencesKey, initialView, onView } = props;
	const names = useMemo(() => viewsOf(kind, body), [kind, body]);
	const [chosen, setChosen] = useState(
		() => initialView ?? loadPreference(preferencesKey, "view"),
	);
	const view = names.find((name) => name === chosen) ?? firstView(kind, names);
	useTold(onView, view);
	return {
		names,
		view,
		choose: (name) => {
			setChosen(name);
			savePreference(preferencesKey, "view", name);
		},
	};
}

/** Apart, so that the effect, which runs once for many versions, does not keep the first one. */
function useTold(
	onView: ConfigurationViewProps["onView"],
	view: ViewName,
): void {
	useEffect(() => onView?.(view), [onView, view]);
}

function viewsOf(
	kind: DocumentKind,
	body: Uint8Array,
): readonly [ViewName, ...ViewName[]] {
	switch (kind) {
		case "binary":
			return ["hex"];
		case "json":
			return looksLikeFlags(body)
				? ["flags", "tree", "pretty", "raw"]
				: ["tree", "pretty", "raw"];
		case "json-lines":
		case "yaml":
		case "ion":
			return ["tree", "pretty", "raw"];
		default:
			return ["raw"];
	}
}

/** YAML and Ion are written to be read by people: they show as they are until a view is chosen. */
function firstView(
	kind: DocumentKind,
	[first]: readonly [ViewName, ...ViewName[]],
): ViewName {
	return kind === "yaml" || kind === "ion" ? "raw" : first;
}

interface PaneProps extends ConfigurationViewProps, Views {
	readonly kind: DocumentKind;
	/** Gives the focus back to the rows. */
	readonly onFocusRows: () => void;
}

function Pane(props: PaneProps) {
	const { body, kind, names, view, choose, preferencesKey, onFocusRows } =
		props;
	const { onSay = ignore } = props;
	const find = useFindControl(onFocusRows);
	const viewSwitch = (
		<ViewSwitch names={names} chosen={view} onChoose={choose} />
	);
	const flash = useChangeHighlight(props);
	const pane = {
		body,
		viewSwitch,
		find,
		memoryKey: preferencesKey,
		flash,
		onSay,
	};
	switch (view) {
		case "hex":
			return <HexView body={body} />;
		case "flags":
			return <FlagsPane {...pane} step={props.step} />;
		case "raw":
			return (
				<TextPane
					{...pane}
					kind={kind}
					onTree={names.includes("tree") ? () => choose("tree") : undefined}
				/>
			);
		default:
			return kind === "yaml" || kind === "ion" ? (
				<ConvertedPane {...pane} view={view} kind={kind} />
			) : (
				<JsonPane
					{...pane}
					key={kind}
					dialect={kind === "json-lines" ? "lines" : "json"}
					view={view}
				/>
			);
	}
}

// A caller that wants no confirmations hears none.
function ignore(): void {}
