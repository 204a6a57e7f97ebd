// Deleting a profile: asked, then asked again in the same place.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { Button } from "../ui/Button.tsx";

export interface DeleteProfileProps {
	readonly entry: ProfileSnapshot;
	readonly onDelete: () => void;
}

export function DeleteProfile({ entry, onDelete }: DeleteProfileProps) {
	const [isAsking, setAsking] = useState(false);
	const question = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		if (isAsking) question.current?.focus();
	}, [isAsking]);
	if (!isAsking)
		return (
			<Button
				name="Delete profile"
				kind="danger"
				onClick={() => setAsking(true)}
			/>
		);
	const { length } = entry.versions;
	const history = length === 1 ? "1 version" : `${length} versions`;
	return (
		<span class="choices confirm">
			<span ref={question} tabIndex={-1}>
				Delete {entry.profile.name} with its keys and {history}?
			</span>
			<Button name="Yes, delete" kind="danger" onClick={onDelete} />
			<Button name="Keep" onClick={() => setAsking(false)} />
		</span>
	);
}
