// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type { Fault } from "../../../src/core/session/fault.ts";
import { ErrorBanner, FaultBar } from "../../../src/ui/errors/ErrorBanner.tsx";
import { screen, userEvent } from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	NOW,
	PROFILE_ID,
	renderView,
} from "../../helpers/render-view.tsx";

afterEach(() => {
	vi.useRealTimers();
});

const FAULT: Fault = {
	kind: "network",
	operation: "GetLatestConfiguration",
	at: NOW,
	detail: "",
	host: "appconfigdata.eu-west-1.amazonaws.com",
};

function renderFault(fault: Partial<Fault>, connection?: string) {
	const entry = createProfileSnapshot({ fault: { ...FAULT, ...fault } });
	const profile = connection
		? {
				...entry,
				profile: { ...entry.profile, connection: connection as ConnectionId },
			}
		: entry;
	return renderView(<ErrorBanner profile={profile} />);
}

test("a profile without a problem has no banner", () => {
	renderView(<ErrorBanner profile={createProfileSnapshot()} />);
	expect(screen.queryByRole("alert")).toBeNull();
});

test("a fault names the call and the last good version", () => {
	renderFault({});
	const alert = screen.getByRole("alert");
	expect(alert.textContent).toContain("GetLatestConfiguration");
	expect(alert.textContent).toContain("appconfigdata.eu-west-1.amazonaws.com");
	expect(alert.textContent).toContain("last good configuration, version 2");
});

test("what the service said and the request id are under Details", () => {
	renderFault({ detail: "Try later.", requestId: "r-1" });
	expect(screen.getByText("Details").parentElement?.textContent).toContain(
		"Try later.",
	);
	screen.getByText("r-1");
});

test("credentials that are missing are entered in the profile, or in its connection", async () => {
	const first = renderFault({ kind: "credentials-missing" });
	await userEvent.click(
		screen.getByRole("button", { name: "Enter credentials" }),
	);
	expect(first.platform.openOptions).toHaveBeenCalledWith(PROFILE_ID);
});

test("credentials that are missing in a connection lead to the connection", async () => {
	const { platform } = renderFault({ kind: "credentials-missing" }, "c1");
	await userEvent.click(
		screen.getByRole("button", { name: "Open connection" }),
	);
	expect(platform.openOptions).toHaveBeenCalledWith("connection-c1");
});

test("access that is granted is announced, after a poll", async () => {
	const { platform, commands } = renderFault({
		kind: "permission-missing",
		detail: "https://example.com/*",
	});
	await userEvent.click(screen.getByRole("button", { name: "Grant access" }));
	await screen.findByText("https://example.com/* is allowed.");
	expect(platform.requestHost).toHaveBeenCalledWith("https://example.com/*");
	expect(commands.map(({ name }) => name)).toEqual(["pollNow"]);
});

test("a denied call offers the policy that allows it", () => {
	renderFault({ kind: "access-denied" });
	screen.getByRole("button", { name: "Copy policy" });
});

test("a page can carry out a remedy itself", async () => {
	const onRemedy = vi.fn(() => true);
	const profile = createProfileSnapshot();
	const { platform } = renderView(
		<FaultBar
			fault={{ ...FAULT, kind: "credentials-missing" }}
			profile={profile}
			onRemedy={onRemedy}
		/>,
	);
	await userEvent.click(
		screen.getByRole("button", { name: "Enter credentials" }),
	);
	expect(onRemedy).toHaveBeenCalledWith("credentials");
	expect(platform.openOptions).not.toHaveBeenCalled();
});

test.each([
	[4 * 60_000 + 1_000, "The credentials expire in 4:01."],
	[6 * 60_000, undefined],
	[-1, undefined],
])(
	"credentials that expire in %i ms are announced in the last five minutes",
	(left, message) => {
		vi.useFakeTimers({
			now: NOW,
			toFake: ["Date", "setTimeout", "clearTimeout"],
		});
		const profile = createProfileSnapshot({ credentialsExpireAt: NOW + left });
		renderView(<ErrorBanner profile={profile} />);
		if (message) screen.getByText(message);
		else expect(screen.queryByText(/credentials expire/)).toBeNull();
	},
);

test.each([
	[
		{ what: "bytes", upTo: 3 },
		"The browser deleted the stored bytes of version 3.",
	],
	[{ what: "history", upTo: 1 }, "The browser deleted version 1."],
	[{ what: "history", upTo: 4 }, "up to version 4"],
])("a loss %j is reported until it is dismissed", async (loss, message) => {
	const profile = createProfileSnapshot({ loss: loss as never });
	const { commands } = renderView(<ErrorBanner profile={profile} />);
	expect(screen.getByRole("alert").textContent).toContain(message);
	await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
	expect(commands).toEqual([
		{ name: "dismissLoss", input: { id: PROFILE_ID } },
	]);
});
