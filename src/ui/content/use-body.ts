// The bytes of the version on show, as a hook: read from IndexedDB; the old ones stay until the new ones are there.
import { useLayoutEffect, useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/version-store.ts";

export type BodyState =
	| { readonly state: "reading" }
	| { readonly state: "ready"; readonly number: number; bytes: Uint8Array }
	| { readonly state: "gone" }
	/** `isDamaged`: what is stored is no body; otherwise the storage itself did not answer. */
	| {
			readonly state: "unreadable";
			readonly reason: string;
			readonly isDamaged: boolean;
	  };

const READING: BodyState = { state: "reading" };

export function useBody(
	{ readBody }: BodyReader,
	id: ProfileId | undefined,
	number: number | undefined,
	/** Changes when the bytes have been stored once more. */
	restoredAt?: number,
): BodyState {
	const [read, setRead] = useState<{
		id?: ProfileId | undefined;
		body: BodyState;
	}>({
		body: READING,
	});
	// Not after the paint: the disk may work meanwhile.
	useLayoutEffect(() => {
		if (id === undefined || number === undefined) return;
		let isWanted = true;
		const settle = (body: BodyState) => {
			if (isWanted) setRead({ id, body });
		};
		readBody(id, number).then(
			(bytes) =>
				settle(bytes ? { state: "ready", number, bytes } : { state: "gone" }),
			(error: unknown) =>
				settle({
					state: "unreadable",
					reason: String(error),
					isDamaged:
						error instanceof Error && error.name === "UnreadableBodyError",
				}),
		);
		return () => {
			isWanted = false;
		};
	}, [readBody, id, number, restoredAt]);
	// Another profile's bytes are never shown, not even for a frame.
	return read.id === id ? read.body : READING;
}
