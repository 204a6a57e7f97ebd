// One tokenizer for lines of shells, INI and .env files, YAML, HCL, source code and notes: a known name, a separator, a value with
// its quotes, and what may follow it.
import {
	isWrapper,
	keyPartOf,
	NAME_SOURCE,
	PART_NAMES,
	type Setting,
	type SettingsBlock,
} from "./key-names.ts";

const NAME = new RegExp(NAME_SOURCE, "iy");
const NAMES = new RegExp(NAME_SOURCE, "gi");
const NAME_ANYWHERE = new RegExp(NAME_SOURCE, "i");
const SECTION = /^\s*\[\s*(?:profile\s+)?["']?([^\]"'\n]+?)["']?\s*\]\s*$/;

/** Quotes by kind. Any quote of a kind closes another one, because word processors turn quotes into pairs. */
const QUOTES = ['"“”„‟″«»', "'‘’‚‛′", "`"];
/** Commands that take a name and a value as two words: csh, Windows, fish, Dockerfiles, the AWS CLI, PowerShell. */
const SPACE_FORM =
	/(?:^|[\s;&|(])(?:setenv|set-env|setx(?:\s+\/m)?|env|aws\s+configure\s+set|set(?:\s+-{1,2}[\w-]+)+)\s+["']?$|(?:set|new)-item(?:\s+-path)?\s+["']?env:[\\/]?$/i;
/** How many characters before a name are examined. */
const LOOKBEHIND = 100;
const FLAG = /(?:^|\s)--?$/;
/** Words that may follow a value and would otherwise look like the rest of a wrapped one. */
const COMMANDS = new Set(
	(
		"aws awslocal ansible az bash bun bundle cargo cat cd cdk chalice clear cmd code const copilot curl declare deno direnv docker done " +
		"dotnet echo eksctl else end endif env EOF EOT esac eval exec exit export fi fish for gem git go gradle grep helm " +
		"history if java jq k9s kops kubectl less let local ls make mvn node npm npx nx output packer php pip pnpm podman poetry " +
		"printenv printf pulumi pwsh pytest python python3 rails rclone readonly region return ruby run s3cmd sam serverless set " +
		"setenv setx sh sls source ssh sudo tee terraform terragrunt then time tofu tox typeset uname unset uv var vim watch which " +
		"while yarn zsh"
	).split(" "),
);

interface OpenBlock {
	name?: string;
	readonly settings: Setting[];
}

interface Level {
	readonly block: OpenBlock;
	/** The indent of a YAML mapping, to which deeper lines belong; `undefined` for braces. */
	readonly indent?: number;
}

export interface FoundLines {
	readonly blocks: readonly SettingsBlock[];
	/** A line begins with `-` or `+` as in a diff. */
	readonly isDiff: boolean;
}

/** `text` without comments: see `withoutComments`. */
export function findAssignments(text: string): FoundLines {
	const lines = text.split("\n");
	const root: OpenBlock = { settings: [] };
	const all: OpenBlock[] = [root];
	const bySection = new Map<string, OpenBlock>();
	let section = root;
	let levels: Level[] = [];
	let isDiff = false;
	/** `name: AWS_ACCESS_KEY_ID` of a Kubernetes container, whose value comes in the next line. */
	let pendingName:
		| { readonly name: string; readonly to: OpenBlock }
		| undefined;

	/** The last item of a list that is a mapping. */
	let item: (Required<Level> & { readonly line: number }) | undefined;

	const current = () => levels.at(-1)?.block ?? section;
	const begin = (name?: string): OpenBlock => {
		const block: OpenBlock = { settings: [], ...(name ? { name } : {}) };
		all.push(block);
		return block;
	};
	const ofName = (name: string): OpenBlock => {
		const known = bySection.get(name) ?? begin(name);
		bySection.set(name, known);
		return known;
	};

	for (let index = 0; index < lines.length; index += 1) {
		const line = lines[index] ?? "";
		if (line.trim() === "") continue;
		const head = SECTION.exec(line)?.[1];
		if (head !== undefined) {
			section = ofName(head.trim());
			levels = [];
			continue;
		}
		const indent = line.search(/\S/);
		levels = levels.filter(
			(level) => level.indent === undefined || indent > level.indent,
		);
		isDiff ||= isDiffLine(line);

		if (pendingName) {
			const value = /^\s*-?\s*value\s*:\s*(.*)$/.exec(line)?.[1];
			if (value !== undefined) {
				const read = readLine(
					`${pendingName.name}: ${value}`,
					index + 1,
					undefined,
				);
				pendingName.to.settings.push(...read.settings);
				pendingName = undefined;
				continue;
			}
			pendingName = undefined;
		}
		const named =
			/^\s*(?:-\s+)?(?:name|key)\s*:\s*["']?([\w.-]+)["']?\s*$/i.exec(
				line,
			)?.[1];
		if (named && keyPartOf(named)) {
			pendingName = { name: named, to: current() };
			continue;
		}
		const listed = /^\s*-\s+["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(line)?.[1];
		if (listed !== undefined) {
			const name = /^\s*-\s+(?:profile|name)\s*:\s*["']?([^"'\s]+)/i.exec(
				line,
			)?.[1];
			const part = keyPartOf(listed)?.part;
			// Consecutive items of one line each are one set as well.
			const isSameSet =
				part !== undefined &&
				item?.line === index - 1 &&
				item.indent === indent &&
				!item.block.settings.some((setting) => setting.part === part);
			item = {
				block: isSameSet && item ? item.block : begin(name),
				indent,
				line: index,
			};
			levels.push(item);
		}
		const opened = /^\s*(?:-\s+)?["']?([\w.@/-]+)["']?\s*:\s*$/.exec(line)?.[1];
		if (opened && !keyPartOf(opened)) {
			levels.push({
				block: begin(isWrapper(opened) ? undefined : opened),
				indent,
			});
			continue;
		}

		const profile =
			/\sconfigure\s+set\s.*\s--profile[\s=]+["']?([\w.@/-]+)/.exec(line)?.[1];
		const block = current();
		const read = readLine(line, index + 1, (depth) => {
			if (depth > 0) levels.push({ block: begin() });
			else while (levels.length > 0 && levels.pop()?.indent !== undefined);
			return current();
		});
		for (const { setting, block: inner } of read.placed)
			(profile ? ofName(profile) : (inner ?? block)).settings.push(
				withNextLine(setting, lines, index),
			);
		if (read.labelled) {
			const next = nextLine(lines, index);
			if (
				next &&
				!NAME_ANYWHERE.test(next.text) &&
				!/^\s*[=:]/.test(next.text)
			) {
				const value = readLine(
					`${read.labelled}: ${next.text.trim()}`,
					next.index + 1,
					undefined,
				);
				for (const setting of value.settings)
					current().settings.push(withNextLine(setting, lines, next.index));
				index = next.index;
			}
		}
	}
	return { blocks: all.filter(({ settings }) => settings.length > 0), isDiff };
}

function isDiffLine(line: string): boolean {
	const match = /^[+-]\s*(?:export\s+)?(?=\S)/.exec(line);
	if (!match) return false;
	// Not a diff: `-e A=B`, `-Daws.x=`, `- A=B`.
	if (/^-\s/.test(line) || /^-D/.test(line)) return false;
	NAME.lastIndex = match[0].length;
	const name = NAME.exec(line);
	return name !== null && /^\s*[=:]/.test(line.slice(NAME.lastIndex));
}

interface NextLine {
	readonly text: string;
	readonly index: number;
}

function nextLine(
	lines: readonly string[],
	index: number,
): NextLine | undefined {
	for (let next = index + 1; next < lines.length; next += 1)
		if ((lines[next] ?? "").trim() !== "")
			return { text: lines[next] ?? "", index: next };
	return undefined;
}

/** Flags a value at the end of its line that may continue in the next one: terminals and mail programs wrap long lines. */
function withNextLine(
	setting: ReadSetting,
	lines: readonly string[],
	index: number,
): Setting {
	const { isOpenEnded, isLastText, ...plain } = setting;
	const next = lines[index + 1] ?? "";
	if (isLastText && !plain.problem && NEXT_TEXT.test(next))
		return {
			...plain,
			problem: problemText("joined", plain.part, plain.line),
		};
	return isOpenEnded ? flagIfContinued(plain, lines, index) : plain;
}

/** Flags an unquoted value at the end of line `index` that may continue in a later line. */
export function flagIfContinued(
	plain: Setting,
	lines: readonly string[],
	index: number,
): Setting {
	if (plain.problem || isWhole(plain.part, plain.value)) return plain;
	const next = nextLine(lines, index);
	const [word = ""] = next?.text.replace(/^[\s>|*•]+/, "").split(/\s/) ?? [];
	if (!next || !mayContinue(word, plain.value)) return plain;
	// After an empty line, only a word that is neither a command nor English.
	if (next.index > index + 1 && !/[=+]|\d.*[A-Z]|[a-z][A-Z]|.{24}/.test(word))
		return plain;
	return {
		...plain,
		problem: `Line ${next.index + 1} may be the rest of the ${PART_NAMES[plain.part]} in line ${plain.line}: paste it without line breaks.`,
	};
}

/** Whether the word may be the rest of a wrapped value. */
function mayContinue(word: string, value: string): boolean {
	const text = word.replace(/[;,|&)"'`\\]+$/, "");
	// Base64 ends with its padding.
	if (value.endsWith("=") && !text.startsWith("=")) return false;
	const letters = /[_-]/.test(value)
		? /^[A-Za-z0-9+/_-]*={0,2}$/
		: /^[A-Za-z0-9+/]*={0,2}$/;
	NAME.lastIndex = 0;
	return (
		text !== "" &&
		letters.test(text) &&
		!COMMANDS.has(text) &&
		!/^(?:setx?|setenv|export|rem|echo)$/i.test(text) &&
		!/^\/(?:usr|bin|opt|home|Users|tmp|etc|var)\//.test(text) &&
		!/^[A-Z_]+=$/.test(text) &&
		!NAME.test(text)
	);
}

/** The rest of a string that source code concatenates: `+ "…"`, or in Python just `"…"`. */
const NEXT_TEXT =
	/^\s*(?:(?:\+|\.{1,2}|&)\s*)?(["'`])[\w+/=-]+\1[\s)\]};,+.&_]*$/;
/** The same in one line. */
const JOINED =
	/^\s*(?:\+|\.{1,2}|&)\s*(?:["'`]|[_\\]?\s*$)|^\s+["'][\w+/=-]+["']/;

interface ReadSetting extends Setting {
	/** A value in quotes ends the line. */
	readonly isLastText?: boolean;
	/** The value may be incomplete: it is not quoted, and the line ends with it. */
	readonly isOpenEnded?: boolean;
}

interface ReadLine {
	readonly settings: readonly ReadSetting[];
	readonly placed: readonly {
		readonly setting: ReadSetting;
		readonly block: OpenBlock | undefined;
	}[];
	/** The line is just this name; its value may be in the next line. */
	readonly labelled?: string;
}

/** `onBrace` is called for each brace with 1 or -1 and returns the block that follows it. */
function readLine(
	line: string,
	number: number,
	onBrace: ((depth: 1 | -1) => OpenBlock) | undefined,
): ReadLine {
	const placed: { setting: ReadSetting; block: OpenBlock | undefined }[] = [];
	let block: OpenBlock | undefined;
	let outer: string | undefined;
	const unclosed: number[] = [];
	const add = (setting: ReadSetting, isInOuter: boolean) => {
		if (isInOuter) unclosed.push(placed.length);
		placed.push({ setting, block });
	};
	/** Inside `${…}`. */
	let isReference = false;
	let labelled: string | undefined;
	const names = new Map(
		[...line.matchAll(NAMES)].map(({ 0: name, index }) => [index, name]),
	);
	let at = 0;
	while (at < line.length) {
		const name = names.get(at);
		if (name === undefined) {
			const char = line[at] ?? "";
			const kind = quoteKind(char);
			if (kind && outer === kind) {
				outer = undefined;
				unclosed.length = 0;
			} else if (kind && !outer && isBoundary(line[at - 1])) outer = kind;
			else if (char === "{" && line[at - 1] !== "$") block = onBrace?.(1);
			else if (char === "{") isReference = true;
			else if (char === "}" && isReference) isReference = false;
			else if (char === "}") block = onBrace?.(-1);
			at += 1;
			continue;
		}
		const before = line.slice(0, at);
		let end = at + name.length;
		const isQuotedName =
			outer !== undefined &&
			quoteKind(line[end] ?? "") === outer &&
			quoteKind(line[at - 1] ?? "") === outer;
		if (isQuotedName) {
			end += 1;
			outer = undefined;
		}
		const part = keyPartOf(name);
		const link =
			part && findSeparator(line, end, { before, name, isQuotedName });
		if (!part || link === undefined) {
			if (isLabel(line, before, end)) labelled = name;
			at = end;
			continue;
		}
		const value =
			(part.part === "expiration" && readTime(line, link.end)) ||
			readValue(line, link.end, outer);
		const { problem, text, isQuoted } = value;
		// Table cells may be wrapped as well.
		const isAtEnd = /^\s*\|?\s*$/.test(line.slice(value.end));
		const rest = line.slice(value.end, value.end + LOOKBEHIND);
		const isJoined =
			isQuoted &&
			!value.closesOuter &&
			!isWhole(part.part, text) &&
			JOINED.test(rest);
		const follows =
			problem ??
			(isQuoted
				? isJoined
					? "joined"
					: undefined
				: problemAfterValue(line, value.end, link.isTight, { ...part, text }));
		if (
			isAtEnd &&
			text === "" &&
			!isQuoted &&
			!problem &&
			link.isLabel &&
			before.trim() === ""
		) {
			labelled = name;
			break;
		}
		add(
			{
				...part,
				value: text,
				line: number,
				...(follows
					? { problem: problemText(follows, part.part, number) }
					: {}),
				...(isAtEnd && !isWhole(part.part, text)
					? isQuoted
						? { isLastText: true }
						: { isOpenEnded: true }
					: {}),
			},
			outer !== undefined && !value.closesOuter,
		);
		if (value.closesOuter) outer = undefined;
		at = Math.max(value.end, end);
	}
	if (outer)
		for (const index of unclosed) {
			const one = placed[index];
			if (one)
				one.setting = {
					...one.setting,
					problem: problemText("unclosed", one.setting.part, number),
				};
		}
	return {
		settings: placed.map(({ setting }) => setting),
		placed,
		...(labelled && placed.length === 0 ? { labelled } : {}),
	};
}

function isLabel(line: string, before: string, end: number): boolean {
	return /^[\s>*•-]*$/.test(before) && line.slice(end).trim() === "";
}

/** Whether the value is complete: AWS access key IDs have 20 characters and secret access keys 40. */
function isWhole(part: Setting["part"], text: string): boolean {
	if (part === "accessKeyId") return /^A[KS]IA[A-Z0-9]{16}$/.test(text);
	return part === "secretAccessKey" && /^[A-Za-z0-9+/=]{40}$/.test(text);
}

interface Separator {
	/** Where the value begins. */
	readonly end: number;
	/** `=` without spaces around it, as in shells, where a command may follow. */
	readonly isTight: boolean;
	/** A colon, after which the value may be in the next line. */
	readonly isLabel: boolean;
}

function findSeparator(
	line: string,
	end: number,
	name: {
		readonly before: string;
		readonly name: string;
		readonly isQuotedName: boolean;
	},
): Separator | undefined {
	const after = (pattern: RegExp) => {
		pattern.lastIndex = end;
		return pattern.exec(line);
	};
	const closer =
		after(/["'`]?[\])}]*(?:\*\*)?(?:\s+\[[^\]\n]*\](?=\s*:))?/y)?.[0] ?? "";
	end += closer.length;
	if (after(/\s+==\s/y)) return undefined;
	const near = name.before.slice(-LOOKBEHIND);
	const option = after(/["']?\s+-value\s+/iy);
	if (option)
		return {
			end: end + option[0].length,
			isTight: false,
			isLabel: false,
		};
	const command = SPACE_FORM.test(near) && after(/\s+(?=\S)/y);
	if (command)
		return {
			end: end + command[0].length,
			isTight: false,
			isLabel: false,
		};
	const sign = after(/\s*(:=|\?=|=>|=|:)(?:\*\*(?=\s))?\s*/y);
	if (sign)
		return {
			end: end + sign[0].length,
			isTight: sign[0] === "=",
			isLabel: sign[1] === ":",
		};
	const other =
		after(/\s*\|\s*/y) ??
		(name.isQuotedName || closer ? after(/\s*,\s*/y) : null);
	if (other)
		return { end: end + other[0].length, isTight: false, isLabel: false };
	const space = after(/\s+(?=\S)/y);
	if (!space || closer) return undefined;
	const isSpaceForm =
		/(?:^|[\s;&|(])set\s+["']?$/i.test(near) ||
		FLAG.test(near) ||
		isTwoColumns(line, end, name.before);
	return isSpaceForm
		? { end: end + space[0].length, isTight: false, isLabel: false }
		: undefined;
}

/** The whole line is a name and one word that looks like its value. */
function isTwoColumns(line: string, end: number, before: string): boolean {
	return (
		/^[\s>*•-]*$/.test(before) &&
		/^\s+["'`]?[\w+/=-]{16,}["'`]?\s*$/.test(line.slice(end))
	);
}

interface ReadValue {
	readonly text: string;
	readonly end: number;
	readonly isQuoted: boolean;
	readonly problem?: ValueProblem;
	/** The quote that was opened before the name is closed after the value. */
	readonly closesOuter?: boolean;
}

type ValueProblem = "unclosed" | "glued" | "joined" | "trailing" | "wrapped";

function readValue(
	line: string,
	start: number,
	outer: string | undefined,
): ReadValue {
	const isEscaped = line[start] === "$" && quoteKind(line[start + 1] ?? "");
	if (isEscaped) return readQuoted(line, start + 1, isEscaped);
	const kind = quoteKind(line[start] ?? "");
	if (kind && kind !== outer) return readQuoted(line, start, kind);
	REFERENCE.lastIndex = start;
	const reference = REFERENCE.exec(line)?.[0];
	if (reference)
		return { text: reference, end: start + reference.length, isQuoted: true };
	let end = line[start] === "<" ? start + 1 : start;
	while (
		end < line.length &&
		!/[\s;,|)\]}<&]/.test(line[end] ?? "") &&
		!quoteKind(line[end] ?? "")
	)
		end += 1;
	const text = line.slice(start, end);
	const quote = quoteKind(line[end] ?? "");
	if (quote && quote === outer)
		return { text, end: end + 1, isQuoted: true, closesOuter: true };
	if (quote) return { text, end, isQuoted: false, problem: "glued" };
	return { text, end, isQuoted: false };
}

/** A reference of a shell, a template, GitHub Actions or Terraform to a value that is not in the text. */
const REFERENCE = /\$?\{\{[^}\n]*\}\}|\$\{[^}\n]*\}|\$\([^)\n]*\)/y;

const TIME =
	/\d{4}-\d\d-\d\d[T ][\d:.]+(?:\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?(?: UTC)?|(?:\w{3}, )?\d{1,2} \w{3} \d{4} [\d:]{8} (?:GMT|UTC|[+-]\d{4})/y;

/** Times may contain spaces and commas. */
function readTime(line: string, start: number): ReadValue | undefined {
	TIME.lastIndex = start;
	const text = TIME.exec(line)?.[0];
	return text === undefined
		? undefined
		: { text, end: start + text.length, isQuoted: true };
}

/** PowerShell prints quoted values with two quotes at each end. */
function readQuoted(line: string, start: number, kind: string): ReadValue {
	let open = start;
	while (quoteKind(line[open] ?? "") === kind) open += 1;
	const count = open - start;
	let end = open;
	while (end < line.length && quoteKind(line[end] ?? "") !== kind) end += 1;
	const text = line.slice(open, end).trim();
	let close = end;
	while (quoteKind(line[close] ?? "") === kind) close += 1;
	// Two quotes and nothing else: an empty value.
	if (
		count === 2 &&
		(open >= line.length || /[\s;,)\]}&]/.test(line[open] ?? ""))
	)
		return { text: "", end: open, isQuoted: true };
	if (close - end !== count) {
		const isShort = close - end < count;
		return {
			text,
			end: close,
			isQuoted: true,
			problem: isShort ? "unclosed" : "glued",
		};
	}
	const isFree =
		/^(?:$|[\s;,|)\]}<&\\:])/.test(line.slice(close)) ||
		quoteKind(line[close] ?? "") !== undefined;
	return {
		text,
		end: close,
		isQuoted: true,
		...(isFree ? {} : { problem: "glued" as const }),
	};
}

/** An unquoted value ends at a space, but a terminal may also have broken the value there. */
function problemAfterValue(
	line: string,
	end: number,
	isTight: boolean,
	{ part, text }: { readonly part: Setting["part"]; readonly text: string },
): ValueProblem | undefined {
	const rest = line.slice(end, end + 1_000).trim();
	if (rest === "" || /^[;,|)\]}&\\]/.test(rest)) return undefined;
	if (/^<\//.test(rest) || !/^\s/.test(line.slice(end))) return undefined;
	if (text === "") return undefined;
	const [word = ""] = rest.split(/\s/);
	if (/^(?:-{1,2}[A-Za-z]|\/[mM]$)/.test(word)) return undefined;
	NAME.lastIndex = 0;
	if (NAME.test(rest)) return undefined;
	// Another variable; `EaCX==` is the end of a token.
	if (/^[A-Za-z_]\w*=[^=\s]/.test(word)) return undefined;
	if (isWhole(part, text)) return undefined;
	if (!isTight) return "trailing";
	return mayContinue(word, text) ? "wrapped" : undefined;
}

function problemText(
	trouble: ValueProblem,
	part: Setting["part"],
	line: number,
): string {
	const what = `the ${PART_NAMES[part]} in line ${line}`;
	if (trouble === "unclosed")
		return `The quotes around ${what} are not closed: it may be cut off.`;
	if (trouble === "glued")
		return `Quotes stand in the middle of ${what}: where it ends cannot be told.`;
	if (trouble === "joined")
		return `Another text is joined to ${what}: paste it as one.`;
	if (trouble === "trailing")
		return `Other words follow ${what}: where it ends cannot be told.`;
	return `A space stands in ${what}, or a line was wrapped there: where it ends cannot be told.`;
}

function quoteKind(char: string): string | undefined {
	return char === "" ? undefined : QUOTES.find((kind) => kind.includes(char));
}

function isBoundary(char: string | undefined): boolean {
	return char === undefined || /[\s=:,;([{|&>$]/.test(char);
}

/** Replaces comments with spaces and joins continued lines. Line numbers stay the same. */
export function withoutComments(text: string): {
	readonly text: string;
	readonly hasComment: boolean;
} {
	let hasComment = false;
	const drop = (comment: string) => {
		hasComment ||= NAME_ANYWHERE.test(comment);
		return comment.replaceAll(/[^\n]/g, " ");
	};
	const blocks = text
		.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, drop)
		.replaceAll(/<#[\s\S]*?(?:#>|$)/g, drop)
		.replaceAll(/(?<=^|\s)\/\*[\s\S]*?(?:\*\/|$)/g, drop);
	let isIni = false;
	const lines = blocks.split("\n").map((line) => {
		isIni ||= SECTION.test(line);
		const start = commentStart(line, isIni);
		return start < 0 ? line : line.slice(0, start) + drop(line.slice(start));
	});
	return { text: joinContinued(lines).join("\n"), hasComment };
}

function commentStart(line: string, isIni: boolean): number {
	const begin = line.search(/\S/);
	if (begin < 0) return -1;
	const isSlashes =
		line.startsWith("//", begin) && !isTokenFragment(line, begin);
	if (isSlashes || /^(?:[#;!]|::|--\s|@?rem\b)/i.test(line.slice(begin)))
		return begin;
	const isLikeIni = isIni || /^\s*[\w.-]+\s+=\s/.test(line);
	for (let at = begin; at < line.length; at += 1) {
		const char = line[at] ?? "";
		const kind = quoteKind(char);
		if (kind && isBoundary(line[at - 1])) {
			let end = at + 1;
			while (end < line.length && quoteKind(line[end] ?? "") !== kind) end += 1;
			if (end < line.length) at = end;
			continue;
		}
		const last = line[at - 1] ?? "";
		if (!/[\s"'”’,;{}()[\]]/.test(last)) continue;
		if (char === "#") return at;
		if (char === ";" && isLikeIni && /\s/.test(last)) return at;
		if (
			line.startsWith("//", at) &&
			!isTokenFragment(line, at) &&
			/\s/.test(last) &&
			!/[=:]\s*$/.test(line.slice(Math.max(0, at - LOOKBEHIND), at))
		)
			return at;
	}
	return -1;
}

/** Two slashes may begin a comment, or be part of a token. */
function isTokenFragment(line: string, at: number): boolean {
	const rest = line.slice(at).trim();
	const [word = ""] = rest.split(/[\s"'|;,]/);
	if (!/^[A-Za-z0-9+/=]+$/.test(word) || word === "//") return false;
	if (NAME_ANYWHERE.test(word)) return false;
	const isAtStart = line.slice(0, at).trim() === "";
	return !isAtStart || word === rest || /[+=]|^\/\/.*\/|.{14}/.test(word);
}

/** `\` continues a line in sh; the backtick (PowerShell) and `^` (cmd) only after a space. Joined lines are left empty. */
function joinContinued(lines: readonly string[]): readonly string[] {
	const joined: string[] = [];
	let to = -1;
	for (const [index, line] of lines.entries()) {
		const isContinued = /\\\s*$/.test(line) || /\s[`^]\s*$/.test(line);
		const own = isContinued ? line.replace(/[\\`^]\s*$/, "") : line;
		if (to >= 0) {
			joined[to] +=
				/\s/.test(joined[to]?.at(-1) ?? "") || /^\s/.test(own)
					? ` ${own.trimStart()}`
					: own;
			joined.push("");
		} else joined.push(own);
		if (isContinued && to < 0) to = index;
		if (!isContinued) to = -1;
	}
	return joined;
}
