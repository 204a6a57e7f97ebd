import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";

export interface ConfirmProps {
	readonly name: string;
	readonly question: string;
	readonly onConfirm: () => void;
}

export function Confirm({ name, question, onConfirm }: ConfirmProps) {
	const [isAsking, setAsking] = useState(false);
	const asked = useRef<HTMLSpanElement>(null);
	const whole = useRef<HTMLSpanElement>(null);
	const wasAsking = useRef(false);
	useLayoutEffect(() => {
		if (isAsking) asked.current?.focus();
		else if (wasAsking.current) whole.current?.querySelector("button")?.focus();
		wasAsking.current = isAsking;
	}, [isAsking]);
	if (!isAsking)
		return (
			<span ref={whole}>
				<Button name={name} kind="danger" onClick={() => setAsking(true)} />
			</span>
		);
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
