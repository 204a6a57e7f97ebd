import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	containsSecrets,
	SECRETS_IN_SHARED_TEXT,
} from "../../core/connection/credentials.ts";
import { usePlatform, useRemote } from "../../ui/background-client/context.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { formatSize } from "../../ui/components/format.ts";
import { useAnnounce } from "../../ui/components/status.tsx";
import {
	createRedirect,
	IMPORT_EXPORT_ROUTE,
	importTextOf,
} from "../form/route.ts";
import { focusField } from "../form/use-form.ts";
import {
	MAX_IMPORT_BYTES,
	type ParsedExport,
	parseExport,
} from "../share/export.ts";
import {
	type ExistingEntries,
	hostsToRequest,
	type ImportResult,
	importAll,
} from "./import.ts";
import { type ImportSummary, summarise } from "./import-summary.ts";

interface ImportFormProps {
	/** What is saved already. */
	readonly existing: ExistingEntries;
	/** The export to show first; empty for none. */
	readonly text: string;
}

interface Progress {
	readonly added: number;
	readonly of: number;
}

/**
 * Its text box never holds a text: browsers write the contents of text fields to disk to restore sessions, and a pasted text may
 * contain more than the user knows.
 */
export function ImportForm({ existing, text }: ImportFormProps) {
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const [given, setGiven] = useState(() => read(text));
	const [failure, setFailure] = useState("");
	const [progress, setProgress] = useState<Progress>();
	const running = useRef<AbortController | undefined>(undefined);
	const parsed = useMemo(
		() => (given.text ? parseExport(given.text) : undefined),
		[given],
	);
	const problem =
		failure || given.problem || (parsed && !parsed.ok ? parsed.error : "");
	useEffect(() => {
		// A link with keys in it must not stay in the address, nor in the history.
		if (containsSecrets(text))
			history.replaceState(null, "", `#${IMPORT_EXPORT_ROUTE}`);
	}, [text]);
	useEffect(() => {
		if (problem) focusField(["import"]);
	}, [problem, given]);
	const take = (next: PendingImport) => {
		setFailure("");
		setGiven(next);
	};

	async function importGiven(exported: ParsedExport): Promise<void> {
		// In the click itself: after an await the browser would not ask.
		const hosts = hostsToRequest(exported);
		const answer =
			hosts.length > 0 ? platform.requestHost?.(...hosts) : undefined;
		const redirect = createRedirect();
		const controller = new AbortController();
		running.current = controller;
		const added = await importAll(remote, exported, existing, {
			signal: controller.signal,
			onProgress: (count, of) => setProgress({ added: count, of }),
		});
		// A text that was pasted meanwhile stays, and after a cancel the rest can be imported.
		if (added.cancelled === 0) setGiven((now) => (now === given ? NONE : now));
		if (text && added.first) redirect(added.first);
		// At once: the browser's question may stay open for any time.
		const result = resultText(added);
		announce(result);
		void answer?.then((isAllowed) => {
			if (!isAllowed)
				announce(
					`${result} You did not grant access to all hosts. Each profile names its missing host.`,
				);
		});
	}
	const submit = () => {
		if (!parsed?.ok) return;
		setFailure("");
		// A second click would add everything twice.
		setProgress({ added: 0, of: 0 });
		importGiven(parsed.value)
			.catch((error: Error) => setFailure(error.message))
			.finally(() => setProgress(undefined));
	};
	const takeFrom = (event: Event, data: DataTransfer | null) => {
		event.preventDefault();
		const [file] = data?.files ?? [];
		if (file) void readFile(file).then(take);
		else take(read(data?.getData("text/plain") ?? ""));
	};
	return (
		<>
			<div class="field">
				<label for="import">Exported JSON</label>
				<textarea
					id="import"
					rows={2}
					value=""
					placeholder="Paste an export or a link here"
					spellcheck={false}
					autocomplete="off"
					aria-invalid={problem ? "true" : undefined}
					aria-describedby={
						problem ? "import-error import-hint" : "import-hint"
					}
					onBeforeInput={(event) => event.preventDefault()}
					onPaste={(event) => takeFrom(event, event.clipboardData)}
					onDrop={(event) => takeFrom(event, event.dataTransfer)}
				/>
				{problem && (
					<p class="error" id="import-error" role="alert">
						<ForeignText text={problem} />
					</p>
				)}
				<p class="hint" id="import-hint">
					The pasted text is not shown. Nothing is added until you press Import.
				</p>
			</div>
			{parsed?.ok && <Summary summary={summarise(parsed.value)} />}
			{progress && progress.of > 0 && (
				<p class="import-progress">
					<progress
						aria-label="Import"
						value={progress.added}
						max={progress.of}
					/>{" "}
					{progress.added.toLocaleString("en-US")} of{" "}
					{progress.of.toLocaleString("en-US")} added
				</p>
			)}
			<div class="choices">
				<Button
					name="Import"
					kind="primary"
					disabled={progress !== undefined || !parsed?.ok}
					onClick={submit}
				/>
				{progress && (
					<Button
						name="Cancel import"
						onClick={() => running.current?.abort()}
					/>
				)}
				<label class="button file">
					Import from a file
					<input
						type="file"
						accept=".json,application/json"
						onChange={({ currentTarget }) => {
							const [file] = currentTarget.files ?? [];
							if (file) void readFile(file).then(take);
							currentTarget.value = "";
						}}
					/>
				</label>
			</div>
		</>
	);
}

