import { lazy } from "../components/lazy.tsx";
import { useAnnounce, useStatus } from "../components/status.tsx";

const ManualCopyDialog = lazy(
	() => import("./ManualCopyDialog.tsx"),
	"ManualCopyDialog",
);

/** Offers a text for copying by keyboard after the browser refused the clipboard. */
export function ManualCopy() {
	const { textToCopy } = useStatus();
	const announce = useAnnounce();
	if (!textToCopy) return null;
	return (
		<ManualCopyDialog text={textToCopy} onClose={() => announce("", "")} />
	);
}
