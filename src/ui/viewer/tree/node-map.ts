// Maps row elements to nodes. An attribute instead would be one more change of the page for every row that scrolls by.

const nodes = new WeakMap<Element, number>();

export function setNode(element: Element, node: number): void {
	nodes.set(element, node);
}

/** Of what was clicked: the node of the nearest element that stands for one. */
export function nodeAt(target: EventTarget | null): number | undefined {
	let element = target instanceof Element ? target : null;
	for (; element; element = element.parentElement) {
		const node = nodes.get(element);
		if (node !== undefined) return node;
	}
	return undefined;
}
