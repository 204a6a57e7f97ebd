// The version on show beside another: one of the same profile, by default the one before, or what another profile has live.

import { useState } from "preact/hooks";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type { DocumentKind } from "../../document/formats/kind.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { useBody } from "../content/use-body.ts";
import { copyText } from "../copy/clipboard.ts";
import { type CompareSide, CompareView } from "./CompareView.tsx";
import "./comparison.css";
import { Button } from "../components/Button.tsx";
import type { Announce } from "../components/status.tsx";
import { useEscape } from "../hooks/use-escape.ts";

export interface VersionComparisonProps {
	readonly profile: ProfileSnapshot;
	/** All of them: their live versions can be compared too. */
	readonly profiles: readonly ProfileSnapshot[];
	/** The number on show. */
	readonly shownNumber: number;
	readonly reader: BodyReader;
	readonly compact: boolean;
	readonly say: Announce;
	readonly onClose: () => void;
}

/** One version that can stand on a side. */
interface Candidate {
	readonly key: string;
	readonly profile: ProfileSnapshot;
	readonly version: Version;
	/** `Version 3`, or another profile's name. */
	readonly name: string;
	readonly optionText: string;
}

export function VersionComparison(props: VersionComparisonProps) {
	const { profile, shownNumber, reader, compact, say, onClose } = props;
	useEscape(true, onClose);
	const candidates = candidatesOf(props);
	const [chosen, setChosen] = useState<string>();
	const other =
		candidates.find(({ key }) => key === chosen) ?? candidates.at(0);
	const shown = profile.versions.find(
		(version) => version.number === shownNumber,
	);
	const ownSide = useSide(reader, shown && toCandidate(profile, shown));
	const otherSide = useSide(reader, other);
	const isSame = other?.profile.profile.id === profile.profile.id;
	const isNewer = isSame && (other?.version.number ?? 0) > shownNumber;
	return (
		<>
			<div class="compare-with">
				<label for="compare-with">Compare with</label>
				<select
					id="compare-with"
					value={other?.key}
					onChange={({ currentTarget }) => setChosen(currentTarget.value)}
				>
					{candidates.map(({ key, optionText }) => (
						<option key={key} value={key}>
							{escapeInvisible(optionText)}
						</option>
					))}
				</select>
				<Button name="Close" onClick={onClose} />
			</div>
			{ownSide && otherSide && (
				<CompareView
					original={isNewer ? ownSide : otherSide}
					modified={isNewer ? otherSide : ownSide}
					fileName={fileNameOf(profile, ownSide.content.kind)}
					compact={compact}
					memoryKey={profile.profile.id}
					onCopy={(text, what) => void copyText(text, what, say)}
				/>
			)}
		</>
	);
}

/** The one before comes first, then the others, newest first, then the other profiles. */
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
	another?: string,
): Candidate {
	const { number, label } = version;
	const name = another ?? `Version ${number}`;
	const end = label ? ` · ${label}` : "";
	return {
		key: `${profile.profile.id}/${number}`,
		profile,
		version,
		name,
		optionText: another ? `${name}, live${end}` : name + end,
	};
}

/** A version with its bytes, once they are read. */
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
