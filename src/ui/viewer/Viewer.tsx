import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { loadPreference, savePreference } from "../components/preferences.ts";
import type { Content } from "../content/content.ts";
import { isConvertible } from "../content/conversion.ts";
import {
	type ChangeHighlight,
	type PreviousVersion,
	useChangeHighlight,
} from "../content/previous-version.ts";
import { useEncodingNotes } from "../content/use-encoding-notes.ts";
import type { SourceHighlight } from "../content/use-json-document.ts";
import { useFindControl } from "./find/FindBar.tsx";
import { FlagsPane } from "./flags/FlagsPane.tsx";
import { HexView } from "./hex/HexView.tsx";
import { ConvertedPane, JsonPane } from "./JsonPane.tsx";
import { TextPane } from "./text/TextPane.tsx";
import "./viewer.css";

export interface ViewerProps {
	readonly content: Content;
	/** Little room: the popup. */
	readonly compact: boolean;
	/** The chosen view is stored under it. */
	readonly preferencesKey: string;
	/** Instead of the stored one. */
	readonly initialView?: string | undefined;
	/** Is called with the view on show. */
	readonly onView?: ((view: string) => void) | undefined;
	readonly previous?: PreviousVersion | undefined;
	/** Changes of it are highlighted when it arrives. */
	readonly isNewest?: boolean | undefined;
}

export function Viewer(props: ViewerProps) {
	const { content, compact } = props;
	const element = useRef<HTMLDivElement>(null);
	const encodingNotes = useEncodingNotes(content);
	const views = useView(props);
	return (
		<div class={compact ? "viewer compact" : "viewer"} ref={element}>
			{[content.note, ...encodingNotes]
				.filter((note) => note !== "")
				.map((note) => (
					<p key={note} class="problem note">
						{note}
					</p>
				))}
			<Pane
				content={content}
				views={views}
				preferencesKey={props.preferencesKey}
				previous={props.previous}
				isNewest={props.isNewest}
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

function useView(props: ViewerProps): Views {
	const { content, preferencesKey, initialView, onView } = props;
	const names = viewsOf(content);
	const [chosen, setChosen] = useState(
		() => initialView ?? loadPreference(preferencesKey, "view"),
	);
	const view =
		names.find((name) => name === chosen) ?? defaultView(content, names);
	useOnView(onView, view);
	return {
		names,
		view,
		choose: (name) => {
			setChosen(name);
			savePreference(preferencesKey, "view", name);
		},
	};
}

/** Apart, so that the effect, which runs once for many versions, does not retain the first one. */
function useOnView(onView: ViewerProps["onView"], view: ViewName): void {
	useEffect(() => onView?.(view), [onView, view]);
}

function viewsOf({
	kind,
	looksLikeFlags,
}: Content): readonly [ViewName, ...ViewName[]] {
	switch (kind) {
		case "binary":
			return ["hex"];
		case "json":
			return looksLikeFlags
				? ["flags", "tree", "formatted", "raw"]
				: ["tree", "formatted", "raw"];
		case "json-lines":
		case "yaml":
		case "ion":
			return ["tree", "formatted", "raw"];
		default:
			return ["raw"];
	}
}

/** YAML and Ion are written to be read by people: they are shown as they are until a view is chosen. */
function defaultView(
	{ kind }: Content,
	[first]: readonly [ViewName, ...ViewName[]],
): ViewName {
	return kind === "yaml" || kind === "ion" ? "raw" : first;
}

interface PaneProps
	extends Pick<
		ViewerProps,
		"content" | "preferencesKey" | "previous" | "isNewest"
	> {
	readonly views: Views;
	/** Gives the focus back to the rows. */
	readonly onFocusRows: () => void;
}

function Pane(props: PaneProps) {
	const { content, views, preferencesKey, onFocusRows } = props;
	const { previous, isNewest = false } = props;
	const { names, view, choose } = views;
	const find = useFindControl(onFocusRows);
	const viewSwitch = (
		<ViewSwitch names={names} chosen={view} onChoose={choose} />
	);
	const highlight = useChangeHighlight(content, previous, isNewest);
	switch (view) {
		case "hex":
			return <HexView bytes={content.bytes} />;
		case "flags":
			return (
				<FlagsPane
					source={content.json()}
					content={content}
					previous={previous}
					highlight={ofSource(highlight)}
					viewSwitch={viewSwitch}
					preferencesKey={preferencesKey}
				/>
			);
		case "raw":
			return (
				<TextPane
					content={content}
					viewSwitch={viewSwitch}
					find={find}
					preferencesKey={preferencesKey}
					onTree={names.includes("tree") ? () => choose("tree") : undefined}
				/>
			);
		default:
			return isConvertible(content) ? (
				<ConvertedPane
					content={content}
					view={view}
					viewSwitch={viewSwitch}
					find={find}
					highlight={highlight}
				/>
			) : (
				<JsonPane
					key={content.kind}
					view={view}
					viewSwitch={viewSwitch}
					find={find}
					source={content.json()}
					content={content}
					highlight={ofSource(highlight)}
				/>
			);
	}
}

function ofSource(
	highlight: ChangeHighlight | undefined,
): SourceHighlight | undefined {
	return (
		highlight && { source: highlight.content.json(), nodes: highlight.nodes }
	);
}

const NAMES = {
	tree: "Tree",
	formatted: "Formatted",
	flags: "Flags",
	raw: "Raw",
	hex: "Hex",
} as const;

export type ViewName = keyof typeof NAMES;

export interface ViewSwitchProps {
	readonly names: readonly ViewName[];
	readonly chosen: ViewName;
	readonly onChoose: (name: ViewName) => void;
}

export function ViewSwitch({ names, chosen, onChoose }: ViewSwitchProps) {
	if (names.length < 2) return null;
	return (
		<fieldset aria-label="View">
			{names.map((name) => (
				<button
					key={name}
					type="button"
					aria-pressed={name === chosen}
					onClick={() => onChoose(name)}
				>
					{NAMES[name]}
				</button>
			))}
		</fieldset>
	);
}
