// Writes every YAML tag in one way, however the text abbreviates it: `!!set`, `!Ref`, `!<tag:example.com,2000:x>`.
// https://yaml.org/spec/1.2.2/#681-node-tags
import type { DocumentDirective } from "js-yaml";

export interface TagReader {
	/** Of a tag as written in a document with these directives. */
	read(written: string): string;
}

const YAML = "tag:yaml.org,2002:";

export function createTagReader(
	directives: readonly DocumentDirective[],
): TagReader {
	const handles = new Map([
		["!", "!"],
		["!!", YAML],
	]);
	for (const directive of directives)
		if (directive.kind === "tag")
			handles.set(directive.handle, directive.prefix);
	return {
		read(written) {
			// Says that the value is of no particular type.
			if (written === "!") return written;
			return shorten(decodePercents(resolve(written, handles)));
		},
	};
}

function resolve(
	written: string,
	handles: ReadonlyMap<string, string>,
): string {
	if (written.startsWith("!<")) return written.slice(2, -1);
	const end = written.indexOf("!", 1);
	const handle = end < 0 ? "!" : written.slice(0, end + 1);
	return `${handles.get(handle) ?? handle}${written.slice(handle.length)}`;
}

function decodePercents(tag: string): string {
	try {
		return decodeURIComponent(tag);
	} catch {
		// No UTF-8 behind the percent signs: as it stands.
		return tag;
	}
}

function shorten(tag: string): string {
	const shortened = tag.startsWith(YAML)
		? `!!${tag.slice(YAML.length)}`
		: tag.startsWith("!")
			? tag
			: `!<${tag}>`;
	// The tag ends at a space.
	return shortened.replace(/[\s"%]/g, encodeURIComponent);
}
