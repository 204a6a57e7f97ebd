import { useEffect, useState } from "preact/hooks";

/**
 * The time in epoch ms, updated each time its distance to `at` (epoch ms) crosses a whole second; not updated without `at`.
 */
export function useNow(at: number | undefined): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		if (at === undefined) return;
		let timer: ReturnType<typeof setTimeout>;
		const tick = () => {
			const time = Date.now();
			setNow(time);
			// A timer may fire a moment early; 20 ms later the second is over.
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
