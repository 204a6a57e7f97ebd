// One configuration on show: what kind it is, the views that it has, and the one that was chosen.
import { useMemo, useRef, useState } from "preact/hooks";
import type { DocumentKind } from "../../document/kind.ts";
import type { ConfigurationViewProps } from "./ConfigurationView.tsx";
import { ConvertedPane } from "./ConvertedPane.tsx";
import { FlagsPane } from "./FlagsPane.tsx";
import { HexView } from "./HexView.tsx";
import { JsonPane } from "./JsonPane.tsx";
import { recall, remember } from "./memory.ts";
import { looksLikeFlags, openDocument } from "./open-document.ts";
import { TextPane } from "./TextPane.tsx";
import { useFindControl } from "./use-find-control.tsx";
import { type ViewName, ViewSwitch } from "./ViewSwitch.tsx";
import "./viewer.css";

export function Viewer(props: ConfigurationViewProps) {
	const { body, contentType, compact, memoryKey, onSay } = props;
	const element = useRef<HTMLDivElement>(null);
	const { kind, notes } = useMemo(
		() => openDocument(body, contentType),
		[body, contentType],
	);
	const [chosen, setChosen] = useState(() => recall(memoryKey));
	const find = useFindControl(() => focusRows(element.current));
	const names = useMemo(() => viewsOf(kind, body), [kind, body]);
	const previous = usePrevious(props);
	const view = names.find((name) => name === chosen) ?? names[0];
	const choose = (name: ViewName) => {
		setChosen(name);
		remember(memoryKey, name);
	};
	const viewSwitch = (
		<ViewSwitch names={names} chosen={view} onChoose={choose} />
	);
	const pane = {
		body,
		viewSwitch,
		find,
		onSay: onSay ?? ignore,
		onFocusRows: () => focusRows(element.current),
	};
	return (
		<div class={compact ? "viewer compact" : "viewer"} ref={element}>
			{notes.map((note) => (
				<p key={note} class="problem note">
					{note}
				</p>
			))}
			{(view === "tree" || view === "pretty") &&
				(kind === "yaml" || kind === "ion" ? (
					<ConvertedPane {...pane} view={view} kind={kind} />
				) : (
					<JsonPane {...pane} view={view} />
				))}
			{view === "flags" && <FlagsPane {...pane} previous={previous} />}
			{view === "raw" && (
				<TextPane body={body} kind={kind} viewSwitch={viewSwitch} find={find} />
			)}
			{view === "hex" && <HexView body={body} />}
		</div>
	);
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
		case "yaml":
		case "ion":
			return ["raw", "tree", "pretty"];
		default:
			return ["raw"];
	}
}

/** The body given as such, or the one that was on show before this one. */
function usePrevious({ body, previous }: ConfigurationViewProps) {
	const shown = useRef<{ body: Uint8Array; before?: Uint8Array }>({ body });
	if (shown.current.body !== body)
		shown.current = { body, before: shown.current.body };
	return previous ?? shown.current.before;
}

function focusRows(viewer: HTMLElement | null): void {
	viewer?.querySelector<HTMLElement>(".scroller")?.focus();
}

// A caller that wants no confirmations hears none.
function ignore(): void {}
