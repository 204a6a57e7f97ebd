import {
	useEffect,
	useId,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { useRemote } from "../background-client/context.tsx";
import { formatDayTime, formatTime } from "../components/Age.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { isSameVersion, type VersionRef } from "../content/version-ref.ts";
import { filterChoices, groupChoices, type VersionChoice } from "./choices.ts";
import "./version-chooser.css";

export interface VersionChooserProps {
	readonly title: string;
	/** The profile whose versions are all offered. */
	readonly owner: ProfileSnapshot;
	readonly profiles: readonly ProfileSnapshot[];
	/** The version that is chosen now. */
	readonly current?: VersionRef | undefined;
	/** The version on the other side. */
	readonly other: VersionRef;
	readonly onChoose: (choice: VersionRef) => void;
	readonly onClose: () => void;
}

/** Asks for a version of any profile. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function VersionChooser(props: VersionChooserProps) {
	const { title, owner, profiles, current, other, onChoose, onClose } = props;
	const versions = useAllVersions(owner);
	const [filter, setFilter] = useState("");
	const [active, setActive] = useState(0);
	const id = useId();
	const field = useRef<HTMLInputElement>(null);
	const list = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => field.current?.focus(), []);
	const groups = useMemo(
		() => groupChoices({ owner, versions, profiles, other, now: Date.now() }),
		[owner, versions, profiles, other],
	);
	const found = filterChoices(groups, filter);
	const choices = found.flatMap((group) => group.choices);
	const last = choices.length - 1;
	const index = Math.min(active, last);
	const choose = (choice: VersionChoice | undefined) => {
		if (!choice) return;
		onClose();
		onChoose({ profile: choice.profile, number: choice.number });
	};
	const optionId = (at: number) => `${id}-${at}`;
	useEffect(() => {
		list.current
			?.querySelector("[aria-selected=true]")
			?.scrollIntoView({ block: "nearest" });
	}, [index]);
	const onKeyDown = (event: KeyboardEvent) => {
		const target = {
			ArrowDown: Math.min(index + 1, last),
			ArrowUp: Math.max(index - 1, 0),
			PageDown: Math.min(index + 8, last),
			PageUp: Math.max(index - 8, 0),
		}[event.key];
		if (event.key === "Enter") choose(choices[index]);
		else if (target === undefined) return;
		else setActive(target);
		event.preventDefault();
	};
	return (
		<Dialog title={title} onClose={onClose}>
			<div class="version-chooser">
				<input
					type="text"
					role="combobox"
					aria-label="Filter versions and profiles"
					placeholder="Version, label, time or profile"
					aria-expanded="true"
					aria-controls={id}
					aria-activedescendant={index < 0 ? undefined : optionId(index)}
					autocomplete="off"
					spellcheck={false}
					ref={field}
					value={filter}
					onInput={({ currentTarget }) => {
						setFilter(currentTarget.value);
						setActive(0);
					}}
					onKeyDown={onKeyDown}
				/>
				<div
					class="version-choices"
					role="listbox"
					id={id}
					aria-label="Versions"
					ref={list}
				>
					{found.map((group) => (
						// biome-ignore lint/a11y/useSemanticElements: a listbox may contain groups, but no fieldset.
						<div key={group.title} role="group" aria-label={group.title}>
							<div class="group-title" aria-hidden="true">
								{group.title}
							</div>
							{group.choices.map((choice) => {
								const at = choices.indexOf(choice);
								return (
									<Choice
										key={`${choice.profile} ${choice.number}`}
										id={optionId(at)}
										choice={choice}
										isActive={at === index}
										isCurrent={
											current !== undefined && isSameVersion(choice, current)
										}
										isOwn={choice.profile === owner.profile.id}
										onChoose={() => choose(choice)}
									/>
								);
							})}
						</div>
					))}
				</div>
				{choices.length === 0 && (
					<p class="quiet" role="status">
						{filter
							? "No version or profile matches the filter."
							: "There is nothing else to compare with yet."}
					</p>
				)}
			</div>
		</Dialog>
	);
}

interface ChoiceProps {
	readonly id: string;
	readonly choice: VersionChoice;
	readonly isActive: boolean;
	readonly isCurrent: boolean;
	/** The versions of the profile itself need no name of it. */
	readonly isOwn: boolean;
	readonly onChoose: () => void;
}

function Choice(props: ChoiceProps) {
	const { id, choice, isActive, isCurrent, isOwn, onChoose } = props;
	const { owner, version, isLive, name } = choice;
	const { number, label, note, receivedAt } = version;
	return (
		// The keys are handled by the field, which keeps the focus.
		<div
			id={id}
			role="option"
			class="version-choice"
			tabIndex={-1}
			aria-selected={isActive}
			onClick={onChoose}
			onKeyDown={undefined}
		>
			{name && <span class="name">{name}</span>}
			{!isOwn && (
				<>
					<EnvironmentLabel name={owner.environment} />
					<span class="owner">
						<ForeignText text={owner.name} />
					</span>
				</>
			)}
			<span class="number">v{number}</span>
			{isLive && <span class="badge live">live</span>}
			{isCurrent && <span class="badge">shown</span>}
			<span class="label">
				{label && <ForeignText text={label} />}
				{note && (
					<em>
						{" "}
						<ForeignText text={note} />
					</em>
				)}
			</span>
			<span class="time" title={formatTime(receivedAt)}>
				{formatDayTime(receivedAt, Date.now())}
			</span>
		</div>
	);
}

const NO_PROFILE = { versions: [] as readonly Version[], versionCount: 0 };

/** A view gets only the newest versions of a profile that it does not show: the others are asked for. */
export function useAllVersions(
	owner: ProfileSnapshot | undefined,
): readonly Version[] {
	const remote = useRemote();
	const id = owner?.profile.id;
	const { versions, versionCount } = owner ?? NO_PROFILE;
	const isComplete = versions.length >= versionCount;
	const newest = versions[0]?.number;
	const [listed, setListed] = useState<{
		readonly id: string;
		readonly versions: readonly Version[];
	}>();
	useEffect(() => {
		if (isComplete || id === undefined) return;
		let isCancelled = false;
		remote.listVersions({ id }).then(
			(all) => {
				if (!isCancelled) setListed({ id, versions: all });
			},
			// The newest ones are offered anyhow.
			() => undefined,
		);
		return () => {
			isCancelled = true;
		};
	}, [id, isComplete, newest]);
	return !isComplete && listed && listed.id === id ? listed.versions : versions;
}
