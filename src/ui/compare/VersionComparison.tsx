import { useEffect, useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { isTyping } from "../components/keyboard.ts";
import { useBody } from "../content/use-body.ts";
import type { VersionRef } from "../content/version-ref.ts";
import { useEscape } from "../hooks/use-escape.ts";
import {
	useAllVersions,
	VersionChooser,
} from "../version-chooser/VersionChooser.tsx";
import {
	ComparePane,
	type CompareSide,
	type SidePosition,
} from "./ComparePane.tsx";

/** The two versions that are compared, of one profile or of two. */
export type VersionPair = Readonly<Record<SidePosition, VersionRef>>;

export interface VersionComparisonProps {
	readonly pair: VersionPair;
	readonly profiles: readonly ProfileSnapshot[];
	/** The selected view is saved under this key. */
	readonly preferencesKey: string;
	readonly onChange: (pair: VersionPair) => void;
	readonly onClose: () => void;
}

/** Compares two versions. Each side names its version and lets the user choose another one. */
export function VersionComparison(props: VersionComparisonProps) {
	const { pair, profiles, preferencesKey, onChange, onClose } = props;
	const [choosing, setChoosing] = useState<SidePosition>();
	useEscape(choosing === undefined, onClose);
	const original = useSide(pair, "original", profiles);
	const modified = useSide(pair, "modified", profiles);
	const swap = () =>
		onChange({ original: pair.modified, modified: pair.original });
	useKey("x", swap);
	const other = choosing === "original" ? "modified" : "original";
	const owner =
		choosing &&
		profiles.find(({ profile }) => profile.id === pair[choosing].profile);
	return (
		<>
			<div class="comparison-head">
				<h2 class="visually-hidden">Comparison</h2>
				<Button
					name="Close"
					icon="close"
					bare
					title="Close (Esc)"
					onClick={onClose}
				/>
			</div>
			{original.isDeleted || modified.isDeleted ? (
				<p class="placeholder" role="status">
					A version of this comparison is no longer stored.
				</p>
			) : (
				original.side &&
				modified.side && (
					<ComparePane
						key={`${original.side.hash} ${modified.side.hash}`}
						original={original.side}
						modified={modified.side}
						fileName={modified.fileName}
						preferencesKey={preferencesKey}
						older={olderSide(pair)}
						onChoose={setChoosing}
						onSwap={swap}
					/>
				)
			)}
			{choosing && owner && (
				<VersionChooser
					title="Compare with…"
					owner={owner}
					profiles={profiles}
					current={pair[choosing]}
					other={pair[other]}
					onChoose={(choice) => onChange({ ...pair, [choosing]: choice })}
					onClose={() => setChoosing(undefined)}
				/>
			)}
		</>
	);
}

/** Of two profiles, no version is the older one. */
function olderSide({ original, modified }: VersionPair) {
	if (original.profile !== modified.profile) return undefined;
	return original.number < modified.number ? "original" : "modified";
}

interface SideState {
	/** Absent until the bytes are read. */
	readonly side?: CompareSide;
	/** The version, or its profile, is not there any more. */
	readonly isDeleted: boolean;
	/** The file that a patch of this side is for. */
	readonly fileName: string;
}

function useSide(
	pair: VersionPair,
	position: SidePosition,
	profiles: readonly ProfileSnapshot[],
): SideState {
	const ref = pair[position];
	const reader: BodyReader = useBackgroundClient();
	const owner = profiles.find(({ profile }) => profile.id === ref.profile);
	const { versions, isComplete } = useVersionsOf(owner);
	const version = versions.find(({ number }) => number === ref.number);
	const body = useBody(reader, ref.profile, version);
	const fileName = fileNameOf(owner, "text");
	if (!owner || (!version && isComplete) || body.state === "deleted")
		return { isDeleted: true, fileName };
	if (!version || body.state !== "ready" || body.number !== version.number)
		return { isDeleted: false, fileName };
	const { label, hash, receivedAt } = version;
	const { name, environment } = nameSide(pair, position, profiles);
	return {
		side: {
			content: body.content,
			name,
			environment,
			label,
			isLive: version.number === versions[0]?.number,
			hash,
			receivedAt,
		},
		isDeleted: false,
		fileName: fileNameOf(owner, body.content.kind),
	};
}

const NOBODY = { versions: [], versionCount: 0 };

function useVersionsOf(owner: ProfileSnapshot | undefined): {
	readonly versions: readonly Version[];
	readonly isComplete: boolean;
} {
	const versions = useAllVersions(owner);
	const { versionCount } = owner ?? NOBODY;
	return { versions, isComplete: versions.length >= versionCount };
}

/**
 * How a side is called: by its version alone where both are of one profile, by environment where these differ, and
 * otherwise by the name of its profile.
 */
export function nameSide(
	pair: VersionPair,
	position: SidePosition,
	profiles: readonly ProfileSnapshot[],
): { readonly name: string; readonly environment?: string } {
	const ref = pair[position];
	const other = pair[position === "original" ? "modified" : "original"];
	const find = (id: string) =>
		profiles.find(({ profile }) => profile.id === id)?.profile;
	const [own, its] = [find(ref.profile), find(other.profile)];
	const version = `v${ref.number}`;
	if (!own || ref.profile === other.profile) return { name: version };
	const { environment } = own;
	if (!its || environment === its.environment)
		return { name: `${own.name} ${version}` };
	return own.configurationProfile === its.configurationProfile
		? { name: version, environment }
		: { name: `${own.configurationProfile} ${version}`, environment };
}

function useKey(key: string, act: () => void): void {
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			const { ctrlKey, metaKey, altKey } = event;
			if (event.key.toLowerCase() !== key || ctrlKey || metaKey || altKey)
				return;
			if (isTyping(event) || document.querySelector("dialog[open]")) return;
			event.preventDefault();
			act();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	});
}

const EXTENSIONS: Partial<Record<DocumentKind, string>> = {
	json: "json",
	"json-lines": "jsonl",
	yaml: "yaml",
	xml: "xml",
};

function fileNameOf(
	owner: ProfileSnapshot | undefined,
	kind: DocumentKind,
): string {
	const extension = EXTENSIONS[kind] ?? "txt";
	const name = owner?.profile.configurationProfile ?? "configuration";
	return `${name.replaceAll(/[^\w.-]+/g, "-")}.${extension}`;
}
