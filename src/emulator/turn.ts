// How long a look at the disk stays good: for one request, or under a server for one turn of the event loop.

export interface Turn {
	/** The same number as long as nothing need be looked at again. */
	current(): number;
	/** Requests of one turn of the event loop came at the same moment: one `stat` is enough for all of them. */
	followEventLoop(): void;
}

export function createTurn(): Turn {
	let turn = 0;
	let following = false;
	let ending = false;
	return {
		current() {
			if (!following) turn += 1;
			else if (!ending) {
				ending = true;
				setImmediate(() => {
					ending = false;
					turn += 1;
				});
			}
			return turn;
		},
		followEventLoop() {
			following = true;
		},
	};
}
