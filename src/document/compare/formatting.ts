// Two documents with the same values: what may differ is how they are written, and this says in what.
import { keyOf } from "../members.ts";
import { at, type Tree } from "../tree.ts";

export type Formatting =
	/** The same bytes. */
	| "same"
	/** White space, or how characters are escaped. */
	| "formatting"
	/** The order of keys too. */
	| "key order";

/** For trees without differences. */
export function compareFormatting(old: Tree, fresh: Tree): Formatting {
	if (old.text === fresh.text) return "same";
	// With the same values in the same order, every node stands at the same place.
	for (let node = 0; node < old.count; node += 1) {
		const isSame =
			at(old.kind, node) === at(fresh.kind, node) &&
			at(old.parent, node) === at(fresh.parent, node) &&
			keyOf(old, node) === keyOf(fresh, node);
		if (!isSame) return "key order";
	}
	return "formatting";
}

export function tellFormatting(formatting: Formatting): string {
	switch (formatting) {
		case "same":
			return "Nothing changed.";
		case "formatting":
			return "Nothing but formatting changed.";
		case "key order":
			return "Nothing but formatting and the order of keys changed.";
	}
}
