import type { Version } from "../../core/history/history.ts";
import type { VersionValue } from "../../document/blame/timeline.ts";
import { formatDay } from "../components/Age.tsx";

export interface StepLineProps {
	/** Newest first. */
	readonly values: readonly VersionValue<Version>[];
	/** Epoch ms of the last look; absent before the first. */
	readonly lastLookAt?: number | undefined;
	/** Epoch ms. */
	readonly now: number;
}

const WIDTH = 348;
const HEIGHT = 96;
const LEFT = 34;
const TOP = 8;
const BOTTOM = 16;

/** A number over time as steps: a configuration holds its value until it changes. `null` unless all values are numbers. */
export function StepLine({ values, lastLookAt, now }: StepLineProps) {
	const points = toPoints(values);
	const [first] = points;
	if (!first || points.length < 2) return null;
	const numbers = points.map(({ value }) => value);
	const [lowest, highest] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
	const range = highest - lowest || 1;
	const span = Math.max(1, now - first.at);
	const x = (at: number) =>
		LEFT + ((at - first.at) / span) * (WIDTH - LEFT - 6);
	const y = (value: number) =>
		HEIGHT - BOTTOM - ((value - lowest) / range) * (HEIGHT - TOP - BOTTOM);
	const last = points.at(-1) ?? first;
	const line = [
		...points.map(({ at, value }, index) =>
			index === 0 ? `M${x(at)} ${y(value)}` : `H${x(at)}V${y(value)}`,
		),
		`H${WIDTH - 6}`,
	].join("");
	return (
		<svg
			class="step-line"
			viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
			role="img"
			aria-label={points.map(({ source }) => source).join(", then ")}
		>
			{[lowest, highest].map((value) => (
				<g key={value}>
					<line
						class="axis"
						x1={LEFT}
						x2={WIDTH - 6}
						y1={y(value)}
						y2={y(value)}
					/>
					<text x={LEFT - 6} y={y(value) + 3} text-anchor="end">
						{formatAxis(value)}
					</text>
				</g>
			))}
			<path class="area" d={`${line}V${y(lowest)}H${x(first.at)}Z`} />
			<path class="step" d={line} />
			{lastLookAt !== undefined && lastLookAt > first.at && (
				<line
					class="last-look"
					x1={x(lastLookAt)}
					x2={x(lastLookAt)}
					y1={TOP - 4}
					y2={HEIGHT - BOTTOM}
				/>
			)}
			{points.map((point) => (
				<circle
					key={point.at}
					class={point === last ? "point current" : "point"}
					cx={x(point.at)}
					cy={y(point.value)}
					r="3"
				/>
			))}
			<text x={LEFT} y={HEIGHT - 3}>
				{formatDay(first.at, now)}
			</text>
			<text x={WIDTH - 6} y={HEIGHT - 3} text-anchor="end">
				now
			</text>
		</svg>
	);
}

interface Point {
	readonly at: number;
	readonly value: number;
	readonly source: string;
}

/** Oldest first; empty unless every value is a number. */
function toPoints(values: readonly VersionValue<Version>[]): readonly Point[] {
	const points: Point[] = [];
	for (const { version, value } of values) {
		if (value === undefined || !isNumber(value)) return [];
		points.push({
			at: version.receivedAt,
			value: Number(value),
			source: value,
		});
	}
	// Versions that changed something else are no steps.
	return points
		.reverse()
		.filter(({ source }, index) => source !== points[index - 1]?.source);
}

export function isNumber(source: string): boolean {
	return /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(source);
}

function formatAxis(value: number): string {
	return new Intl.NumberFormat(undefined, {
		notation: "compact",
		maximumFractionDigits: 2,
	}).format(value);
}
