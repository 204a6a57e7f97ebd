import { cleanup } from "@testing-library/preact";
import { afterEach } from "vitest";

export {
	act,
	fireEvent,
	render,
	screen,
	waitFor,
	within,
} from "@testing-library/preact";
export { default as userEvent } from "@testing-library/user-event";

// What a component test mounted is unmounted after each test: effects and timers of one test do not reach the next.
afterEach(cleanup);

// happy-dom has no requestIdleCallback.
globalThis.requestIdleCallback ??= (callback) =>
	Number(
		setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 50 })),
	);
globalThis.cancelIdleCallback ??= (handle) => clearTimeout(handle);

// Nor has it popovers, which menus open in.
if (typeof HTMLElement !== "undefined")
	HTMLElement.prototype.showPopover ??= () => undefined;