function Summary({ summary }: { readonly summary: ImportSummary }) {
	const { names, more, hosts, costs } = summary;
	return (
		<div class="import-summary">
			<p>
				Contains{" "}
				{names.map((name, index) => (
					<>
						{index > 0 && ", "}
						<ForeignText text={name} />
					</>
				))}
				{more > 0 && ` and ${more.toLocaleString("en-US")} more`}.
			</p>
			{hosts.length > 0 && (
				<>
					<p id="import-hosts">
						{hosts.length === 1
							? "Calls 1 host:"
							: `Calls ${hosts.length.toLocaleString("en-US")} hosts:`}
					</p>
					<ul aria-labelledby="import-hosts">
						{hosts.map(({ host, purpose }) => (
							<li key={host}>
								<code>
									<ForeignText text={host} />
								</code>{" "}
								(<ForeignText text={purpose} />)
							</li>
						))}
					</ul>
				</>
			)}
			{costs && <p>{costs}</p>}
		</div>
	);
}

interface PendingImport {
	/** Empty when there is nothing to import. */
	readonly text: string;
	readonly problem: string;
}

const NONE: PendingImport = { text: "", problem: "" };

/** Takes an export or a link to one. */
function read(pasted: string): PendingImport {
	if (pasted.trim() === "") return NONE;
	const [, fragment] = /#(import=[\w-]+)/.exec(pasted) ?? [];
	const text = (fragment && importTextOf(fragment)) ?? pasted;
	return containsSecrets(text)
		? { text: "", problem: SECRETS_IN_SHARED_TEXT }
		: { text, problem: "" };
}

/** Checks the size first: reading a large file can end the extension's process. */
async function readFile(file: File): Promise<PendingImport> {
	if (file.size > MAX_IMPORT_BYTES)
		return {
			text: "",
			problem: `“${file.name}” has ${formatSize(file.size)}; the limit is ${formatSize(MAX_IMPORT_BYTES)}. It was not read.`,
		};
	try {
		return read(await file.text());
	} catch {
		return { text: "", problem: `“${file.name}” could not be read.` };
	}
}

function resultText({
	profiles,
	connections,
	cancelled,
}: ImportResult): string {
	const added = `Added ${count(profiles, "profile")} and ${count(connections, "connection")}; existing ones were not changed.`;
	return cancelled > 0
		? `${added} ${count(cancelled, "entry", "entries")} not imported because you cancelled. Press Import to add the rest.`
		: added;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
	return number === 1
		? `1 ${noun}`
		: `${number.toLocaleString("en-US")} ${plural}`;
}
