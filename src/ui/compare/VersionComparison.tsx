import { useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { useBackgroundClient } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { useBody } from "../content/use-body.ts";
import { useEscape } from "../hooks/use-escape.ts";
import { ComparePane, type CompareSide } from "./ComparePane.tsx";

export interface VersionComparisonProps {
	readonly profile: ProfileSnapshot;
	/** All profiles: their live versions can be compared too. */
	readonly profiles: readonly ProfileSnapshot[];
	/** The number of the selected version. */
	readonly shownNumber: number;
	readonly compact: boolean;
	readonly onClose: () => void;
}

/** A version that the selected one can be compared with. */
interface Candidate {
	readonly key: string;
	readonly profile: ProfileSnapshot;
	readonly version: Version;
	/** `Version 3`, or another profile's name. */
	readonly name: string;
	readonly optionText: string;
}

/** Compares the selected version with another one: by default the version before it. */
export function VersionComparison(props: VersionComparisonProps) {
	const { profile, shownNumber, compact, onClose } = props;
	const reader = useBackgroundClient();
	useEscape(true, onClose);
	const candidates = candidatesOf(props);
	const [selectedKey, setSelectedKey] = useState<string>();
	const other =
		candidates.find(({ key }) => key === selectedKey) ?? candidates.at(0);
	const shown = profile.versions.find(
		(version) => version.number === shownNumber,
	);
	const ownSide = useSide(reader, shown && toCandidate(profile, shown));
	const otherSide = useSide(reader, other);
	const isSame = other?.profile.profile.id === profile.profile.id;
	const isNewer = isSame && (other?.version.number ?? 0) > shownNumber;
	const [original, modified] = isNewer
		? [ownSide, otherSide]
		: [otherSide, ownSide];
	return (
		<>
			<div class="compare-with">
				<label for="compare-with">Compare with</label>
				<select
					id="compare-with"
					value={other?.key}
					onChange={({ currentTarget }) => setSelectedKey(currentTarget.value)}
				>
					{candidates.map(({ key, optionText }) => (
						<option key={key} value={key}>
							{escapeInvisible(optionText)}
						</option>
					))}
				</select>
				<Button name="Close" onClick={onClose} />
			</div>
			{original && modified && (
				<ComparePane
					key={`${original.hash} ${modified.hash}`}
					original={original}
					modified={modified}
					fileName={fileNameOf(profile, modified.content.kind)}
					compact={compact}
					preferencesKey={profile.profile.id}
				/>
			)}
		</>
	);
}

/** The version before comes first, then the others, newest first, then the live versions of other profiles. */
function candidatesOf({
	profile,
	profiles,
	shownNumber,
}: VersionComparisonProps): readonly Candidate[] {
	const others = profile.versions.filter(
		(version) => version.number !== shownNumber,
	);
	const before = others.find((version) => version.number < shownNumber);
	const own = before
		? [before, ...others.filter((version) => version !== before)]
		: others;
	const live = profiles.flatMap((entry) => {
		const [version] = entry.versions;
		return version && entry !== profile
			? [toCandidate(entry, version, entry.profile.name)]
			: [];
	});
	return [...own.map((version) => toCandidate(profile, version)), ...live];
}

function toCandidate(
	profile: ProfileSnapshot,
	version: Version,
	profileName?: string,
): Candidate {
	const { number, label } = version;
	const name = profileName ?? `Version ${number}`;
	const end = label ? ` · ${label}` : "";
	return {
		key: `${profile.profile.id}/${number}`,
		profile,
		version,
		name,
		optionText: profileName ? `${name}, live${end}` : name + end,
	};
}

/** Absent until the bytes are read. */
function useSide(
	reader: BodyReader,
	candidate: Candidate | undefined,
): CompareSide | undefined {
	const version = candidate?.version;
	const body = useBody(reader, candidate?.profile.profile.id, version);
	if (!version || body.state !== "ready" || body.number !== version.number)
		return undefined;
	const { label, hash, receivedAt } = version;
	const { name } = candidate;
	return { content: body.content, name, label, hash, receivedAt };
}

const EXTENSIONS: Partial<Record<DocumentKind, string>> = {
	json: "json",
	"json-lines": "jsonl",
	yaml: "yaml",
	xml: "xml",
};

function fileNameOf({ profile }: ProfileSnapshot, kind: DocumentKind): string {
	const extension = EXTENSIONS[kind] ?? "txt";
	const stem = profile.configurationProfile.replaceAll(/[^\w.-]+/g, "-");
	return `${stem}.${extension}`;
}
