// A value opened beside its row: a long string in full, or what is wrapped inside it.
import { useMemo, useRef } from "preact/hooks";
import { looksBinary } from "../../../document/formats/detect-kind.ts";
import { decodeString, valueSource } from "../../../document/json/children.ts";
import { formatPath, pathOf } from "../../../document/json/paths.ts";
import { at, STRING, type Tree } from "../../../document/json/tree.ts";
import { escapedText } from "../../components/text-spans.tsx";
import { useEscape } from "../../hooks/use-escape.ts";
import type { Announce } from "../../hooks/use-status.ts";
import { HexView } from "../hex/HexView.tsx";
import { NestedJsonView } from "../text/PrettyView.tsx";
import { TextView } from "../text/TextView.tsx";
import { detectedValueOf } from "./ValueBadge.tsx";

export interface DetailsProps {
	readonly tree: Tree;
	readonly node: number;
	readonly onSay: Announce;
	readonly onClose: () => void;
}

export function Details({ tree, node, onSay, onClose }: DetailsProps) {
	const { title, body, kind } = useMemo(
		() => contentOf(tree, node),
		[tree, node],
	);
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
					{title} <code>{escapedText(path)}</code>
				</span>
				<button type="button" aria-label="Close value" onClick={close}>
					✕
				</button>
			</header>
			{kind === "json" && <NestedJsonView body={body} onSay={onSay} />}
			{kind === "text" && <TextView body={body} kind="text" />}
			{kind === "hex" && <HexView body={body} />}
		</section>
	);
}

interface Content {
	readonly title: string;
	readonly body: Uint8Array;
	readonly kind: "json" | "text" | "hex";
}

function contentOf(tree: Tree, node: number): Content {
	const source = valueSource(tree, node);
	const text = at(tree.kind, node) === STRING ? decodeString(source) : source;
	const what = detectedValueOf(tree, node);
	if (what?.type === "base64") {
		const body = Uint8Array.from(atob(what.bytes), (char) =>
			char.charCodeAt(0),
		);
		const decoded = new TextDecoder().decode(body);
		const isBinary = looksBinary(decoded) || decoded.includes("\ufffd");
		const kind = isBinary ? "hex" : "text";
		return { title: "base64, decoded", body, kind };
	}
	const body = new TextEncoder().encode(text);
	return what?.type === "json"
		? { title: "JSON in a string", body, kind: "json" }
		: { title: "Value", body, kind: "text" };
}
