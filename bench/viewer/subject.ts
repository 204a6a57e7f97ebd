// The interface that every viewer under test implements in its page.

export interface Subject {
	/** Shows JSON, bytes at hand, or what `window.other` has of them changed; returns when the work was handed to the browser, or when it is done. */
	show(bytes: Uint8Array): unknown;
	/** Expands everything. */
	expandAll?(): void;
	/** The scrolling element. */
	scroller?(): HTMLElement | null;
	/** Opens the search field, if there is one. */
	openSearch?(): Promise<unknown>;
	/** Counts every match. With a field: from typing to the displayed count. */
	search?(text: string): Promise<number>;
	/** For an engine: does its work this many times. */
	run?(times: number): void;
	/** Describes the result. */
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

/** Resolves with the element as soon as the page has it. */
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
