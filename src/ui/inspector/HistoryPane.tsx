// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import { lazy, useLoad } from "../components/lazy.tsx";
import { Splitter } from "../components/Splitter.tsx";
import { VersionHistory } from "../history/VersionHistory.tsx";
import { type Panes, usePanes } from "./panes.ts";

const Deployments = lazy(
	() => import("../deployments/Deployments.tsx"),
	"Deployments",
);

export interface HistoryPaneProps {
	readonly profile: ProfileSnapshot;
	/** An Agent serves configurations, but has no deployments. */
	readonly hasDeployments: boolean;
	/** The popup, which has no deployments. */
	readonly compact: boolean;
	/** The number of the version on show. */
	readonly shown: number | undefined;
	/** `undefined` selects the newest version, also when another one becomes that. */
	readonly onShow: (number: number | undefined) => void;
	/** Compares two versions of the profile. */
	readonly onCompare: (older: number, newer: number) => void;
	/** Asks which version to compare one with. */
	readonly onCompareWith: (number: number) => void;
	/** The value whose timeline is a tab of its own, which is selected when it opens. */
	readonly timelinePath: string | undefined;
	readonly timeline: ComponentChild;
}

const TABS = {
	history: "History",
	deployments: "Deployments",
	timeline: "Timeline",
} as const;

type Tab = keyof typeof TABS;

/** The version history and the deployments, as tabs. The deployments are requested only when the user selects them. */
export function HistoryPane(props: HistoryPaneProps) {
	const { profile, hasDeployments, compact, timelinePath } = props;
	const load = useLoad();
	const panes = usePanes();
	const tablist = useRef<HTMLDivElement>(null);
	const [chosen, setChosen] = useState<Tab>("history");
	const tabs: readonly Tab[] = [
		"history",
		...(hasDeployments && !compact ? (["deployments"] as const) : []),
		...(timelinePath === undefined ? [] : (["timeline"] as const)),
	];
	const tab = tabs.includes(chosen) ? chosen : "history";
	const isCollapsed = panes?.history.isCollapsed === true;
	useLayoutEffect(() => {
		if (timelinePath === undefined) return;
		setChosen("timeline");
		if (isCollapsed) panes?.history.toggle();
	}, [timelinePath]);
	const choose = (next: Tab) => {
		if (isCollapsed) panes?.history.toggle();
		if (next === "deployments") load(Deployments, () => setChosen(next));
		else setChosen(next);
	};
	const buttonOf = (name: Tab) =>
		tablist.current?.querySelector<HTMLElement>(`#tab-${name}`);
	const onKeyDown = (event: KeyboardEvent) => {
		const at = tabs.indexOf(tab);
		const next = {
			ArrowLeft: tabs.at(at - 1),
			ArrowRight: tabs[(at + 1) % tabs.length],
			Home: tabs[0],
			End: tabs.at(-1),
		}[event.key];
		if (!next) return;
		event.preventDefault();
		choose(next);
		buttonOf(next)?.focus();
	};
	return (
		<>
			{panes && <HistorySplitters panes={panes} />}
			<section
				class="right-pane"
				aria-label="Versions and deployments"
				data-pane
			>
				<div class="tabs">
					<div
						role="tablist"
						aria-label="Versions and deployments"
						tabIndex={-1}
						ref={tablist}
						onKeyDown={onKeyDown}
					>
						{tabs.map((name) => (
							<button
								key={name}
								type="button"
								role="tab"
								id={`tab-${name}`}
								aria-selected={name === tab}
								aria-controls={`tabpanel-${name}`}
								tabIndex={name === tab ? 0 : -1}
								onClick={() => choose(name)}
							>
								{TABS[name]}
							</button>
						))}
					</div>
					{panes && (
						<Button
							name={isCollapsed ? "Show history" : "Collapse history"}
							icon="right-pane"
							bare
							onClick={panes.history.toggle}
						/>
					)}
				</div>
				<div
					class="tabpanel"
					role="tabpanel"
					id="tabpanel-history"
					aria-labelledby="tab-history"
					hidden={tab !== "history"}
				>
					<VersionHistory
						profile={profile}
						compact={compact}
						shown={props.shown}
						onShow={props.onShow}
						onCompare={props.onCompare}
						onCompareWith={props.onCompareWith}
					/>
				</div>
				{tab === "timeline" && (
					<div
						class="tabpanel"
						role="tabpanel"
						id="tabpanel-timeline"
						aria-labelledby="tab-timeline"
					>
						{props.timeline}
					</div>
				)}
				{tab === "deployments" && (
					<div
						class="tabpanel"
						role="tabpanel"
						id="tabpanel-deployments"
						aria-labelledby="tab-deployments"
					>
						<Deployments
							key={profile.profile.id}
							profile={profile}
							onClose={() => {
								setChosen("history");
								buttonOf("history")?.focus();
							}}
						/>
					</div>
				)}
			</section>
		</>
	);
}

function HistorySplitters({ panes }: { readonly panes: Panes }) {
	return (
		<>
			<Splitter name="Resize history" pane={panes.history} side="right" />
			<Splitter
				name="Resize history"
				pane={panes.historyHeight}
				side="below"
				onCollapse={panes.history.toggle}
			/>
		</>
	);
}
