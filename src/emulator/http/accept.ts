interface MediaRange {
	readonly type: string;
	readonly parameters: ReadonlyMap<string, string>;
	readonly quality: number;
}

/**
 * Whether an Accept header names flags in Amazon Ion, and likes nothing better. The Agent sends
 * `application/ion;type=AWS.AppConfig.FeatureFlags;q=1.0,*` + `/*;q=0.1`; wildcards alone are no wish for Ion.
 */
export function acceptsIon(accept: string | undefined): boolean {
	if (!accept || !/ion/i.test(accept)) return false;
	const ranges = accept.split(",").map(parseRange);
	const ion = ranges
		.filter(({ type, parameters }) => {
			const kind = parameters.get("type") ?? "AWS.AppConfig.FeatureFlags";
			return (
				type === "application/ion" && kind === "AWS.AppConfig.FeatureFlags"
			);
		})
		.map(({ quality }) => quality);
	const json = ranges.filter(({ type }) => type === "application/json");
	const best = Math.max(0, ...ion);
	return best > 0 && json.every(({ quality }) => quality <= best);
}

function parseRange(text: string): MediaRange {
	const [type = "", ...parts] = text.split(";").map((part) => part.trim());
	const parameters = new Map(
		parts.map((part) => {
			const [name = "", value = ""] = part.split("=");
			return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, "")];
		}),
	);
	const quality = Number(parameters.get("q") ?? 1);
	return {
		type: type.toLowerCase(),
		parameters,
		quality: Number.isNaN(quality) ? 1 : quality,
	};
}
