import { useRef, useState } from "preact/hooks";
import { baselineOf } from "../../core/history/last-seen.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { hasUnseenChange } from "../../core/protocol/snapshot.ts";
import { useEnvironmentColor } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { moveByArrows } from "../components/keyboard.ts";
import { lazy } from "../components/lazy.tsx";
import { profileStatus } from "../errors/profile-status.ts";
import {
	countStates,
	filterProfiles,
	groupProfiles,
	hasFault,
	type ProfileGroup,
	type StateFilter,
} from "./arrange.ts";
import "./profile-list.css";

export interface ProfileListProps {
	readonly profiles: readonly ProfileSnapshot[];
	readonly selected: ProfileSnapshot | undefined;
	readonly onSelect: (id: ProfileId) => void;
}

const News = lazy(() => import("./News.tsx"), "News");
const Trouble = lazy(() => import("./News.tsx"), "Trouble");
const BulkButton = lazy(() => import("./BulkMenu.tsx"), "BulkButton");

/** With fewer profiles there is nothing to filter. */
const MIN_FILTERED = 4;

/** All profiles with their states, beside the configuration: filtered, grouped by application and environment. */
export function ProfileList(props: ProfileListProps) {
	const { profiles, selected, onSelect } = props;
	const [text, setText] = useState("");
	const [state, setState] = useState<StateFilter>("all");
	const found = filterProfiles(profiles, text, state);
	const all = groupProfiles(profiles);
	const isGrouped = all.length > 1;
	// Groups keep their order while they are filtered.
	const groups = all
		.map((group) => ({
			...group,
			entries: group.entries.filter((entry) => found.includes(entry)),
		}))
		.filter(({ entries }) => entries.length > 0);
	// One Tab stop: the selected profile, or the first one where that is filtered out.
	const stop = found.includes(selected as ProfileSnapshot)
		? selected
		: groups[0]?.entries[0];
	return (
		<nav class="profiles" aria-label="Profiles" data-pane>
			{profiles.length >= MIN_FILTERED ? (
				<div class="profile-filter">
					<input
						type="search"
						aria-label="Filter profiles"
						placeholder={`Filter ${profiles.length} profiles`}
						value={text}
						onInput={({ currentTarget }) => setText(currentTarget.value)}
					/>
					<States profiles={profiles} state={state} onState={setState} />
				</div>
			) : (
				<h2>Profiles</h2>
			)}
			<ul class="profile-groups" onKeyDown={moveByArrows}>
				{groups.map((group, index) => (
					<Group
						key={`${group.application}\n${group.environment}`}
						group={group}
						heads={
							isGrouped
								? {
										application:
											groups[index - 1]?.application !== group.application,
									}
								: undefined
						}
					>
						{(entry) => (
							<Row
								entry={entry}
								isGrouped={isGrouped}
								isSelected={entry === selected}
								isStop={entry === stop}
								onSelect={onSelect}
							/>
						)}
					</Group>
				))}
			</ul>
			{found.length === 0 && (
				<p class="quiet no-profiles" role="status">
					No profile matches.{" "}
					<button
						type="button"
						class="link"
						onClick={() => {
							setText("");
							setState("all");
						}}
					>
						Show all
					</button>
				</p>
			)}
		</nav>
	);
}

interface StatesProps {
	readonly profiles: readonly ProfileSnapshot[];
	readonly state: StateFilter;
	readonly onState: (state: StateFilter) => void;
}

function States({ profiles, state, onState }: StatesProps) {
	const { faults, unseen } = countStates(profiles);
	const chips: readonly (readonly [StateFilter, string])[] = [
		["all", "All"],
		["faults", faults === 1 ? "1 fault" : `${faults} faults`],
		["unseen", `${unseen} unseen`],
	];
	return (
		<div class="profile-states">
			{chips.map(([value, name]) => (
				<button
					key={value}
					type="button"
					class={`chip-button ${value}`}
					aria-pressed={state === value}
					onClick={() => onState(state === value ? "all" : value)}
				>
					{name}
				</button>
			))}
			<span class="space" />
			<BulkButton profiles={profiles} />
		</div>
	);
}

interface GroupProps {
	readonly group: ProfileGroup;
	/** Which heads stand above the group; absent where there is only one group. */
	readonly heads: { readonly application: boolean } | undefined;
	readonly children: (entry: ProfileSnapshot) => preact.ComponentChild;
}

function Group({ group, heads, children }: GroupProps) {
	const { application, environment, entries } = group;
	const environmentColor = useEnvironmentColor();
	return (
		<>
			{heads && (
				<li
					class="profile-group"
					data-environment={environmentColor(environment)}
				>
					{heads.application && (
						<h3>
							<ForeignText text={application} />
						</h3>
					)}
					<h4>
						<ForeignText text={environment} />
					</h4>
				</li>
			)}
			{entries.map((entry) => (
				<li
					key={entry.profile.id}
					data-environment={environmentColor(environment)}
				>
					{children(entry)}
				</li>
			))}
		</>
	);
}

interface RowProps {
	readonly entry: ProfileSnapshot;
	/** Heads tell the application and the environment. */
	readonly isGrouped: boolean;
	readonly isSelected: boolean;
	readonly isStop: boolean;
	readonly onSelect: (id: ProfileId) => void;
}

function Row(props: RowProps) {
	const { entry, isGrouped, isSelected, isStop, onSelect } = props;
	const { id, name, application, environment } = entry.profile;
	const { tone, text: words, isNew } = profileStatus(entry);
	const element = useRef<HTMLButtonElement>(null);
	return (
		<button
			type="button"
			data-stop
			class="row"
			aria-current={isSelected ? "true" : undefined}
			tabIndex={isStop ? 0 : -1}
			ref={element}
			onClick={() => onSelect(id)}
		>
			<span class={`dot ${tone}`} aria-hidden="true" />
			<span class="name">
				<ForeignText text={name} />
			</span>
			<span class="status-text" data-new={isNew}>
				{words}
			</span>
			{isGrouped ? (
				<Second entry={entry} element={element} />
			) : (
				<span class="place">
					<ForeignText text={application} /> /{" "}
					<ForeignText text={environment} />
				</span>
			)}
		</button>
	);
}

/** A second line only for trouble or news. */
function Second({
	entry,
	element,
}: {
	readonly entry: ProfileSnapshot;
	readonly element: { readonly current: Element | null };
}) {
	const { fault, versions } = entry;
	if (fault && hasFault(entry))
		return (
			<span class="place trouble">
				<Trouble fault={fault} />
			</span>
		);
	const newest = versions[0];
	const look = baselineOf(entry, newest?.number ?? 0);
	if (!newest || !hasUnseenChange(entry)) return null;
	// A view has the newest few versions of the profiles that it does not show. What was never looked at is compared with
	// the version before.
	const before = look
		? (versions.find(({ number }) => number <= look.number) ?? versions.at(-1))
		: versions[1];
	if (!before || before === newest) return null;
	return (
		<span class="place">
			<News
				id={entry.profile.id}
				version={newest}
				before={before}
				element={element}
			/>
		</span>
	);
}
