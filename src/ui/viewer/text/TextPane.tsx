import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import {
	loadPreference,
	savePreference,
} from "../../components/preferences.ts";
import type { Content } from "../../content/content.ts";
import { type Direction, FindBar, type FindControl } from "../find/FindBar.tsx";
import { type TextFindResult, useTextFind } from "../find/use-find.ts";
import { TextView } from "./TextView.tsx";

export interface TextPaneProps {
	readonly content: Content;
	readonly viewSwitch: ComponentChildren;
	readonly find: FindControl;
	/** Under it is remembered whether lines are wrapped. */
	readonly preferencesKey: string;
	/** Of a text that has a tree: shows that. */
	readonly onTree: (() => void) | undefined;
}

export function TextPane(props: TextPaneProps) {
	const { content, viewSwitch, find, preferencesKey } = props;
	const [wrap, setWrap] = useState(
		() => loadPreference(preferencesKey, "wrap") !== "off",
	);
	const [position, setPosition] = useState(-1);
	const { text } = content.decode();
	const form = find.isOpen ? find.form : undefined;
	const found = useTextFind(text, form, position);
	const turnWrap = () => {
		setWrap(!wrap);
		savePreference(preferencesKey, "wrap", wrap ? "off" : "on");
	};
	return (
		<>
			<div class="views">
				{viewSwitch}
				<button
					type="button"
					class="toggle"
					aria-pressed={wrap}
					onClick={turnWrap}
				>
					Wrap
				</button>
				{find.button}
			</div>
			{find.isOpen && (
				<TextFind
					find={find}
					found={found}
					onPosition={setPosition}
					onTree={props.onTree}
				/>
			)}
			<TextView text={text} kind={content.kind} found={found} wrap={wrap} />
		</>
	);
}

interface TextFindProps extends Pick<TextPaneProps, "find" | "onTree"> {
	readonly found: TextFindResult;
	readonly onPosition: (position: number) => void;
}

function TextFind({ find, onTree, found, onPosition }: TextFindProps) {
	const total = found.starts.length;
	const step = (steps: readonly Direction[]) => {
		if (total === 0) return;
		let { position } = found;
		for (const by of steps)
			position = (Math.max(position, by < 0 ? 0 : -1) + by + total) % total;
		onPosition(position);
	};
	return (
		<FindBar
			form={find.form}
			onChange={(form) => {
				onPosition(-1);
				find.change(form);
			}}
			total={total}
			position={found.position}
			isAnswered={found.isAnswered}
			error={found.error}
			onStep={step}
			target="text"
			onSwitchToTree={onTree}
			onClose={find.close}
		/>
	);
}
