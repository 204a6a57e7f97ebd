// A JSON document of its own as formatted text.

import type { JsonSource } from "../content/json-source.ts";
import { useJsonDocument } from "../content/use-json-document.ts";
import { NO_MATCHES } from "./find/no-matches.ts";
import { FormattedView } from "./text/FormattedView.tsx";
import { useNodeActions } from "./tree/use-node-actions.tsx";
import { useTreeState } from "./tree/use-tree-state.ts";

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
