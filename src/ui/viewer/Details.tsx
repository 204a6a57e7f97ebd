import { useMemo, useRef } from "preact/hooks";
import { looksBinary } from "../../document/formats/kind.ts";
import { decodeString, valueSource } from "../../document/json/children.ts";
import { formatPath, pathOf } from "../../document/json/paths.ts";
import { at, STRING, type Tree } from "../../document/json/tree.ts";
import { fromBase64 } from "../../storage/byte-encoding.ts";
import { escapedText } from "../components/text-spans.tsx";
import { type JsonSource, openJsonText } from "../content/json-source.ts";
import { useJsonDocument } from "../content/use-json-document.ts";
import { useEscape } from "../hooks/use-escape.ts";
import { NO_MATCHES } from "./find/use-find.ts";
import { HexView } from "./hex/HexView.tsx";
import { FormattedView } from "./text/FormattedView.tsx";
import { TextView } from "./text/TextView.tsx";
import { useNodeActions } from "./tree/use-node-actions.tsx";
import { useTreeState } from "./tree/use-tree-state.ts";
import { detectedValueOf } from "./tree/Value.tsx";

export interface DetailsProps {
	readonly tree: Tree;
	readonly node: number;
	readonly onClose: () => void;
}

export function Details({ tree, node, onClose }: DetailsProps) {
	const opened = useMemo(() => detailsOf(tree, node), [tree, node]);
	const path = formatPath(pathOf(tree, node), "JSONPath");
	const element = useRef<HTMLElement>(null);
	const close = () => {
		// What it was opened from stands before it.
		const viewer = element.current?.closest(".viewer");
		viewer?.querySelector<HTMLElement>(".scroller")?.focus();
		onClose();
	};
	useEscape(true, close);
	return (
		<section class="details" aria-label="Value" ref={element}>
			<header>
				<span class="title">
					{opened.title} <code>{escapedText(path)}</code>
				</span>
				<button type="button" aria-label="Close value" onClick={close}>
					✕
				</button>
			</header>
			{"json" in opened && <NestedJsonView source={opened.json} />}
			{"text" in opened && <TextView text={opened.text} kind="text" />}
			{"bytes" in opened && <HexView bytes={opened.bytes} />}
		</section>
	);
}

type Opened = { readonly title: string } & (
	| { readonly json: JsonSource }
	| { readonly text: string }
	| { readonly bytes: Uint8Array }
);

/** Base64 is decoded and JSON in a string is parsed. */
function detailsOf(tree: Tree, node: number): Opened {
	const source = valueSource(tree, node);
	const text = at(tree.kind, node) === STRING ? decodeString(source) : source;
	const detected = detectedValueOf(tree, node);
	if (detected?.type === "base64") {
		const title = "base64, decoded";
		const bytes = fromBase64(detected.bytes);
		const decoded = new TextDecoder().decode(bytes);
		const isBinary = looksBinary(decoded) || decoded.includes("\ufffd");
		return isBinary ? { title, bytes } : { title, text: decoded };
	}
	return detected?.type === "json"
		? { title: "JSON in a string", json: openJsonText(text, "json") }
		: { title: "Value", text };
}

export interface NestedJsonViewProps {
	readonly source: JsonSource;
}

// What is opened beside a row opens nothing beside it.
export function NestedJsonView({ source }: NestedJsonViewProps) {
	const json = useJsonDocument(source);
	const control = useTreeState(json.tree, Number.POSITIVE_INFINITY);
	const { onAct, menu } = useNodeActions({ tree: json.tree });
	return (
		<>
			<FormattedView
				json={json}
				control={control}
				found={NO_MATCHES}
				onAct={onAct}
			/>
			{menu}
		</>
	);
}
