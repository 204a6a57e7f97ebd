import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import {
	type BodyQuery,
	parseBodyQuery,
} from "../../document/search/search-body.ts";
import {
	formatDayTime,
	formatShortAge,
	formatTime,
} from "../components/Age.tsx";
import { Button } from "../components/Button.tsx";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { moveByArrows } from "../components/keyboard.ts";
import { styleOfValue } from "../diff/ChangedPath.tsx";
import { useEscape } from "../hooks/use-escape.ts";
import {
	type ProfileResults,
	type SearchResult,
	versionRange,
} from "./results.ts";
import { type SearchState, useSearch } from "./use-search.ts";
import "./search.css";

export interface SearchViewProps {
	readonly profiles: readonly ProfileSnapshot[];
	/** Opens a profile, and the timeline of a value where it has a path. */
	readonly onOpen: (target: {
		readonly profile: ProfileId;
		readonly jsonPath: string | undefined;
	}) => void;
	readonly onClose: () => void;
}

const SCOPES: readonly (readonly [BodyQuery["scope"], string])[] = [
	["all", "Key and value"],
	["key", "Key"],
	["value", "Value"],
	["path", "Path"],
];

/** Finds keys and values in all versions of all profiles. */
export function SearchView({ profiles, onOpen, onClose }: SearchViewProps) {
	const [typed, setTyped] = useState("");
	const [scope, setScope] = useState<BodyQuery["scope"]>("all");
	const [onlyLive, setOnlyLive] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => field.current?.focus(), []);
	useEscape(true, onClose);
	const query = useMemo(() => parseBodyQuery(typed, scope), [typed, scope]);
	const search = useSearch({ profiles, query, onlyLive });
	return (
		<section class="search" aria-label="Search">
			<div class="search-bar">
				<Button
					name="Close search"
					icon="close"
					bare
					title="Close search (Esc)"
					onClick={onClose}
				/>
				<h2>Search</h2>
				<input
					type="search"
					aria-label="Search all profiles and versions"
					placeholder="timeoutSeconds: 30"
					ref={field}
					value={typed}
					onInput={({ currentTarget }) => setTyped(currentTarget.value)}
				/>
				<button
					type="button"
					class="button"
					aria-pressed={onlyLive}
					onClick={() => setOnlyLive(!onlyLive)}
				>
					Only live versions
				</button>
			</div>
			<fieldset class="search-scopes">
				<legend class="visually-hidden">Where to search</legend>
				{SCOPES.map(([value, name]) => (
					<button
						key={value}
						type="button"
						class="button"
						aria-pressed={value === scope}
						onClick={() => setScope(value)}
					>
						{name}
					</button>
				))}
				<output class="quiet">{statusOf(search, query)}</output>
			</fieldset>
			{search.error && (
				<p class="bar bad" role="alert">
					The search failed: <ForeignText text={search.error} />
				</p>
			)}
			<ul class="search-results" onKeyDown={moveByArrows}>
				{search.profiles.map((one, index) => (
					<Results
						key={one.entry.profile.id}
						found={one}
						isFirst={index === 0}
						onOpen={onOpen}
					/>
				))}
			</ul>
		</section>
	);
}

function statusOf(
	{ profiles, searched, total, isDone }: SearchState,
	query: BodyQuery | undefined,
): string {
	if (!query) return "Searches every version of every profile";
	const count = profiles.reduce((sum, { results }) => sum + results.length, 0);
	const found =
		count === 0
			? "Nothing found"
			: `${count} ${count === 1 ? "result" : "results"} in ${profiles.length} ${profiles.length === 1 ? "profile" : "profiles"}`;
	if (isDone) return found;
	return count === 0
		? `Searching, ${searched} of ${total} versions`
		: `${found}. Searching, ${searched} of ${total} versions`;
}

interface ResultsProps extends Pick<SearchViewProps, "onOpen"> {
	readonly found: ProfileResults;
	readonly isFirst: boolean;
}

/** More results of a profile are only counted. */
const MAX_SHOWN = 200;

function Results({ found, isFirst, onOpen }: ResultsProps) {
	const { entry, results, isCut } = found;
	const { id, name, application, environment } = entry.profile;
	const shown = results.slice(0, MAX_SHOWN);
	return (
		<li>
			<h3 class="search-profile">
				<EnvironmentLabel name={environment} />{" "}
				<strong>
					<ForeignText text={name} />
				</strong>{" "}
				<span class="quiet">
					<ForeignText text={application} />
				</span>
			</h3>
			<ul>
				{shown.map((result, index) => (
					<li key={`${result.path} ${result.newest.number} ${result.value}`}>
						<button
							type="button"
							data-stop
							class="search-result"
							tabIndex={isFirst && index === 0 ? 0 : -1}
							onClick={() =>
								onOpen({
									profile: id,
									jsonPath: result.path.startsWith("$")
										? result.path
										: undefined,
								})
							}
						>
							<Result result={result} />
						</button>
					</li>
				))}
			</ul>
			{(isCut || shown.length < results.length) && (
				<p class="quiet search-more">
					There are more: search for a longer text to see them.
				</p>
			)}
		</li>
	);
}

function Result({ result }: { readonly result: SearchResult }) {
	const { path, value, newest, oldest, isLive } = result;
	const now = Date.now();
	return (
		<>
			<code class="path">
				<ForeignText text={path} />
			</code>
			<code class={`value ${styleOfValue(value)}`}>
				<ForeignText text={value} />
			</code>
			{isLive && <span class="badge live">live</span>}
			<span class="quiet when" title={formatTime(oldest.receivedAt)}>
				{versionRange(result)},{" "}
				{isLive
					? `since ${formatDayTime(oldest.receivedAt, now)}`
					: formatShortAge(newest.receivedAt, now)}
			</span>
		</>
	);
}
