// A button for what cannot be undone: asked, then asked again in the same place.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../ui/parts/Button.tsx";
import { ForeignText } from "../ui/parts/ForeignText.tsx";

export interface ConfirmProps {
	readonly name: string;
	readonly question: string;
	readonly onConfirm: () => void;
}

export function Confirm({ name, question, onConfirm }: ConfirmProps) {
	const [isAsking, setAsking] = useState(false);
	const asked = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		if (isAsking) asked.current?.focus();
	}, [isAsking]);
	if (!isAsking)
		return <Button name={name} kind="danger" onClick={() => setAsking(true)} />;
	return (
		<span class="choices confirm">
			<span ref={asked} tabIndex={-1}>
				<ForeignText text={question} />
			</span>
			<Button name="Yes, delete" kind="danger" onClick={onConfirm} />
			<Button name="Keep" onClick={() => setAsking(false)} />
		</span>
	);
}
