// The place in a page where a text is offered that the clipboard refused.

import { useModule } from "../hooks/use-module.ts";
import type { Status } from "../hooks/use-status.ts";

const loadRefusedText = () => import("./ManualCopyDialog.tsx");

export function OfferedText({ offered = "", announce }: Status) {
	const refused = useModule(offered !== "", loadRefusedText);
	return (
		refused && (
			<refused.ManualCopyDialog
				text={offered}
				onClose={() => announce("", "")}
			/>
		)
	);
}
