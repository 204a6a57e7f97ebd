import { useEffect, useState } from "preact/hooks";
import { toHex } from "../copy/bytes-as-text.ts";
import type { EmptyContentProps } from "./EmptyContent.tsx";

/** Shown when the bytes on show are not those that were received: their SHA-256 is another one. */
export function IntegrityBar(props: EmptyContentProps) {
	const { profile, body, versionNumber, remote } = props;
	const { id } = profile.profile;
	const hash = profile.versions.find(
		(known) => known.number === versionNumber,
	)?.hash;
	const bytes =
		body.state === "ready" && body.number === versionNumber
			? body.content.bytes
			: undefined;
	const [checked, setChecked] = useState<{
		readonly bytes: Uint8Array;
		readonly hash: string;
	}>();
	useEffect(() => {
		if (!bytes) return;
		let isWanted = true;
		void crypto.subtle
			.digest("SHA-256", new Uint8Array(bytes))
			.then((digest) => {
				if (isWanted)
					setChecked({ bytes, hash: toHex(new Uint8Array(digest)) });
			});
		return () => {
			isWanted = false;
		};
	}, [bytes]);
	const isDamaged =
		hash !== undefined && checked?.bytes === bytes && checked?.hash !== hash;
	useEffect(() => {
		if (isDamaged && bytes && versionNumber !== undefined)
			remote
				.reportUnreadable({ id, number: versionNumber })
				.catch(() => undefined);
	}, [remote, id, versionNumber, bytes, isDamaged]);
	if (!isDamaged || !bytes) return null;
	return (
		<p class="bar bad" role="alert">
			The stored bytes of version {versionNumber} are not those that were
			received. The SHA-256 is {checked?.hash.slice(0, 12)}…, but should be{" "}
			{hash.slice(0, 12)}….
		</p>
	);
}
