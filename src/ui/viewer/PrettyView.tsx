// A JSON document of its own as formatted text.
import type { Say } from "../parts/use-status.ts";
import { FormattedView } from "./FormattedView.tsx";
import { NO_FOUND } from "./found.ts";
import { useJson } from "./use-json.ts";
import { useNodeActs } from "./use-node-acts.tsx";
import { useOutline } from "./use-outline.ts";

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
