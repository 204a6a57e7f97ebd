import { formatBytes } from "../shared/byte-size.ts";
import {
	type DeploymentRecord,
	type TableName,
	type Tables,
	toKey,
} from "./records.ts";

export type Change = {
	[T in TableName]: {
		readonly table: T;
		readonly key: string;
		/** Null removes the record. */
		readonly record: Tables[T] | null;
	};
}[TableName];

/** The data directory cannot be used. Thrown when the emulator starts. */
export class JournalError extends Error {}

/** A change could not be written to disk and was not made. The message names paths, so it is for the log and not for replies. */
export class StorageError extends Error {}

/** A change would exceed `--storage-limit` and was not made. */
export class StorageLimitError extends Error {}

export interface Store {
	get<T extends TableName>(table: T, key: string): Tables[T] | undefined;
	/** The records directly below a key, or all records of the table, in the order of their creation. */
	list<T extends TableName>(table: T, parent?: string): Tables[T][];
	/** The position of a record in the order of creation, from 1; a record keeps it until it is removed. 0 for no record. */
	position(table: TableName, key: string): number;
	/** The highest number that a deployment of the environment ever had; 0 for none. */
	lastDeploymentNumber(environment: string): number;
	/** Environments and profiles have unique names within an application. */
	findByName<T extends NamedTable>(
		table: T,
		name: string,
		application?: string,
	): Tables[T] | undefined;
	/** The deployments of a profile in an environment, newest first. Every change gives a new array. */
	deploymentsOf(key: string): readonly DeploymentRecord[];
	/** Returns when the journal has written the changes. Throws StorageError or StorageLimitError, and then changes nothing. */
	commit(changes: readonly Change[]): void;
	/** For resources that come from files: the journal does not get them. */
	commitTransient(changes: readonly Change[]): void;
	isTransient(table: TableName, key: string): boolean;
	/** Size of the committed records in the journal. */
	storedBytes(): number;
}

export type NamedTable = "applications" | "environments" | "profiles";

export interface Journal {
	/**
	 * Returns when the changes are on disk; throws StorageError otherwise. `result` yields all records as they are after the
	 * changes.
	 */
	append(changes: readonly Change[], result: () => Iterable<Change>): void;
}

/** The part of `limitBytes` that records may take. The rest is for their earlier states until the journal is compacted. */
const RECORDS_SHARE = 0.95;
/** An update may exceed the limit by this much, so that deployments can still be stopped and resources deleted. */
const SMALL_UPDATE_BYTES = 1024;

