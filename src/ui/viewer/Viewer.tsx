// One configuration on show: what kind it is, the views that it has, and the one that was chosen.

import { useMemo, useState } from "preact/hooks";
import type { ConfigurationViewProps } from "./ConfigurationView.tsx";
import { HexView } from "./HexView.tsx";
import { recall, remember } from "./memory.ts";
import { openDocument } from "./open-document.ts";
import { PrettyView } from "./PrettyView.tsx";
import { RawView } from "./RawView.tsx";
import "./viewer.css";

const NAMES = { pretty: "Pretty", raw: "Raw", hex: "Hex" } as const;
type ViewName = keyof typeof NAMES;

export function Viewer(props: ConfigurationViewProps) {
	const { body, contentType, compact, memoryKey } = props;
	const { kind, note } = useMemo(
		() => openDocument(body, contentType),
		[body, contentType],
	);
	const [chosen, setChosen] = useState(() => recall(memoryKey));
	const names = namesFor(kind);
	const view = names.find((name) => name === chosen) ?? names[0];
	const choose = (name: ViewName) => {
		setChosen(name);
		remember(memoryKey, name);
	};
	return (
		<div class={compact ? "viewer compact" : "viewer"}>
			{names.length > 1 && (
				<Switch names={names} chosen={view} onChoose={choose} />
			)}
			{note && <p class="problem note">{note}</p>}
			{view === "pretty" && <PrettyView body={body} />}
			{view === "raw" && <RawView body={body} kind={kind} />}
			{view === "hex" && <HexView body={body} />}
		</div>
	);
}

function namesFor(kind: string): readonly [ViewName, ...ViewName[]] {
	if (kind === "binary") return ["hex"];
	return kind === "json" ? ["pretty", "raw"] : ["raw"];
}

interface SwitchProps {
	readonly names: readonly ViewName[];
	readonly chosen: ViewName;
	readonly onChoose: (name: ViewName) => void;
}

function Switch({ names, chosen, onChoose }: SwitchProps) {
	return (
		<fieldset class="views" aria-label="View">
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
