import { type ComponentChild, render } from "preact";

export function mount(app: ComponentChild): () => void {
	const root = document.body;
	render(app, root);
	// Of a first frame that was drawn before anyone listened.
	root.firstElementChild?.removeAttribute("inert");
	const release = keepFocus(document);
	return () => {
		release();
		render(null, root);
	};
}

/** What keys can reach. */
const FOCUSABLE =
	"a[href], button, input, select, textarea, summary, [tabindex='0']";

/**
 * When what has the focus leaves the page, is hidden or can no longer be used, the browser gives the focus to the body,
 * and keys start at the top of the page. This gives it to what stands next to the place instead. Returns the stop.
 */
export function keepFocus(document: Document): () => void {
	/** What has the focus, and what it stands in, innermost first. */
	let held: readonly Element[] = [];
	/** Of the page that it is on. */
	let heading: Element | null = null;
	let title: string | null = null;
	/** Lent the focus while it could not be used. */
	let lender: Element | undefined;
	let removal: MutationRecord | undefined;

	const onFocusIn = ({ target }: FocusEvent) => {
		if (!(target instanceof Element)) return;
		held = ancestorsOf(target);
		heading = document.querySelector("h1");
		title = heading?.textContent ?? null;
		removal = undefined;
		lender = undefined;
	};
	// A click beside everything takes the focus away, and that is meant so.
	const onPointerDown = () => {
		queueMicrotask(() => {
			const [element] = held;
			if (element && canFocus(element) && document.activeElement !== element)
				held = [];
		});
	};
	const check = (records: readonly MutationRecord[]) => {
		const [element] = held;
		removal ??= records.find(({ removedNodes }) =>
			[...removedNodes].some((node) => element && node.contains(element)),
		);
		if (lender && canFocus(lender)) {
			const back = lender;
			focus(back);
			return;
		}
		const { activeElement, body } = document;
		if (!element || canFocus(element)) return;
		if (activeElement !== body && activeElement !== element) return;
		// Another page is read from its heading on.
		const isElsewhere =
			heading !== null &&
			!(heading.isConnected && heading.textContent === title);
		const home = isElsewhere ? headingOf(document.body) : homeOf(held, removal);
		if (!home) return;
		const isLent = element.isConnected;
		focus(home);
		if (isLent) lender = element;
	};
	const observer = new MutationObserver(check);
	observer.observe(document.body, {
		subtree: true,
		childList: true,
		attributeFilter: ["disabled", "hidden"],
	});
	document.addEventListener("focusin", onFocusIn);
	document.addEventListener("pointerdown", onPointerDown);
	return () => {
		observer.disconnect();
		document.removeEventListener("focusin", onFocusIn);
		document.removeEventListener("pointerdown", onPointerDown);
	};
}

function ancestorsOf(element: Element): readonly Element[] {
	const chain: Element[] = [];
	for (let up: Element | null = element; up; up = up.parentElement)
		chain.push(up);
	return chain;
}

function canFocus(element: Element): boolean {
	return (
		element.isConnected &&
		!element.matches(":disabled") &&
		element.checkVisibility()
	);
}

function focus(element: Element): void {
	if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}

function homeOf(
	held: readonly Element[],
	removal: MutationRecord | undefined,
): Element | undefined {
	const [element] = held;
	const around = held.filter((up) => up !== element && up.isConnected);
	const place = element?.isConnected ? element : placeOf(removal, around[0]);
	for (const container of around) {
		if (container === document.body) break;
		if (container.matches("[tabindex='0']")) return container;
		const near = nearest(container, place);
		if (near) return near;
	}
	return headingOf(document.body);
}

/** What stood behind what is gone, or before it, or around it. */
function placeOf(
	removal: MutationRecord | undefined,
	around: Element | undefined,
): Node | undefined {
	const nodes = [removal?.nextSibling, removal?.previousSibling];
	return nodes.find((node) => node?.isConnected) ?? around;
}

function nearest(
	container: Element,
	place: Node | undefined,
): Element | undefined {
	const all = [...container.querySelectorAll(FOCUSABLE)].filter(canFocus);
	const behind = all.find(
		(element) =>
			!place ||
			place.contains(element) ||
			place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
	);
	return behind ?? all.at(-1);
}

/** A heading cannot be focused without a tabindex. */
function headingOf(container: Element): Element | undefined {
	const heading = container.querySelector("h1");
	heading?.setAttribute("tabindex", "-1");
	return heading ?? undefined;
}
