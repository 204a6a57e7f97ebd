// A text that the clipboard refused: offered selected, so that the keyboard's own copying gets it.
import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../components/Dialog.tsx";

export interface ManualCopyDialogProps {
	readonly text: string;
	readonly onClose: () => void;
}

export function ManualCopyDialog({ text, onClose }: ManualCopyDialogProps) {
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		field.current?.focus();
		field.current?.select();
	}, [text]);
	return (
		<Dialog title="The clipboard refused" onClose={onClose}>
			<p role="alert">The text is selected: copy it with Ctrl+C or ⌘C.</p>
			<textarea
				ref={field}
				readOnly
				aria-label="Text to copy"
				value={text}
				onCopy={(event) => {
					if (!isWhole(event.currentTarget)) return;
					// A field's value has other line ends than the text. https://html.spec.whatwg.org/multipage/form-elements.html#concept-textarea-api-value
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
