// How long a look at the disk stays good: for one request, or under a server for one turn of the event loop.

export interface Turn {
	/** The same number as long as nothing need be looked at again. */
	current(): number;
	/** Requests of one turn of the event loop came at the same moment: one `stat` is enough for all of them. */
	followEventLoop(): void;
	/** What was seen is old from now on. */
	expire(): void;
}

/** From this many requests within the time below, a look stays good for that time: over 2 000 requests a second. */
const BUSY = 10;
const BUSY_MS = 5;

export function createTurn(now: () => number = () => performance.now()): Turn {
	let turn = 0;
	let following = false;
	let begun = false;
	let asked = 0;
	let countedFrom = 0;

	/** The first request of a turn of the event loop: a new look, unless there have been many just now. */
	function begin(): void {
		begun = true;
		setImmediate(() => {
			begun = false;
		});
		const time = now();
		const over = time - countedFrom >= BUSY_MS;
		if (asked <= BUSY || over) turn += 1;
		if (!over) return;
		asked = 0;
		countedFrom = time;
	}

	return {
		current() {
			asked += 1;
			if (!following) turn += 1;
			else if (!begun) begin();
			return turn;
		},
		followEventLoop() {
			following = true;
		},
		expire() {
			turn += 1;
		},
	};
}
