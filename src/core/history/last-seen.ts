/** The newest version at a time when the user looked. */
export interface Look {
	readonly number: number;
	/** Epoch ms; absent where an older build stored the look. */
	readonly at?: number;
}

export interface LastSeen {
	/** The number of the newest version that the user has looked at; 0 = none. */
	readonly lastSeenNumber: number;
	/** Epoch ms of the last look at it. */
	readonly lastSeenAt?: number;
	/**
	 * What the user had seen before the changes that have not been dismissed yet, although the user may have seen them.
	 * Absent while there are none.
	 */
	readonly baseline?: Look;
}

/** A look at the same version again is recorded at most once per span, because each one is written to disk. */
const SAME_LOOK_MS = 30_000;

/** The user looks at a version, or stops looking at it. `undefined` when that is known already. */
export function look(
	seen: LastSeen,
	number: number,
	now: number,
): LastSeen | undefined {
	const { lastSeenNumber, lastSeenAt } = seen;
	if (number < lastSeenNumber) return undefined;
	if (number === lastSeenNumber) {
		const isSame =
			lastSeenAt !== undefined && Math.abs(now - lastSeenAt) < SAME_LOOK_MS;
		return isSame ? undefined : { ...seen, lastSeenAt: now };
	}
	// The first look at a profile finds nothing that has changed since.
	const baseline = seen.baseline ?? lastLook(seen);
	return {
		lastSeenNumber: number,
		lastSeenAt: now,
		...(baseline ? { baseline } : {}),
	};
}

/** The user knows what changed up to this version. */
export function dismissChanges(
	{ lastSeenNumber }: LastSeen,
	number: number,
	now: number,
): LastSeen {
	return {
		lastSeenNumber: Math.max(lastSeenNumber, number),
		lastSeenAt: now,
	};
}

/** What the user had seen before the changes that are news; `undefined` when none are, or when it is the first look. */
export function baselineOf(
	seen: LastSeen,
	newestNumber: number,
): Look | undefined {
	const known = seen.baseline ?? lastLook(seen);
	return known && known.number < newestNumber ? known : undefined;
}

function lastLook({ lastSeenNumber, lastSeenAt }: LastSeen): Look | undefined {
	if (lastSeenNumber === 0) return undefined;
	return {
		number: lastSeenNumber,
		...(lastSeenAt === undefined ? {} : { at: lastSeenAt }),
	};
}
