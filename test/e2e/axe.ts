// Runs axe in a view.
import axe from "axe-core";
import type { View } from "./extension.ts";

/** As "rule: elements". It is put into the page by the debugger, which no policy of the page's holds back. */
export async function complaints(view: View): Promise<readonly string[]> {
	const isThere = await view.evaluate(() => "axe" in globalThis);
	if (!isThere) await view.evaluate(axe.source);
	return view.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run(document, {
			resultTypes: ["violations"],
		});
		return violations.map(
			({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
		);
	});
}
