// The time, as a hook that ticks exactly when a difference to it crosses a whole second.
import { useEffect, useState } from "preact/hooks";

/** `at`: the moment (epoch ms) that is counted to or from; without one there is nothing to tick for. */
export function useNow(at: number | undefined): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		if (at === undefined) return;
		let timer: ReturnType<typeof setTimeout>;
		const tick = () => {
			const time = Date.now();
			setNow(time);
			// Timers may fire a moment early: 20 ms later the second is surely over.
			timer = setTimeout(tick, 1_000 - modulo(time - at, 1_000) + 20);
		};
		tick();
		return () => clearTimeout(timer);
	}, [at]);
	return now;
}

function modulo(a: number, b: number): number {
	return ((a % b) + b) % b;
}
