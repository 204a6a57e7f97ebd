// Ends everything that `npm start` has started, however `npm start` itself ends.
import { once } from "node:events";
import { visible } from "./visible.ts";

/** In seconds. `setTimeout` fires at once when the delay exceeds 2^31 ms, so longer times are cut to this. */
const LONGEST = (2 ** 31 - 1) / 1_000;

type Stop = () => Promise<void> | void;

export interface Lifetime {
	/** Registers something to stop. The last one registered is stopped first. */
	onEnd(stop: Stop): void;
	end(): void;
	/** Ends with an error. */
	fail(error: unknown): void;
	say(line: string): void;
	/** Prints a line while the live view is drawn. */
	sayThrough(say: (line: string) => void): void;
}

/** Runs for `seconds`, or until Ctrl-C or `end`. Resolves with the exit code. */
export async function live(
	seconds: number,
	start: (lifetime: Lifetime) => Promise<void>,
): Promise<number> {
	const stops: Stop[] = [];
	const ending = new AbortController();
	let failure: unknown;
	let speak = (line: string) => console.log(visible(line));
	const end = () => ending.abort();
	// Work that the shutdown interrupts fails because of it: not worth reporting.
	const fail = (error: unknown) => {
		if (!ending.signal.aborted) failure = error;
		end();
	};
	let isUp = false;
	const release = endOnSignalOrTime(seconds, end, () => {
		if (!isUp) speak(`${seconds} s were too few for all of it to start.`);
	});
	const ended = once(ending.signal, "abort");
	start({
		onEnd: (stop) =>
			ending.signal.aborted ? void attempt(stop) : stops.push(stop),
		end,
		fail,
		say: (line) => speak(line),
		sayThrough: (say) => {
			speak = say;
		},
	}).then(() => {
		isUp = true;
	}, fail);
	await ended;
	release();
	for (let stop = stops.pop(); stop; stop = stops.pop()) await attempt(stop);
	if (failure === undefined) return 0;
	report(failure);
	return 1;
}

/** One that fails to stop does not keep the others running. */
async function attempt(stop: Stop): Promise<void> {
	try {
		await stop();
	} catch (error) {
		report(error);
	}
}

function report(error: unknown): void {
	const lines = (error instanceof Error ? error.message : String(error)).split(
		"\n",
	);
	console.error(lines.map(visible).join("\n"));
}

/** When the time is over, `late` is called before `end`. */
function endOnSignalOrTime(
	seconds: number,
	end: () => void,
	late: () => void,
): () => void {
	const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
	for (const signal of signals) process.once(signal, end);
	const timeIsOver = () => {
		late();
		end();
	};
	const timer =
		seconds < LONGEST ? setTimeout(timeIsOver, seconds * 1_000) : undefined;
	return () => {
		clearTimeout(timer);
		for (const signal of signals) process.off(signal, end);
	};
}
