/** Whether two values as JSON has them say the same, apart from members of the names in `ignored`. */
export function isEqual(
	a: unknown,
	b: unknown,
	ignored: ReadonlySet<string> = NONE,
): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b)) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const [left, right] = [a, b].map((value) =>
		Object.keys(value).filter((key) => !ignored.has(key)),
	) as [string[], string[]];
	return (
		left.length === right.length &&
		left.every(
			(key) => Object.hasOwn(b, key) && isEqual(a[key], b[key], ignored),
		)
	);
}

const NONE: ReadonlySet<string> = new Set();

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
