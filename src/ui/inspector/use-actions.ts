// Doing something about a profile, as a hook: what the buttons do is loaded with the first click on one.
import { useCallback } from "preact/hooks";
import type { Actions, ActionsOptions } from "./actions.ts";

export type Act = (use: (actions: Actions) => void) => void;

export function useAct({ remote, say }: ActionsOptions): Act {
	return useCallback<Act>(
		(use) =>
			void import("./actions.ts").then(({ createActions }) =>
				use(createActions({ remote, say })),
			),
		[remote, say],
	);
}
