import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { formatExactSize } from "../components/format.ts";

/** What is known about a version, for a ticket. It holds nothing secret. */
export function toMetadataText(profile: Profile, version: Version): string {
	const { label, contentType, size, hash, note } = version;
	const facts = [
		["Profile", profile.name],
		["Application", profile.application],
		["Environment", profile.environment],
		["Configuration profile", profile.configurationProfile],
		["Region", profile.region],
		["Endpoint", profile.endpoint],
		["Version", String(version.number)],
		["Version label", label],
		["Content type", contentType],
		["Size", formatExactSize(size)],
		["SHA-256", hash],
		["Received at", toTime(version.receivedAt)],
		["Last checked", toTime(version.confirmedAt)],
		["Note", note?.replace(/\s+/g, " ")],
	] as const;
	return facts
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}: ${value}\n`)
		.join("");
}

/** The same for programs. */
export function toMetadataJson(profile: Profile, version: Version): string {
	const { application, environment, configurationProfile } = profile;
	const { number, label, contentType, size, hash, note } = version;
	const facts = {
		profile: profile.name,
		application,
		environment,
		configurationProfile,
		region: profile.region,
		endpoint: profile.endpoint,
		version: number,
		versionLabel: label,
		contentType,
		sizeBytes: size,
		sha256: hash,
		receivedAt: toTime(version.receivedAt),
		lastCheckedAt: toTime(version.confirmedAt),
		note,
	};
	return `${JSON.stringify(facts, null, 2)}\n`;
}

function toTime(at: number): string {
	return new Date(at).toISOString();
}
