import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import { formatShortAge, formatTime } from "../components/Age.tsx";
import { lazy } from "../components/lazy.tsx";
import { saveItem } from "../components/preferences.ts";
import type { Content } from "../content/content.ts";
import { useNow } from "../hooks/use-now.ts";
import { useShiftKeys } from "../hooks/use-shift-keys.ts";
import { BlameContext, type RowBlame } from "../viewer/tree/annotations.tsx";
import type { BlameState } from "./use-blame.ts";

const BlameReader = lazy(() => import("./BlameReader.tsx"), "BlameReader");

const MINUTE = 60_000;
const PREFERENCE = "blame";

export interface BlameProviderProps {
	readonly id: ProfileId;
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The version on show, and its content once it is there. */
	readonly shown: number | undefined;
	readonly content: Content | undefined;
	readonly children: ComponentChildren;
}

/** The column of the tree with the version and age of each value's last change, switched with Shift+B. */
export function BlameProvider(props: BlameProviderProps) {
	const { id, versions, shown, content, children } = props;
	const [isOn, setOn] = useState(
		() => localStorage.getItem(PREFERENCE) === "on",
	);
	const [state, setState] = useState<BlameState & { content: Content }>();
	const toggle = () => {
		saveItem(localStorage, PREFERENCE, isOn ? "off" : "on");
		setState(undefined);
		setOn(!isOn);
	};
	useShiftKeys({ B: toggle });
	const known = isOn && state?.content === content ? state : undefined;
	const minute = Math.floor(useNow(known && 0) / MINUTE);
	const column = useMemo(() => {
		if (!content) return undefined;
		const labels = known?.versions.map((_, position) =>
			toLabel(known.versions, position),
		);
		return {
			content,
			isOn,
			onToggle: toggle,
			labelOf: (node: number) => labels?.[known?.changedIn?.[node] ?? -1],
		};
	}, [content, isOn, known, minute]);
	const index = versions.findIndex(({ number }) => number === shown);
	return (
		<BlameContext.Provider value={column}>
			{isOn && content && index >= 0 && (
				<BlameReader
					key={`${id} ${shown}`}
					id={id}
					versions={versions.slice(index)}
					onState={(next) => setState({ ...next, content })}
				/>
			)}
			{children}
		</BlameContext.Provider>
	);
}

function toLabel(versions: readonly Version[], position: number): RowBlame {
	const version = versions[position];
	if (!version) throw new RangeError(`There is no version at ${position}.`);
	const { number, label, receivedAt } = version;
	const last = versions.length - 1;
	const what =
		position === last
			? `Not changed since version ${number}, the oldest that is kept`
			: `Last changed in version ${number}`;
	return {
		version: `v${number}`,
		age: formatShortAge(receivedAt, Date.now()),
		heat: last === 0 ? 4 : Math.round(4 * (1 - position / last)),
		title: `${what}${label ? ` (${label})` : ""}, received ${formatTime(receivedAt)}`,
	};
}
