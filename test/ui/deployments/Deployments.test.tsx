// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import type { Deployment } from "../../../src/core/protocol/control-plane.ts";
import { Deployments } from "../../../src/ui/deployments/Deployments.tsx";
import {
	fireEvent,
	screen,
	userEvent,
	waitFor,
	within,
} from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createVersion,
	NOW,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

const DEPLOYMENT: Deployment = {
	number: 7,
	state: "COMPLETE",
	percentage: 100,
	configurationName: "settings",
	version: "12",
	label: "spring-sale",
	startedAt: NOW,
	completedAt: NOW,
};

const ok = (value: unknown) => ({ ok: true, value });
const DENIED = {
	ok: false,
	error: {
		kind: "access-denied",
		detail: "Allow appconfig:ListDeployments to see them.",
		operation: "ListDeployments",
		host: "appconfig.eu-west-1.amazonaws.com",
		status: 403,
		policyHelps: true,
	},
};

function renderDeployments(options: ViewOptions = {}, onClose = vi.fn()) {
	const view = renderView(
		<Deployments profile={createProfileSnapshot()} onClose={onClose} />,
		options,
	);
	return { ...view, onClose };
}

const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

test("the deployments of the environment are listed with version and state", async () => {
	renderDeployments({ replies: { listDeployments: ok([DEPLOYMENT]) } });
	const list = await screen.findByRole("list", { name: "Deployments" });
	const row = within(list).getByRole("listitem");
	expect(row.textContent).toContain("#7");
	expect(row.textContent).toContain("spring-sale (12)");
	expect(row.textContent).toContain("complete");
});

test("a deployment that is under way shows how far it is", async () => {
	const underWay = { ...DEPLOYMENT, state: "DEPLOYING", percentage: 40 };
	renderDeployments({ replies: { listDeployments: ok([underWay]) } });
	await screen.findByText("deploying 40 %");
	expect(
		screen.getByRole("progressbar", { name: "Deployed" }).getAttribute("value"),
	).toBe("40");
});

test("an unknown state is shown as AWS sends it", async () => {
	const odd = { ...DEPLOYMENT, state: "SHELVED" };
	renderDeployments({ replies: { listDeployments: ok([odd]) } });
	await screen.findByText("SHELVED");
});

test("an environment without deployments says so", async () => {
	renderDeployments({ replies: { listDeployments: ok([]) } });
	await screen.findByText("Nothing has been deployed to this environment yet.");
});

test("a denied call names operation and host, and offers the policy", async () => {
	renderDeployments({ replies: { listDeployments: DENIED } });
	const message = await screen.findByText(/Allow appconfig:ListDeployments/);
	expect(message.textContent).toContain(
		"ListDeployments at appconfig.eu-west-1.amazonaws.com, HTTP 403",
	);
	screen.getByRole("button", { name: "Copy policy" });
});

test("a background that does not answer is an error too", async () => {
	renderDeployments({ replies: { listDeployments: new Error("It stopped.") } });
	await screen.findByText(/It stopped\./);
});

test("a missing permission is granted by click, and the list is fetched again", async () => {
	const pattern = "https://appconfig.eu-west-1.amazonaws.com/*";
	const { platform, commands } = renderDeployments({
		replies: {
			listDeployments: {
				ok: false,
				error: { kind: "permission-missing", detail: pattern },
			},
		},
	});
	await userEvent.click(
		await screen.findByRole("button", { name: "Grant access" }),
	);
	expect(platform.requestHost).toHaveBeenCalledWith(pattern);
	await waitFor(() =>
		expect(commands.map(({ name }) => name)).toEqual([
			"listDeployments",
			"listDeployments",
		]),
	);
});

test("Refresh deployments fetches them again", async () => {
	const { commands } = renderDeployments({
		replies: { listDeployments: ok([DEPLOYMENT]) },
	});
	await screen.findByText("complete");
	await click("Refresh deployments");
	await waitFor(() => expect(commands).toHaveLength(2));
});

test("a new version fetches them again", async () => {
	const { commands, rerender } = renderDeployments({
		replies: { listDeployments: ok([DEPLOYMENT]) },
	});
	await screen.findByText("complete");
	rerender(
		<Deployments
			profile={createProfileSnapshot({
				versions: [createVersion(3), createVersion(2)],
			})}
			onClose={() => undefined}
		/>,
	);
	await waitFor(() => expect(commands).toHaveLength(2));
});

test("the events of a deployment are fetched when it is opened", async () => {
	const { commands, container } = renderDeployments({
		replies: {
			listDeployments: ok([DEPLOYMENT]),
			listEvents: ok([
				{ type: "ROLLBACK_STARTED", description: "", at: NOW },
				{ type: "OTHER", description: "An alarm fired.", at: NOW },
			]),
		},
	});
	await screen.findByText("complete");
	const details = container.querySelector("details");
	if (!details) throw new Error("The deployment has no details.");
	details.open = true;
	fireEvent(details, new Event("toggle"));
	await screen.findByText("rollback started");
	screen.getByText("An alarm fired.");
	expect(commands.at(-1)).toEqual({
		name: "listEvents",
		input: { id: PROFILE_ID, number: 7 },
	});
});

test("Escape closes the deployments", async () => {
	const { onClose } = renderDeployments({
		replies: { listDeployments: ok([]) },
	});
	await userEvent.keyboard("{Escape}");
	expect(onClose).toHaveBeenCalledOnce();
});

test("hosted versions are fetched on demand, and each can be compared", async () => {
	const { commands } = renderDeployments({
		replies: {
			listDeployments: ok([]),
			listHosted: ok([
				{ number: 12, label: "spring-sale", description: "Prices" },
			]),
		},
	});
	expect(commands.map(({ name }) => name)).toEqual(["listDeployments"]);
	await click("Show hosted versions");
	await screen.findByText("spring-sale · Prices");
	screen.getByRole("button", { name: "Compare" });
	await click("Hide hosted versions");
	expect(screen.queryByText("spring-sale · Prices")).toBeNull();
});

test("a configuration that is stored elsewhere has no hosted versions", async () => {
	renderDeployments({
		replies: { listDeployments: ok([]), listHosted: ok([]) },
	});
	await click("Show hosted versions");
	await screen.findByText(/stored elsewhere/);
});
