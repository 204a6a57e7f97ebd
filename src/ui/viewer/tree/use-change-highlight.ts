// What changed in the version that has just arrived, as a hook: known for the moment in which its rows flash.
import { useEffect, useRef, useState } from "preact/hooks";
import { summarizeVersionChange } from "../../history/changes.ts";
import type { ConfigurationViewProps } from "../ConfigurationView.tsx";

/** As long as the animation in rows.css, and a moment more. */
const FLASH_MS = 2_000;

/** Nodes of the tree of a body. */
export interface ChangeHighlight {
	readonly body: Uint8Array;
	readonly nodes: Int32Array;
}

/** `undefined` most of the time: looking at another version is no news. */
export function useChangeHighlight(
	props: ConfigurationViewProps,
): ChangeHighlight | undefined {
	const { body, step, isNewest = false } = props;
	const shown = useRef({ body, isNewest });
	const [flash, setFlash] = useState<ChangeHighlight>();
	useEffect(() => {
		const old = shown.current;
		shown.current = { body, isNewest };
		if (!step || !isNewest || !old.isNewest || old.body === body) return;
		summarizeVersionChange(step).then(
			({ nodes }) => setFlash({ body, nodes }),
			// The history tells of trouble with a version.
			() => undefined,
		);
	}, [body]);
	useEffect(() => {
		if (!flash) return;
		const timer = setTimeout(() => setFlash(undefined), FLASH_MS);
		return () => clearTimeout(timer);
	}, [flash]);
	return flash?.body === body ? flash : undefined;
}
