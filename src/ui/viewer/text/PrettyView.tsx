// A JSON document of its own as formatted text.
import type { Say } from "../../hooks/use-status.ts";
import { NO_FOUND } from "../find/no-matches.ts";
import { useJson } from "../tree/use-json.ts";
import { useNodeActs } from "../tree/use-node-actions.tsx";
import { useOutline } from "../tree/use-tree-state.ts";
import { FormattedView } from "./FormattedView.tsx";

export interface PrettyViewProps {
	readonly body: Uint8Array;
	readonly onSay: Say;
}

// What is opened beside a row opens nothing beside it.
export function PrettyView({ body, onSay }: PrettyViewProps) {
	const json = useJson(body);
	const control = useOutline(json.tree, Number.POSITIVE_INFINITY);
	const { onAct, menu } = useNodeActs({ tree: json.tree, say: onSay });
	return (
		<>
			<FormattedView
				json={json}
				control={control}
				found={NO_FOUND}
				onAct={onAct}
			/>
			{menu}
		</>
	);
}
