import type { ComponentChildren } from "preact";
import { usePaneSize } from "../components/Splitter.tsx";
import { type Panes, PanesContext } from "./panes.ts";

export interface PanesProviderProps {
	/** Each surface remembers its own sizes. */
	readonly surface: "panel" | "page";
	readonly children: ComponentChildren;
}

/** Lets the user resize the panes of a surface. */
export function PanesProvider({ surface, children }: PanesProviderProps) {
	const panes: Panes = {
		profiles: usePaneSize(`${surface}.pane.profiles`, {
			initial: 252,
			least: 160,
			most: 480,
		}),
		history: usePaneSize(`${surface}.pane.history`, {
			initial: 308,
			least: 220,
			most: 640,
		}),
		historyHeight: usePaneSize(`${surface}.pane.history-height`, {
			initial: 170,
			least: 90,
			most: 600,
		}),
	};
	return (
		<PanesContext.Provider value={panes}>{children}</PanesContext.Provider>
	);
}
