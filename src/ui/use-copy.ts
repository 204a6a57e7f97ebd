// Copying the configuration on show, as a hook: exactly its bytes, or a choice of how when they are no text.
import { useState } from "preact/hooks";
import { toBase64, toHex } from "./bytes-as-text.ts";
import { copyText, toClipboardText } from "./clipboard.ts";
import { exactSize } from "./size.ts";
import type { Body } from "./use-body.ts";

export interface Copying {
	/** Absent while there is nothing to copy. */
	readonly copy: (() => void) | undefined;
	/** Present when the bytes cannot go to the clipboard as they are. */
	readonly binary: Binary | undefined;
}

export interface Binary {
	readonly size: number;
	copyAs(form: "Base64" | "hex"): void;
	download(): void;
	dismiss(): void;
}

const REFUSED =
	"The browser refused the clipboard. Click into this view and try again.";

export function useCopy(body: Body, say: (text: string) => void): Copying {
	const [asked, setAsked] = useState<Body>();
	if (body.state !== "ready") return { copy: undefined, binary: undefined };
	const { bytes, number } = body;
	const put = async (text: string, what: string) =>
		say((await copyText(text)) ? `Copied ${what}.` : REFUSED);
	const copy = () => {
		const text = toClipboardText(bytes);
		if (text === undefined) setAsked(body);
		else void put(text, `${exactSize(bytes.length)} of version ${number}`);
	};
	const dismiss = () => setAsked(undefined);
	const binary: Binary = {
		size: bytes.length,
		copyAs: (form) => {
			const text = form === "hex" ? toHex(bytes) : toBase64(bytes);
			void put(
				text,
				`${exactSize(bytes.length)} of version ${number} as ${form}`,
			);
			dismiss();
		},
		download: () => {
			download(bytes, `version-${number}.bin`);
			say(`Downloading ${exactSize(bytes.length)} of version ${number}.`);
			dismiss();
		},
		dismiss,
	};
	return { copy, binary: asked === body ? binary : undefined };
}

function download(bytes: Uint8Array, name: string): void {
	// IndexedDB never gives shared memory.
	const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
	const link = document.createElement("a");
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	URL.revokeObjectURL(link.href);
}
