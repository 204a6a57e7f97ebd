// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import type {
	MatrixRequest,
	MatrixResponse,
} from "../../../src/ui/matrix/messages.ts";

await import("../../../src/ui/matrix/matrix-worker.ts");
const handle = self.onmessage;
self.onmessage = null;
afterEach(() => vi.unstubAllGlobals());

function send(data: MatrixRequest): readonly MatrixResponse[] {
	const responses: MatrixResponse[] = [];
	vi.stubGlobal("postMessage", (one: MatrixResponse) => responses.push(one));
	handle?.call(self as never, new MessageEvent("message", { data }));
	return responses;
}

const input = (text: string, contentType = "application/json") => ({
	body: new TextEncoder().encode(text),
	contentType,
});
const build = (
	sections: Extract<MatrixRequest, { type: "build" }>["sections"],
	onlyDifferences = true,
) => send({ type: "build", sections, onlyDifferences });

test("rows have the text of each cell; a missing key has none", () => {
	const [response] = build([
		[input('{"a":49.90,"b":null}'), input('{"a":39.90}')],
	]);
	expect(response).toMatchObject({
		type: "section",
		section: 0,
		keyCount: 2,
		differentCount: 2,
		rows: [
			{ path: "a", jsonPath: "$.a", cells: ["49.90", "39.90"] },
			{ path: "b", cells: ["null", undefined], deviates: [true, true] },
		],
	});
});

test("a long value can be copied whole", () => {
	const long = "x".repeat(500);
	const [response] = build([[input(JSON.stringify(long)), input("1")]]);
	expect(response).toMatchObject({ rows: [{ cells: [`"${long}"`, "1"] }] });
});

test("flags are on or off", () => {
	const [response] = build([
		[
			input('{"gift-cards":{"enabled":true}}'),
			input('{"gift-cards":{"enabled":false}}'),
		],
	]);
	expect(response).toMatchObject({
		rows: [{ kind: "flag", cells: ["on", "off"] }],
	});
});

test("a column that is no document says why, and the others are compared", () => {
	const [response] = build([
		[
			input('{"a":1}'),
			input("plain text", "text/plain"),
			undefined,
			input('{"a":2}'),
		],
	]);
	expect(response).toMatchObject({
		rows: [{ cells: ["1", undefined, undefined, "2"] }],
	});
	expect(response).toHaveProperty("errors", [
		undefined,
		expect.stringContaining("is not compared key by key"),
		undefined,
		undefined,
	]);
});

test("many rows come in several messages", () => {
	const keys = (value: number) =>
		input(JSON.stringify(Array.from({ length: 1_200 }, () => value)));
	const responses = build([[keys(1), keys(2)]]);
	expect(responses.map(({ type }) => type)).toEqual([
		"section",
		"rows",
		"rows",
	]);
	const count = responses.reduce(
		(sum, response) => sum + ("rows" in response ? response.rows.length : 0),
		0,
	);
	expect(count).toBe(1_200);
});

test("the difference of two columns is a JSON Patch, or the reason why there is none", () => {
	build([
		[input('{"a":1,"b":2}'), input('{"a":2}'), input("text", "text/plain")],
	]);
	const patch = (from: number, to: number) =>
		send({ type: "patch", id: 1, section: 0, from, to })[0];
	const response = patch(0, 1);
	expect(response).toMatchObject({ type: "patch", operations: 2 });
	expect(JSON.parse(response?.type === "patch" ? response.text : "")).toEqual([
		{ op: "remove", path: "/b" },
		{ op: "replace", path: "/a", value: 2 },
	]);
	expect(patch(0, 0)).toMatchObject({ operations: 0, text: "[]\n" });
	expect(patch(0, 2)).toMatchObject({
		error: "One of the two has no document to compare.",
	});
});
