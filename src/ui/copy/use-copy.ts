import { useState } from "preact/hooks";
import { useAnnounce } from "../components/status.tsx";
import type { BodyState } from "../content/use-body.ts";
import { copyBody, type VersionBytes } from "./clipboard.ts";

export interface CopyState {
	/** Copies the whole configuration; absent while there is none. */
	readonly copy: (() => void) | undefined;
	/** A version to be copied that is not text: the user has to choose a format. */
	readonly binary: VersionBytes | undefined;
	dismissBinary(): void;
}

export function useCopy(body: BodyState): CopyState {
	const announce = useAnnounce();
	const [binary, setBinary] = useState<VersionBytes>();
	const content = body.state === "ready" ? body.content : undefined;
	return {
		copy:
			body.state === "ready"
				? () => {
						const { number, content } = body;
						const version = { number, bytes: content.bytes };
						if (!copyBody(version, announce)) setBinary(version);
					}
				: undefined,
		binary: binary?.bytes === content?.bytes ? binary : undefined,
		dismissBinary: () => setBinary(undefined),
	};
}
