// How long `npm start` lives, and that nothing it started outlives it.
import { once } from "node:events";

type Stop = () => Promise<void> | void;

export interface Lifetime {
	/** Registers what is to be stopped; the last one started is stopped first. */
	onEnd(stop: Stop): void;
	end(): void;
	/** Ends with an error. */
	fail(error: unknown): void;
	say(line: string): void;
	/** Who prints a line while a view is drawn. */
	sayThrough(say: (line: string) => void): void;
}

/** Runs until `seconds` are over, Ctrl-C, or `end`; resolves with the exit code. */
export async function live(
	seconds: number,
	start: (lifetime: Lifetime) => Promise<void>,
): Promise<number> {
	const stops: Stop[] = [];
	const ending = new AbortController();
	let failure: unknown;
	let speak = (line: string) => console.log(line);
	const end = () => ending.abort();
	// What was under way at the end fails because of it, and that is no news.
	const fail = (error: unknown) => {
		if (!ending.signal.aborted) failure = error;
		end();
	};
	const release = endOnSignalOrTime(seconds, end);
	const ended = once(ending.signal, "abort");
	start({
		onEnd: (stop) => (ending.signal.aborted ? void stop() : stops.push(stop)),
		end,
		fail,
		say: (line) => speak(line),
		sayThrough: (say) => {
			speak = say;
		},
	}).catch(fail);
	await ended;
	release();
	for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
	if (failure === undefined) return 0;
	console.error(failure instanceof Error ? failure.message : failure);
	return 1;
}

function endOnSignalOrTime(seconds: number, end: () => void): () => void {
	const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
	for (const signal of signals) process.once(signal, end);
	const timer = Number.isFinite(seconds)
		? setTimeout(end, seconds * 1_000)
		: undefined;
	return () => {
		clearTimeout(timer);
		for (const signal of signals) process.off(signal, end);
	};
}
