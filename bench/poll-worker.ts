// The benchmark's worker: the product's worker with the bare SDK beside it.
import { pollOnce } from "./moved-clock.ts";
import "../src/background/main.ts";
import { call } from "./poll-bare.js";

/** The messages that a page may send; each is answered when it is finished. */
export interface Work {
	readonly name: "poll" | "call";
	readonly endpoint: string;
	readonly times: number;
}

interface Api {
	readonly runtime: {
		readonly onMessage: {
			addListener(
				listener: (work: Work, sender: unknown, reply: () => void) => true,
			): void;
		};
	};
}

const { chrome } = globalThis as unknown as { chrome: Api };
chrome.runtime.onMessage.addListener((work, _sender, reply) => {
	void run(work).then(reply);
	return true;
});

async function run({ name, times, endpoint }: Work): Promise<void> {
	for (let time = 0; time < times; time += 1)
		await (name === "poll" ? pollOnce() : call(endpoint));
}
