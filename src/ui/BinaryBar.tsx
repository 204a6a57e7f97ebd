// When the bytes are no text: in which form they are to be copied.
import { Button } from "./Button.tsx";
import { exactSize } from "./size.ts";
import type { Binary } from "./use-copy.ts";

export function BinaryBar({ binary }: { binary: Binary }) {
	return (
		<div class="bar info">
			<span class="message">
				These {exactSize(binary.size)} are not UTF-8 text, so the clipboard
				cannot hold them as they are.
			</span>
			<span class="choices">
				<Button name="Copy as Base64" onClick={() => binary.copyAs("Base64")} />
				<Button name="Copy as hex" onClick={() => binary.copyAs("hex")} />
				<Button name="Download" onClick={binary.download} />
				<Button name="Cancel" onClick={binary.dismiss} />
			</span>
		</div>
	);
}
