import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import { formatDayTime } from "../components/Age.tsx";
import type { VersionRef } from "../content/version-ref.ts";

/** A version that can be compared with another one. */
export interface VersionChoice extends VersionRef {
	readonly owner: Profile;
	readonly version: Version;
	/** It is the newest one of its profile. */
	readonly isLive: boolean;
	/** `Last seen`, `24 hours ago`, `Version before`. */
	readonly name?: string;
}

export interface ChoiceGroup {
	readonly title: string;
	readonly choices: readonly VersionChoice[];
}

export interface ChoicesOptions {
	/** The profile whose versions are listed in full. */
	readonly owner: ProfileSnapshot;
	/** All its versions, newest first. */
	readonly versions: readonly Version[];
	readonly profiles: readonly ProfileSnapshot[];
	/** The version on the other side, which is not offered. */
	readonly other: VersionRef;
	/** Epoch ms. */
	readonly now: number;
}

const DAY_MS = 86_400_000;

/**
 * What a version can be compared with: by time, then the same configuration profile in other environments, then every
 * version of the profile, then the other profiles.
 */
export function groupChoices(options: ChoicesOptions): readonly ChoiceGroup[] {
	const { owner, versions, profiles, other } = options;
	const configuration = escapeInvisible(owner.profile.configurationProfile);
	const own = versions.map((version, index) =>
		toChoice(owner.profile, version, index === 0),
	);
	const others = profiles.flatMap((entry) => {
		const [live] = entry.versions;
		return entry.profile.id === owner.profile.id || !live
			? []
			: [toChoice(entry.profile, live, true)];
	});
	const isSibling = ({
		owner: { application, configurationProfile },
	}: VersionChoice) =>
		application === owner.profile.application &&
		configurationProfile === owner.profile.configurationProfile;
	const groups: readonly ChoiceGroup[] = [
		{ title: "By time", choices: byTime(options, own) },
		{
			title: `${configuration} in other environments`,
			choices: others.filter(isSibling),
		},
		{
			title: `Versions of ${configuration}, ${escapeInvisible(owner.profile.environment)}`,
			choices: own,
		},
		{
			title: "Other profiles",
			choices: others.filter((one) => !isSibling(one)),
		},
	];
	return groups
		.map(({ title, choices }) => ({
			title,
			choices: choices.filter(
				({ profile, number }) =>
					profile !== other.profile || number !== other.number,
			),
		}))
		.filter(({ choices }) => choices.length > 0);
}

/** The live version, the one that the user saw last, the one that was live a day ago, and the one before the other side. */
function byTime(
	{ owner, other, now }: ChoicesOptions,
	own: readonly VersionChoice[],
): readonly VersionChoice[] {
	const found: VersionChoice[] = [];
	const put = (choice: VersionChoice | undefined, name?: string) => {
		if (!choice || found.some(({ number }) => number === choice.number)) return;
		found.push(name ? { ...choice, name } : choice);
	};
	put(own[0], "Live");
	const seen = owner.baseline?.number ?? owner.lastSeenNumber;
	if (seen > 0)
		put(
			own.find(({ number }) => number <= seen),
			"Last seen",
		);
	put(
		own.find(({ version }) => version.receivedAt <= now - DAY_MS),
		"24 hours ago",
	);
	if (other.profile === owner.profile.id)
		put(
			own.find(({ number }) => number < other.number),
			"Version before",
		);
	return found;
}

function toChoice(
	owner: Profile,
	version: Version,
	isLive: boolean,
): VersionChoice {
	return {
		profile: owner.id,
		number: version.number,
		owner,
		version,
		isLive,
	};
}

/** The groups with the choices in which each word of the filter occurs. */
export function filterChoices(
	groups: readonly ChoiceGroup[],
	filter: string,
): readonly ChoiceGroup[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return groups;
	return groups
		.map(({ title, choices }) => ({
			title,
			choices: choices.filter((choice) => {
				const text = searchTextOf(choice);
				return words.every((word) => text.includes(word));
			}),
		}))
		.filter(({ choices }) => choices.length > 0);
}

function searchTextOf(choice: VersionChoice): string {
	const { owner, version, name, isLive } = choice;
	return [
		owner.name,
		owner.application,
		owner.environment,
		owner.configurationProfile,
		`v${version.number}`,
		version.label,
		version.note,
		name,
		isLive ? "live" : "",
		formatDayTime(version.receivedAt, Date.now()),
	]
		.join("\n")
		.toLowerCase();
}
