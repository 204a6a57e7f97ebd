// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
	type Announce,
	StatusLine,
	type StatusOptions,
	StatusProvider,
	useAnnounce,
} from "../../../src/ui/components/status.tsx";
import { act, render, screen } from "../../helpers/render.tsx";

let announce: Announce;

beforeEach(() => {
	vi.useFakeTimers({
		now: 1_000,
		toFake: ["Date", "setTimeout", "clearTimeout"],
	});
});

afterEach(() => {
	vi.useRealTimers();
});

function View() {
	announce = useAnnounce();
	return <StatusLine />;
}

const statusLine = (options: StatusOptions) => (
	<StatusProvider {...options}>
		<View />
	</StatusProvider>
);

const text = () => screen.getByRole("status").textContent;

function renderStatus(options: StatusOptions = {}) {
	const { rerender } = render(statusLine(options));
	return (next: StatusOptions) => rerender(statusLine(next));
}

const say = (...args: Parameters<Announce>) => act(() => announce(...args));

test("an announcement is shown for eight seconds", () => {
	renderStatus();
	say("Saved.");
	expect(text()).toBe("Saved.");
	act(() => void vi.advanceTimersByTime(7_999));
	expect(text()).toBe("Saved.");
	act(() => void vi.advanceTimersByTime(1));
	expect(text()).toBe("");
});

test("the same announcement once more starts its time anew", () => {
	renderStatus();
	say("Saved.");
	act(() => void vi.advanceTimersByTime(5_000));
	say("Saved.");
	act(() => void vi.advanceTimersByTime(5_000));
	expect(text()).toBe("Saved.");
});

test("an announcement about a profile is shown only with that profile", () => {
	const update = renderStatus({ owner: "one" });
	say("One is paused.");
	update({ owner: "two" });
	expect(text()).toBe("");
	update({ owner: "one" });
	expect(text()).toBe("One is paused.");
});

test("the result of a command belongs to the profile that was on show when it was sent", () => {
	const update = renderStatus({ owner: "one" });
	const announceLater = announce;
	update({ owner: "two" });
	act(() => announceLater("One is paused."));
	expect(text()).toBe("");
	update({ owner: "one" });
	expect(text()).toBe("One is paused.");
});

test("an announcement made before there was a profile is shown with any", () => {
	const update = renderStatus();
	say("The profile was added.");
	update({ owner: "one" });
	expect(text()).toBe("The profile was added.");
});

test("a fault hides what was announced before it, but not what is announced after it", () => {
	const update = renderStatus({ owner: "one" });
	say("Polling now.");
	update({ owner: "one", faultAt: 1_001 });
	expect(text()).toBe("");
	vi.setSystemTime(2_000);
	say("Copied.");
	expect(text()).toBe("Copied.");
});
