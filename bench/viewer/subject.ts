// What every viewer on the bench can be asked, from inside its page.

export interface Subject {
	/** Shows JSON, bytes at hand; returns when the work was handed to the browser. */
	show(bytes: Uint8Array): void;
	/** Opens everything there is. */
	expandAll?(): void;
	/** What scrolls. */
	scroller?(): HTMLElement | null;
	/** Opens the field to search in, where there is one. */
	openSearch?(): Promise<unknown>;
	/** Counts every match; with a field, from what is typed to the count that is shown. */
	search?(text: string): Promise<number>;
}

declare global {
	interface Window {
		subject: Subject;
	}
}

export function offer(subject: Subject): void {
	window.subject = subject;
}

export function toText(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}

export function room(): HTMLElement {
	const element = document.createElement("div");
	element.className = "room";
	document.body.append(element);
	return element;
}
