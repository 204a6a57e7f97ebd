import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { saveFile } from "../background-client/platform.ts";
import { formatExactSize } from "../components/format.ts";
import { openContent } from "../content/content.ts";
import { toLine } from "./json-lines.ts";

const EXTENSIONS: Readonly<Record<DocumentKind, string>> = {
	json: "json",
	"json-lines": "jsonl",
	yaml: "yaml",
	xml: "xml",
	ion: "ion",
	text: "txt",
	binary: "bin",
};

/** Saves the bytes of a version as received. Resolves with a sentence about the result. */
export async function saveVersion(
	reader: BodyReader,
	profile: Profile,
	version: Version,
): Promise<string> {
	const body = await bodyOf(reader, profile, version);
	const { kind } = openContent(body, version.contentType);
	const name = `${stemOf(profile)}-v${version.number}.${EXTENSIONS[kind]}`;
	saveFile(name, body);
	return `Saved ${formatExactSize(body.length)} of version ${version.number} as ${name}.`;
}

/** Saves all versions as JSON Lines, oldest first. Resolves with a sentence about the result. */
export async function saveHistory(
	reader: BodyReader,
	profile: Profile,
	versions: readonly Version[],
): Promise<string> {
	const lines: string[] = [];
	for (const version of versions.toReversed()) {
		const body = await bodyOf(reader, profile, version);
		lines.push(toLine(profile, { version, body }));
	}
	const name = `${stemOf(profile)}-history.jsonl`;
	saveFile(name, lines.join(""), "application/jsonl");
	const count = lines.length === 1 ? "1 version" : `${lines.length} versions`;
	return `Saved ${count} as ${name}.`;
}

async function bodyOf(
	reader: BodyReader,
	{ id }: Profile,
	{ number }: Version,
): Promise<Uint8Array> {
	const body = await reader.readBody(id, number);
	if (!body) throw new Error(`Version ${number} is no longer stored.`);
	return body;
}

function stemOf({ configurationProfile }: Profile): string {
	return configurationProfile.replaceAll(/[^\w.-]+/g, "-");
}
