// A JSON document of its own as formatted text.

import { FormattedView } from "./FormattedView.tsx";
import { NO_FOUND } from "./found.ts";
import { useJson } from "./use-json.ts";
import { useOutline } from "./use-outline.ts";

export function PrettyView({ body }: { body: Uint8Array }) {
	const json = useJson(body);
	const control = useOutline(json.tree, Number.POSITIVE_INFINITY);
	return (
		<FormattedView
			json={json}
			control={control}
			found={NO_FOUND}
			onAct={ignore}
		/>
	);
}

// What is opened beside a row opens nothing beside it.
function ignore(): void {}