export function createStore(
	restored: readonly Change[] = [],
	journal?: Journal,
	limitBytes = Number.POSITIVE_INFINITY,
): Store {
	const tables = createTables();
	/** Keys by table and parent, in the order of creation. */
	const children = new Map<string, Set<string>>();
	const lastNumbers = new Map<string, number>();
	const positions = new Map<string, number>();
	let lastPosition = 0;
	const names = new Map<string, string>();
	const deployments = new Map<string, readonly DeploymentRecord[]>();
	const transient = new Set<string>();
	/** Sizes of the committed records in the journal. */
	const sizes = new Map<string, number>();
	let storedBytes = 0;

	function apply(changes: readonly Change[]): void {
		for (const change of changes) {
			const { table, key, record } = change;
			const rows: Map<string, Tables[TableName]> = tables[table];
			const before = rows.get(key);
			if (before) removeFromIndexes(table, before);
			const id = recordId(change);
			if (record === null) {
				rows.delete(key);
				positions.delete(id);
			} else {
				rows.set(key, record);
				if (!positions.has(id)) positions.set(id, ++lastPosition);
				addToIndexes(change);
			}
			updateChildren(table, key, record !== null);
		}
	}

	function updateChildren(
		table: TableName,
		key: string,
		exists: boolean,
	): void {
		const parent = `${table} ${key.slice(0, Math.max(0, key.lastIndexOf("/")))}`;
		const keys = children.get(parent) ?? new Set();
		children.set(parent, keys);
		if (exists) keys.add(key);
		else keys.delete(key);
	}

	function removeFromIndexes(
		table: TableName,
		record: Tables[TableName],
	): void {
		if ("Name" in record) names.delete(nameKey(table, record));
		if (!("DeploymentNumber" in record)) return;
		const rest = (deployments.get(profileKey(record)) ?? []).filter(
			(one) => one.DeploymentNumber !== record.DeploymentNumber,
		);
		deployments.set(profileKey(record), rest);
	}

	function addToIndexes({ table, key, record }: Change): void {
		if (record === null) return;
		if ("Name" in record) names.set(nameKey(table, record), key);
		if (!("DeploymentNumber" in record)) return;
		const environment = toKey(record.ApplicationId, record.EnvironmentId);
		const last = lastNumbers.get(environment) ?? 0;
		lastNumbers.set(environment, Math.max(last, record.DeploymentNumber));
		const all = [record, ...(deployments.get(profileKey(record)) ?? [])];
		all.sort((a, b) => b.DeploymentNumber - a.DeploymentNumber);
		deployments.set(profileKey(record), all);
	}

	/** A committed record must not lose its parents, so parents that came from files are committed with it. */
	function withParents(changes: readonly Change[]): Change[] {
		const parents = changes.flatMap(parentsOf).flatMap((parent) => {
			const record = tables[parent.table].get(parent.key);
			return record && transient.has(recordId(parent))
				? [{ ...parent, record } as Change]
				: [];
		});
		return [...parents, ...changes];
	}

	function setSize(change: Change): void {
		const id = recordId(change);
		const size = sizeOf(change);
		storedBytes += size - (sizes.get(id) ?? 0);
		if (size === 0) sizes.delete(id);
		else sizes.set(id, size);
	}

	/** Throws StorageLimitError. */
	function requireSpace(changes: readonly Change[]): void {
		let growth = 0;
		let isUpdate = true;
		for (const change of changes) {
			const before = sizes.get(recordId(change));
			if (before === undefined && change.record) isUpdate = false;
			growth += sizeOf(change) - (before ?? 0);
		}
		if (storedBytes + growth <= limitBytes * RECORDS_SHARE) return;
		if (growth <= (isUpdate ? SMALL_UPDATE_BYTES : 0)) return;
		throw new StorageLimitError(
			`The emulator already stores ${formatBytes(storedBytes)} of at most ${formatBytes(limitBytes)}. Delete hosted configuration versions, or start it with a higher --storage-limit`,
		);
	}

	function* resultOf(changes: readonly Change[]): Generator<Change> {
		const changed = new Map(changes.map((one) => [recordId(one), one]));
		for (const [table, rows] of Object.entries(tables))
			for (const [key, record] of rows) {
				const row = { table, key, record } as Change;
				const id = recordId(row);
				const after = changed.get(id) ?? row;
				if (!changed.delete(id) && transient.has(id)) continue;
				if (after.record) yield after;
			}
		for (const change of changed.values()) if (change.record) yield change;
	}

	apply(restored);
	for (const change of restored) setSize(change);
	return {
		get: (table, key) => tables[table].get(key),
		list(table, parent) {
			if (parent === undefined) return [...tables[table].values()];
			return [...(children.get(`${table} ${parent}`) ?? [])].flatMap(
				(key) => tables[table].get(key) ?? [],
			);
		},
		position: (table, key) => positions.get(recordId({ table, key })) ?? 0,
		lastDeploymentNumber: (environment) => lastNumbers.get(environment) ?? 0,
		findByName(table, name, application) {
			const key = names.get(JSON.stringify([table, application, name]));
			return key === undefined ? undefined : tables[table].get(key);
		},
		deploymentsOf: (key) => deployments.get(key) ?? NONE,
		commit(changes) {
			const all = withParents(changes);
			requireSpace(all);
			journal?.append(all, () => resultOf(all));
			for (const change of all) {
				transient.delete(recordId(change));
				setSize(change);
			}
			apply(all);
		},
		commitTransient(changes) {
			for (const change of changes) transient.add(recordId(change));
			apply(changes);
		},
		isTransient: (table, key) => transient.has(recordId({ table, key })),
		storedBytes: () => storedBytes,
	};
}

/** Size of the change in the journal, within a few bytes. */
function sizeOf({ record, ...change }: Change): number {
	if (record === null) return 0;
	const content = "content" in record ? record.content.length : 0;
	const rest = "content" in record ? { ...record, content: "" } : record;
	const text = JSON.stringify({ ...change, record: rest });
	return Buffer.byteLength(text) + Math.ceil(content / 3) * 4 + 16;
}

const NONE: readonly DeploymentRecord[] = [];

function createTables(): { [T in TableName]: Map<string, Tables[T]> } {
	return {
		applications: new Map(),
		environments: new Map(),
		profiles: new Map(),
		versions: new Map(),
		strategies: new Map(),
		deployments: new Map(),
		tags: new Map(),
	};
}

function recordId({ table, key }: { table: TableName; key: string }): string {
	return `${table} ${key}`;
}

function nameKey(
	table: TableName,
	record: { Name: string; ApplicationId?: string },
): string {
	return JSON.stringify([table, record.ApplicationId, record.Name]);
}

function profileKey(record: DeploymentRecord): string {
	const { ApplicationId, EnvironmentId, ConfigurationProfileId } = record;
	return toKey(ApplicationId, EnvironmentId, ConfigurationProfileId);
}

function parentsOf({
	table,
	record,
}: Change): { table: TableName; key: string }[] {
	if (record === null || !("ApplicationId" in record)) return [];
	const { ApplicationId: application } = record;
	const parents: { table: TableName; key: string }[] = [
		{ table: "applications", key: application },
	];
	if ("ConfigurationProfileId" in record)
		parents.push({
			table: "profiles",
			key: toKey(application, record.ConfigurationProfileId),
		});
	if (table === "deployments" && "EnvironmentId" in record)
		parents.push({
			table: "environments",
			key: toKey(application, record.EnvironmentId),
		});
	return parents;
}
