// Two versions compared: the door to the comparison, which is loaded when it is asked for the first time.
//
// The caller gives it the rest of a flex column (it fills it) and names the region.

import { LoadError } from "../components/lazy.tsx";
import type { Content } from "../content/content.ts";
import type { CopyFormat } from "../diff/messages.ts";
import { useModule } from "../hooks/use-module.ts";

/** One version, or the live one of a profile. */
export interface CompareSide {
	readonly content: Content;
	/** `Version 3`, or the profile's name. */
	readonly name: string;
	readonly label?: string | undefined;
	/** SHA-256, hexadecimal. */
	readonly hash: string;
	/** Epoch ms: when it was received. */
	readonly receivedAt: number;
}

export interface CompareViewProps {
	readonly original: CompareSide;
	readonly modified: CompareSide;
	/** The file that a copied patch is for: `flags.json`. */
	readonly fileName: string;
	/** Little room: the popup. */
	readonly compact: boolean;
	/** Under it the chosen view is remembered. */
	readonly memoryKey: string;
	/** Puts the text on the clipboard and says that it did: `what` reads "Copied …". */
	readonly onCopy: (text: string, what: string, form: CopyFormat) => void;
}

const loadComparison = () => import("./ComparePane.tsx");

export function CompareView(props: CompareViewProps) {
	const { module: loaded, retry } = useModule(true, loadComparison);
	const { original, modified } = props;
	if (loaded)
		return (
			<loaded.ComparePane
				key={`${original.hash} ${modified.hash}`}
				{...props}
			/>
		);
	return <div class="nothing">{retry && <LoadError onRetry={retry} />}</div>;
}
