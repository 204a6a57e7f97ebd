import { splitUntrustedText } from "../../core/shared/untrusted-text.ts";

/**
 * Text that a service, a file or another person wrote: its direction does not reach the text around it, and characters that
 * are invisible or reorder others are shown as escapes. Where elements cannot be used, call `escapeInvisible`.
 */
export function ForeignText({ text }: { readonly text: string }) {
	// Nothing in it has a direction of its own, and most texts are such.
	if (/^[ -~]*$/.test(text)) return <>{text}</>;
	const pieces = splitUntrustedText(text);
	return (
		<bdi>
			{pieces.map((piece, index) =>
				piece.isEscape ? (
					<span key={index} class="escape" dir="ltr">
						{piece.text}
					</span>
				) : (
					piece.text
				),
			)}
		</bdi>
	);
}
