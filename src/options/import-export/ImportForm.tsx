import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	containsSecrets,
	KEYS_IN_SHARED_TEXT,
} from "../../core/connection/looks-like-keys.ts";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { formatSize } from "../../ui/components/size.ts";
import { focusField } from "../focus-field.ts";
import { createRedirect, IMPORT_EXPORT_ROUTE, importTextOf } from "../route.ts";
import { MAX_IMPORT_BYTES, type ParsedExport, parseExport } from "./export.ts";
import type { ImportExportProps } from "./ImportExport.tsx";
import { hostsToAsk, type ImportResult, importAll } from "./import.ts";
import { type ImportSummary, summarise } from "./import-summary.ts";

interface Progress {
	readonly added: number;
	readonly of: number;
}

/**
 * A box that never holds a text: the browser writes the contents of text fields to disk to restore a session, and what is
 * pasted may be more than the user knows.
 */
export function ImportForm(props: ImportExportProps) {
	const { remote, platform, say } = props;
	const [given, setGiven] = useState(() => read(props.text));
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
		if (containsSecrets(props.text))
			history.replaceState(null, "", `#${IMPORT_EXPORT_ROUTE}`);
	}, [props.text]);
	useEffect(() => {
		if (problem) focusField(["import"]);
	}, [problem, given]);
	const take = (next: PendingImport) => {
		setFailure("");
		setGiven(next);
	};

	async function importGiven(exported: ParsedExport): Promise<void> {
		// In the click itself: after an await the browser would not ask.
		const hosts = hostsToAsk(exported);
		const answer =
			hosts.length > 0 ? platform.requestHost?.(...hosts) : undefined;
		const lead = createRedirect();
		const controller = new AbortController();
		running.current = controller;
		const added = await importAll(remote, exported, props, {
			signal: controller.signal,
			onProgress: (count, of) => setProgress({ added: count, of }),
		});
		// Not what was pasted meanwhile. After a cancel the rest can be imported at once.
		if (added.cancelled === 0) setGiven((now) => (now === given ? NONE : now));
		if (props.text && added.first) lead(added.first);
		// At once: the browser's question may stand open for as long as it likes.
		const words = resultText(added);
		say(words);
		void answer?.then((isAllowed) => {
			if (!isAllowed)
				say(
					`${words} You did not grant access to all hosts: each profile names the missing one.`,
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
				<label for="import">Export to import</label>
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

/** A link is as good as what it holds. */
function read(pasted: string): PendingImport {
	if (pasted.trim() === "") return NONE;
	const [, fragment] = /#(import=[\w-]+)/.exec(pasted) ?? [];
	const text = (fragment && importTextOf(fragment)) ?? pasted;
	return containsSecrets(text)
		? { text: "", problem: KEYS_IN_SHARED_TEXT }
		: { text, problem: "" };
}

/** The size is looked at first: reading a large file can end the extension's process. */
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

function count(number: number, what: string, plural = `${what}s`): string {
	return number === 1
		? `1 ${what}`
		: `${number.toLocaleString("en-US")} ${plural}`;
}
