// Copying what is on show, as a hook; how that is done is loaded with the viewer, which is there before anybody clicks.
import { useState } from "preact/hooks";
import type { BodyState } from "../content/use-body.ts";
import type { Announce } from "../hooks/use-status.ts";
import type { VersionBytes } from "./copying.ts";

export interface Copying {
	/** The whole configuration; absent while there is none. */
	readonly copy: (() => void) | undefined;
	/** Any text; `what` it is goes into the confirmation. */
	readonly copyText: (text: string, what: string) => void;
	/** What was to be copied, but is no text: the user has to choose a form. */
	readonly binary: VersionBytes | undefined;
	dismissBinary(): void;
}

const loadCopying = () => import("./copying.ts");

export function useCopy(body: BodyState, say: Announce): Copying {
	const [binary, setBinary] = useState<VersionBytes>();
	const content = body.state === "ready" ? body.content : undefined;
	return {
		copy:
			body.state === "ready"
				? () =>
						void loadCopying().then(({ copyBody }) => {
							const { number, content } = body;
							const version = { number, bytes: content.bytes };
							if (!copyBody(version, say)) setBinary(version);
						})
				: undefined,
		copyText: (text, what) =>
			void loadCopying().then(({ copyText }) => copyText(text, what, say)),
		binary: binary?.bytes === content?.bytes ? binary : undefined,
		dismissBinary: () => setBinary(undefined),
	};
}
