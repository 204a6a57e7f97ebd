import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Content } from "../../content/content.ts";

/** What the tree of a content shows beside its values. */
export interface TreeAnnotations {
	/** The nodes belong to the tree of this content, and are not shown on any other. */
	readonly content: Content;
	/** Values that have changed. */
	readonly changed: ReadonlyMap<number, NodeChange>;
	/** Values that were removed, by the container that they were in. */
	readonly removed: ReadonlyMap<number, readonly RemovedValue[]>;
}

export interface NodeChange {
	readonly kind: "added" | "changed";
	/** The value before; absent for an added value, and for one that was moved. */
	readonly was?: string;
}

export interface RemovedValue {
	/** As it stood in the source; of an array, the position. */
	readonly key: string;
	readonly was: string;
}

/** The last change of a value. */
export interface RowBlame {
	/** `v14` */
	readonly version: string;
	/** `2 h` */
	readonly age: string;
	/** From 0, the oldest, to 4, the newest. */
	readonly heat: number;
	/** Version, label and time in full. */
	readonly title: string;
}

/** The column with the last change of each value. */
export interface BlameColumn {
	/** The nodes belong to the tree of this content. */
	readonly content: Content;
	readonly isOn: boolean;
	readonly onToggle: () => void;
	/** The same object for all values that the same version changed; nothing while it is unknown. */
	readonly labelOf: (node: number) => RowBlame | undefined;
}

export const BlameContext = createContext<BlameColumn | undefined>(undefined);

export function useBlameColumn(
	content: Content | undefined,
): BlameColumn | undefined {
	const blame = useContext(BlameContext);
	return blame && blame.content === content ? blame : undefined;
}

const AnnotationsContext = createContext<TreeAnnotations | undefined>(
	undefined,
);

interface TreeAnnotationsProviderProps {
	readonly annotations: TreeAnnotations | undefined;
	readonly children: ComponentChildren;
}

export function TreeAnnotationsProvider(props: TreeAnnotationsProviderProps) {
	return (
		<AnnotationsContext.Provider value={props.annotations}>
			{props.children}
		</AnnotationsContext.Provider>
	);
}

/** The annotations of the tree of a content. */
export function useTreeAnnotations(
	content: Content | undefined,
): TreeAnnotations | undefined {
	const annotations = useContext(AnnotationsContext);
	return annotations && annotations.content === content
		? annotations
		: undefined;
}
