// Time until the worker answers a view: when it was stopped before, and when it runs.
import { askWorker, stopWorker } from "../scripts/browser/worker.ts";
import { createBenchExtension } from "./extension.ts";
import { measureInTurns, print } from "./figures.ts";

const ROUNDS = 21;

const { stage, close } = await createBenchExtension();
try {
	const figures = await measureInTurns(
		[
			{ name: "worker running", measure: () => askWorker(stage) },
			{
				name: "worker stopped",
				measure: async () => {
					await stopWorker(stage);
					return askWorker(stage);
				},
			},
		],
		ROUNDS,
	);
	print("A view's first snapshot from the worker, ms", figures);
} finally {
	await close();
}
