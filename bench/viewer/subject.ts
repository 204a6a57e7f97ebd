// The interface that every viewer under test implements in its page.

export interface Subject {
	/** Shows JSON, bytes at hand, or what `window.other` has of them changed; returns when the work was handed to the browser, or when it is done. */
	show(bytes: Uint8Array): unknown;
	/** Opens everything there is. */
	expandAll?(): void;
	/** What scrolls. */
	scroller?(): HTMLElement | null;
	/** Opens the field to search in, where there is one. */
	openSearch?(): Promise<unknown>;
	/** Counts every match; with a field, from what is typed to the count that is shown. */
	search?(text: string): Promise<number>;
	/** Of an engine: does its work so many times. */
	run?(times: number): void;
	/** What came of it, in words. */
	answer?(): string;
}

declare global {
	interface Window {
		subject: Subject;
		/** The bytes to compare with. */
		other: Uint8Array;
	}
}

export function offer(subject: Subject): void {
	window.subject = subject;
}

export function toText(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}

export function room(name = ""): HTMLElement {
	const element = document.createElement("div");
	element.className = `room ${name}`;
	document.body.append(element);
	return element;
}

/** What is looked for, as soon as the page has it. */
export function until<T>(look: () => T | null | undefined): Promise<T> {
	return new Promise((resolve) => {
		const observer = new MutationObserver(() => {
			const found = look();
			if (found) answer(found);
		});
		const answer = (found: T) => {
			observer.disconnect();
			resolve(found);
		};
		const found = look();
		if (found) answer(found);
		else
			observer.observe(document.body, {
				subtree: true,
				childList: true,
				characterData: true,
			});
	});
}
