import type { Version } from "../../core/history/history.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

/** An environment, or a profile where several of the same environment are compared. */
export interface MatrixColumn {
	readonly key: string;
	readonly environment: string;
	/** Present where the environment alone does not tell columns apart. */
	readonly name?: string;
}

/** A live version of a profile. */
export interface MatrixCellSource {
	readonly profile: Profile;
	readonly version: Version;
}

/** Configurations that are compared key by key. */
export interface MatrixSection {
	readonly title: string;
	/** By column; absent where the environment has no such profile, or nothing has been received. */
	readonly sources: readonly (MatrixCellSource | undefined)[];
}

export interface MatrixPlan {
	readonly columns: readonly MatrixColumn[];
	readonly sections: readonly MatrixSection[];
}

/** The same configuration profile of the same application in all environments; the profile itself comes first. */
export function proposeProfiles(
	profiles: readonly ProfileSnapshot[],
	{ profile: own }: ProfileSnapshot,
): readonly ProfileId[] {
	return profiles
		.filter(
			({ profile }) =>
				profile.application === own.application &&
				profile.configurationProfile === own.configurationProfile,
		)
		.map(({ profile }) => profile.id);
}

/**
 * Profiles with the same configuration profile are a section, with a column for each environment. Where that would leave
 * a profile alone, because their configuration profiles have different names, each profile is a column of one section.
 */
export function planMatrix(chosen: readonly ProfileSnapshot[]): MatrixPlan {
	const sections = groupBy(
		chosen,
		({ profile }) => profile.configurationProfile,
	);
	const hasPartners = [...sections.values()].every(({ length }) => length > 1);
	const groups = hasPartners
		? sections
		: new Map([[titleOf(chosen), [...chosen]]]);
	const columns = columnsOf([...groups.values()]);
	return {
		columns,
		sections: [...groups].map(([title, entries]) => ({
			title,
			sources: columns.map((column) => {
				const entry = entries.find(
					({ profile }) => keyOf(profile, column) === column.key,
				);
				const [version] = entry?.versions ?? [];
				return entry && version && { profile: entry.profile, version };
			}),
		})),
	};
}

function titleOf(chosen: readonly ProfileSnapshot[]): string {
	const names = new Set(
		chosen.map(({ profile }) => profile.configurationProfile),
	);
	return [...names].join(", ");
}

/** By environment where each section has a profile of it once, otherwise by profile. */
function columnsOf(
	groups: readonly (readonly ProfileSnapshot[])[],
): readonly MatrixColumn[] {
	const isUnique = groups.every(
		(entries) =>
			new Set(entries.map(({ profile }) => profile.environment)).size ===
			entries.length,
	);
	const columns = new Map<string, MatrixColumn>();
	for (const { profile } of groups.flat()) {
		const { id, name, environment } = profile;
		const column = isUnique
			? { key: environment, environment }
			: { key: id, environment, name };
		columns.set(column.key, columns.get(column.key) ?? column);
	}
	return [...columns.values()];
}

function keyOf(profile: Profile, { name }: MatrixColumn): string {
	return name === undefined ? profile.environment : profile.id;
}

function groupBy<Item>(
	items: readonly Item[],
	keyOf: (item: Item) => string,
): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
