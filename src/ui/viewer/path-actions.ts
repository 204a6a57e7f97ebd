import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** A value of the document on show. */
export interface PathTarget {
	readonly jsonPath: string;
	/** Its source. */
	readonly value: string;
}

/** What can be done with a value beyond copying it; who provides it knows the profile and the version. */
export interface PathAction {
	readonly name: string;
	/** The upper-case letter that does the same with Shift. */
	readonly letter: string;
	/** Of an action that switches something on and off. */
	readonly isPressed?: (jsonPath: string) => boolean;
	readonly run: (target: PathTarget) => void;
}

const PathActions = createContext<readonly PathAction[]>([]);

export const PathActionsProvider = PathActions.Provider;

export function usePathActions(): readonly PathAction[] {
	return useContext(PathActions);
}
