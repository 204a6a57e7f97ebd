import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { ForeignText } from "./ForeignText.tsx";
import "./dialog.css";

export interface DialogProps {
	readonly title: string;
	readonly children: ComponentChildren;
	/** As large as the page. */
	readonly isWide?: boolean;
	readonly onClose: () => void;
}

export function Dialog(props: DialogProps) {
	const { title, children, isWide, onClose } = props;
	const dialog = useRef<HTMLDialogElement>(null);
	const isLeaving = useRef(false);
	const id = useId();
	useLayoutEffect(() => {
		const opener = document.activeElement;
		dialog.current?.showModal();
		return () => {
			// While it is modal, nothing behind it takes the focus.
			isLeaving.current = true;
			dialog.current?.close();
			if (opener instanceof HTMLElement) opener.focus();
		};
	}, []);
	return (
		<dialog
			class={isWide ? "dialog wide" : "dialog"}
			aria-labelledby={id}
			ref={dialog}
			onClose={() => {
				if (!isLeaving.current) onClose();
			}}
			// Keys of the page below mean nothing in here.
			onKeyDown={(event) => event.stopPropagation()}
		>
			<header>
				<h2 id={id}>
					<ForeignText text={title} />
				</h2>
				<button
					type="button"
					class="button bare"
					aria-label="Close"
					onClick={onClose}
				>
					✕
				</button>
			</header>
			{children}
		</dialog>
	);
}
