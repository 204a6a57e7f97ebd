// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import type {
	Connection,
	ConnectionId,
} from "../../../src/core/connection/connection.ts";
import { ConnectionPage } from "../../../src/options/connection/ConnectionPage.tsx";
import {
	connectionRoute,
	newConnectionRoute,
} from "../../../src/ui/components/routes.ts";
import { screen, userEvent, waitFor } from "../../helpers/render.tsx";
import {
	createSnapshot,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

const ID = "c1" as ConnectionId;
const AGENT: Connection = {
	id: ID,
	name: "My Agent",
	kind: "agent",
	url: "http://localhost:2772",
};

beforeEach(() => {
	localStorage.clear();
	location.hash = "";
});

function renderNew(kind: Connection["kind"], options: ViewOptions = {}) {
	return renderView(
		<ConnectionPage
			route={newConnectionRoute(kind)}
			snapshot={createSnapshot()}
		/>,
		{
			replies: { saveConnection: ID, checkConnection: { ok: true } },
			...options,
		},
	);
}

function renderSaved(options: ViewOptions = {}) {
	const snapshot = createSnapshot({
		connections: [{ connection: AGENT, status: "open", hasSecret: true }],
	});
	return renderView(
		<ConnectionPage route={connectionRoute(ID)} snapshot={snapshot} />,
		options,
	);
}

const field = (name: string) => screen.getByLabelText(name);
const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

test("the fields follow the kind of authentication", async () => {
	renderNew("keys");
	field("Secret access key");
	await userEvent.selectOptions(field("Authentication"), "identity-center");
	field("Access portal URL");
	expect(screen.queryByLabelText("Secret access key")).toBeNull();
	await userEvent.selectOptions(field("Authentication"), "agent");
	field("Authorization token");
	expect(screen.queryByLabelText("Role ARN")).toBeNull();
});

test("a connection is saved with its secret apart, and checked where that needs no user", async () => {
	const { commands, platform } = renderNew("credential-server");
	await userEvent.type(
		field("Credential server URL"),
		"http://127.0.0.1:4144/",
	);
	await userEvent.type(field("Authorization token"), "canary");
	await click("Save connection");
	await screen.findByText("Saved Credential server.");
	expect(commands).toEqual([
		{
			name: "saveConnection",
			input: {
				connection: {
					kind: "credential-server",
					name: "Credential server",
					url: "http://127.0.0.1:4144",
				},
				secret: { kind: "bearer", token: "canary" },
			},
		},
		{ name: "checkConnection", input: { id: ID } },
	]);
	expect(platform.requestHost).not.toHaveBeenCalled();
});

test("a form that cannot be saved says why at its fields and is not sent", async () => {
	const { commands } = renderNew("identity-center");
	await userEvent.type(field("Access portal URL"), "http://portal.example");
	await click("Save connection");
	screen.getByText(/Enter the access portal's URL/);
	screen.getByText(/Enter the Identity Center's Region/);
	await waitFor(() =>
		expect(document.activeElement).toBe(field("Access portal URL")),
	);
	expect(commands).toEqual([]);
});

test("access to the hosts is requested together, and a refusal is announced with the saved connection", async () => {
	const { commands, platform } = renderNew("identity-center", {
		platform: { requestHost: async () => false },
	});
	await userEvent.type(
		field("Access portal URL"),
		"https://d-1234567890.awsapps.com/start",
	);
	await userEvent.type(field("Identity Center Region"), "eu-west-1");
	await click("Save connection");
	await screen.findByText(
		"Saved. Access to https://oidc.eu-west-1.amazonaws.com/* and https://portal.sso.eu-west-1.amazonaws.com/* was not granted, so it can't be used yet.",
	);
	expect(platform).toBeDefined();
	expect(commands.map(({ name }) => name)).toEqual(["saveConnection"]);
});

test("keys go to a host that is not AWS's only when its name was typed again", async () => {
	const { commands } = renderNew("endpoint");
	await userEvent.type(field("Endpoint"), "https://appconfig.example.com");
	await userEvent.type(field("Host that may see your keys"), "example.com");
	await click("Save connection");
	screen.getByText(
		"To let this host see your keys, type its name exactly: appconfig.example.com.",
	);
	expect(commands).toEqual([]);
});

test("a connection that profiles use is kept, and the reason is announced", async () => {
	renderSaved({
		replies: {
			deleteConnection: { ok: false, error: "It is used by “Shop”." },
		},
	});
	await click("Delete connection");
	await click("Yes, delete");
	await screen.findByText("It is used by “Shop”.");
	screen.getByRole("heading", { name: "My Agent" });
});

test("the secret of a saved connection is never shown, and can be deleted", async () => {
	const { commands } = renderSaved();
	expect(field("Authorization token")).toHaveProperty("value", "");
	await click("Forget secrets");
	await screen.findByText("The secrets were deleted.");
	expect(commands).toEqual([{ name: "forgetSecret", input: { id: ID } }]);
});

test("a second click while a connection is being saved does nothing, and a failed one can be saved again", async () => {
	let fail: (error: Error) => void = () => undefined;
	const { commands } = renderNew("agent", {
		replies: {
			saveConnection: new Promise((_, reject) => {
				fail = reject;
			}),
		},
	});
	await click("Save connection");
	await click("Save connection");
	expect(commands).toHaveLength(1);
	fail(new Error("The disk is full."));
	await screen.findByText("The disk is full.");
	await click("Save connection");
	expect(commands).toHaveLength(2);
});
