// `--scenario FILE`: the faults to start with, as a list or as {"faults": [...]}.
import { type FaultRule, parseFault } from "./faults.ts";

export class ScenarioError extends Error {}

/** Throws ScenarioError. */
export function parseScenario(text: string): FaultRule[] {
	const value = parseJson(text);
	const list = Array.isArray(value) ? value : faultsOf(value);
	return list.map((one: unknown, index) => {
		const rule = parseFault(one);
		if (typeof rule === "string")
			throw new ScenarioError(`faults[${index}]: ${rule}`);
		return rule;
	});
}

function faultsOf(value: unknown): unknown[] {
	if (typeof value === "object" && value !== null && "faults" in value)
		if (Array.isArray(value.faults)) return value.faults;
	throw new ScenarioError(
		'a scenario must be a list of faults or {"faults": [...]}',
	);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new ScenarioError(`the file is not JSON: ${detail}`, { cause });
	}
}
