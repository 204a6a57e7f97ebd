import { useLayoutEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import type { Content } from "./content.ts";

export type BodyState =
	| { readonly state: "reading" }
	| {
			readonly state: "ready";
			/** Of the version. */
			readonly number: number;
			readonly content: Content;
	  }
	| { readonly state: "deleted" }
	| {
			readonly state: "unreadable";
			readonly reason: string;
			/** The stored bytes are damaged; otherwise the storage did not answer. */
			readonly isDamaged: boolean;
	  };

export type StoredVersion = Pick<
	Version,
	"number" | "contentType" | "restoredAt"
>;

const READING: BodyState = { state: "reading" };

/** Reads a version from storage; `undefined` when it is no longer stored. */
export async function readContent(
	{ readBody }: BodyReader,
	id: ProfileId,
	{ number, contentType }: StoredVersion,
): Promise<Content | undefined> {
	// What opens it is loaded while the disk is read: it belongs to the viewer, not to the first paint.
	const [bytes, { openContent }] = await Promise.all([
		readBody(id, number),
		import("./content.ts"),
	]);
	return bytes && openContent(bytes, contentType);
}

/** While a version is read, the one before it stays. */
export function useBody(
	reader: BodyReader,
	id: ProfileId | undefined,
	version: StoredVersion | undefined,
): BodyState {
	const [read, setRead] = useState<{
		id?: ProfileId | undefined;
		body: BodyState;
	}>({
		body: READING,
	});
	// Before the paint: the disk can work meanwhile.
	useLayoutEffect(() => {
		if (id === undefined || version === undefined) return;
		let isCancelled = false;
		const commit = (body: BodyState) => {
			if (!isCancelled) setRead({ id, body });
		};
		const { number } = version;
		readContent(reader, id, version).then(
			(content) =>
				commit(
					content ? { state: "ready", number, content } : { state: "deleted" },
				),
			(error: unknown) =>
				commit({
					state: "unreadable",
					reason: String(error),
					isDamaged:
						error instanceof Error && error.name === "UnreadableBodyError",
				}),
		);
		return () => {
			isCancelled = true;
		};
	}, [reader.readBody, id, version?.number, version?.restoredAt]);
	// Another profile's bytes are never shown, not even for a frame.
	return version && read.id === id ? read.body : READING;
}
