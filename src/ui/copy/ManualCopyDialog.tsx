import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../components/Dialog.tsx";

export interface ManualCopyDialogProps {
	readonly text: string;
	readonly onClose: () => void;
}

/** Selects a text that the browser did not copy, so that the user can copy it by keyboard. */
export function ManualCopyDialog({ text, onClose }: ManualCopyDialogProps) {
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		field.current?.focus();
		field.current?.select();
	}, [text]);
	return (
		<Dialog title="Couldn't copy" onClose={onClose}>
			<p role="alert">The text is selected. Copy it with Ctrl+C or ⌘C.</p>
			<textarea
				ref={field}
				readOnly
				aria-label="Text to copy"
				value={text}
				onCopy={(event) => {
					if (!isWhole(event.currentTarget)) return;
					// A field's value has LF where the text has CRLF. https://html.spec.whatwg.org/multipage/form-elements.html#concept-textarea-api-value
					event.clipboardData?.setData("text/plain", text);
					event.preventDefault();
				}}
			/>
		</Dialog>
	);
}

function isWhole(field: HTMLTextAreaElement): boolean {
	const { selectionStart, selectionEnd, value } = field;
	return selectionStart === 0 && selectionEnd === value.length;
}
