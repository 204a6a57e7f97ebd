// What the control plane answers with, read: its members have AWS's names and may be missing.
import type {
	Deployment,
	DeploymentEvent,
	HostedVersion,
	Resource,
} from "../../core/protocol/control-plane.ts";

export type Item = Readonly<Record<string, unknown>>;

/** A list of one; empty for what has no name. */
export function toResource(item: Item): readonly Resource[] {
	const id = text(item.Id);
	const name = text(item.Name);
	if (!id || !name) return [];
	return [
		compact({
			id,
			name,
			description: text(item.Description),
			type: text(item.Type),
		}),
	];
}

export function toDeployment(item: Item): Deployment {
	return compact({
		number: Number(item.DeploymentNumber),
		state: text(item.State) ?? "",
		percentage: Number(item.PercentageComplete ?? 0),
		configurationName: text(item.ConfigurationName),
		version: text(item.ConfigurationVersion),
		label: text(item.VersionLabel),
		growthType: text(item.GrowthType),
		growthFactor: number(item.GrowthFactor),
		durationMinutes: number(item.DeploymentDurationInMinutes),
		bakeMinutes: number(item.FinalBakeTimeInMinutes),
		startedAt: time(item.StartedAt),
		completedAt: time(item.CompletedAt),
	});
}

export function toEvent(item: Item): DeploymentEvent {
	return compact({
		type: text(item.EventType) ?? "",
		description: text(item.Description) ?? "",
		at: time(item.OccurredAt),
	});
}

export function toHosted(item: Item): HostedVersion {
	return compact({
		number: Number(item.VersionNumber),
		description: text(item.Description),
		label: text(item.VersionLabel),
		contentType: text(item.ContentType),
	});
}

/** In pieces: a call takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
	let binary = "";
	for (let at = 0; at < bytes.length; at += 8_192)
		binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
	return btoa(binary);
}

/** A text that is there, and not endless. */
export function text(value: unknown): string | undefined {
	return typeof value === "string" && value ? value.slice(0, 2_048) : undefined;
}

function number(value: unknown): number | undefined {
	return typeof value === "number" ? value : undefined;
}

function time(value: unknown): number | undefined {
	const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
	return Number.isFinite(at) ? at : undefined;
}

type Compact<T> = {
	[K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<
		T[K],
		undefined
	>;
};

function compact<T extends object>(object: T): Compact<T> {
	return Object.fromEntries(
		Object.entries(object).filter(([, value]) => value !== undefined),
	) as Compact<T>;
}
