// https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
import { useRef, useState } from "preact/hooks";
import { saveItem } from "./preferences.ts";

export interface PaneSize {
	/** CSS pixels; also while the pane is collapsed. */
	readonly size: number;
	readonly least: number;
	readonly most: number;
	readonly isCollapsed: boolean;
	/** Sizes outside the limits become the nearest limit. Expands a collapsed pane. */
	readonly resize: (size: number) => void;
	readonly reset: () => void;
	/** Collapses or expands the pane. */
	readonly toggle: () => void;
}

export interface PaneLimits {
	readonly initial: number;
	readonly least: number;
	readonly most: number;
}

interface Stored {
	readonly size: number;
	readonly isCollapsed: boolean;
}

/** The width or height of a pane in CSS pixels, saved in localStorage under `key`. */
export function usePaneSize(key: string, limits: PaneLimits): PaneSize {
	const { initial, least, most } = limits;
	const [stored, setStored] = useState(() => load(key, limits));
	const change = (next: Stored) => {
		saveItem(
			localStorage,
			key,
			`${next.size}${next.isCollapsed ? COLLAPSED : ""}`,
		);
		setStored(next);
	};
	return {
		...stored,
		least,
		most,
		resize: (size) =>
			change({
				size: Math.round(Math.min(Math.max(size, least), most)),
				isCollapsed: false,
			}),
		reset: () => change({ size: initial, isCollapsed: false }),
		toggle: () => change({ ...stored, isCollapsed: !stored.isCollapsed }),
	};
}

const COLLAPSED = " collapsed";

function load(key: string, { initial, least, most }: PaneLimits): Stored {
	const text = localStorage.getItem(key) ?? "";
	const size = Number.parseInt(text, 10);
	return {
		size: size >= least && size <= most ? size : initial,
		isCollapsed: text.endsWith(COLLAPSED),
	};
}

export interface SplitterProps {
	/** The accessible name: which pane it resizes. */
	readonly name: string;
	readonly pane: PaneSize;
	/** Where the pane lies, seen from the separator. */
	readonly side: "left" | "right" | "below";
	/** Instead of the pane's own, where another pane shares its state. */
	readonly onCollapse?: () => void;
}

const STEP = 8;

/** Resizes a pane by dragging and by keys; Enter collapses the pane, a double click resets it. */
export function Splitter(props: SplitterProps) {
	const { name, pane, side, onCollapse = pane.toggle } = props;
	const drag = useRef<
		{ readonly at: number; readonly size: number } | undefined
	>(undefined);
	const isHorizontal = side === "below";
	const positionOf = (event: PointerEvent) =>
		isHorizontal ? event.clientY : event.clientX;
	const direction = side === "left" ? 1 : -1;
	const onKeyDown = (event: KeyboardEvent) => {
		const size = sizeAfter(event.key, pane, direction, isHorizontal);
		if (event.key === "Enter") onCollapse();
		else if (size !== undefined) pane.resize(size);
		else return;
		event.preventDefault();
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: hr cannot be focused and moved
		<div
			class={`splitter ${side}`}
			role="separator"
			tabIndex={0}
			aria-label={name}
			aria-orientation={isHorizontal ? "horizontal" : "vertical"}
			aria-valuenow={pane.size}
			aria-valuemin={pane.least}
			aria-valuemax={pane.most}
			aria-valuetext={pane.isCollapsed ? "collapsed" : `${pane.size} pixels`}
			title="Drag or use the arrow keys to resize, Enter to collapse, double-click to reset"
			onKeyDown={onKeyDown}
			onDblClick={pane.reset}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				drag.current = { at: positionOf(event), size: pane.size };
			}}
			onPointerMove={(event) => {
				if (!drag.current) return;
				const moved = positionOf(event) - drag.current.at;
				if (moved !== 0) pane.resize(drag.current.size + direction * moved);
			}}
			onLostPointerCapture={() => {
				drag.current = undefined;
			}}
		/>
	);
}

/** `undefined` for keys that do not resize. */
function sizeAfter(
	key: string,
	{ size, least, most }: PaneSize,
	direction: number,
	isHorizontal: boolean,
): number | undefined {
	switch (key) {
		case isHorizontal ? "ArrowDown" : "ArrowRight":
			return size + direction * STEP;
		case isHorizontal ? "ArrowUp" : "ArrowLeft":
			return size - direction * STEP;
		case "Home":
			return least;
		case "End":
			return most;
		default:
			return undefined;
	}
}
