// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import type { ProfileSnapshot } from "../../../src/core/protocol/snapshot.ts";
// Loaded on demand by the page; here at once, so that no test waits for it.
import "../../../src/core/connection/pasted-credentials.ts";
import { ProfilePage } from "../../../src/options/profile/ProfilePage.tsx";
import {
	fireEvent,
	screen,
	userEvent,
	waitFor,
} from "../../helpers/render.tsx";
import {
	createProfileSnapshot,
	createSnapshot,
	PROFILE_ID,
	renderView,
	type ViewOptions,
} from "../../helpers/render-view.tsx";

const KEY_ID = "AKIAABCDEFGHIJKLMNOP";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

beforeEach(() => {
	localStorage.clear();
	location.hash = "";
});

function renderPage(
	options: ViewOptions & {
		readonly route?: string;
		readonly profiles?: readonly ProfileSnapshot[];
	} = {},
) {
	const { route = "new", profiles = [] } = options;
	return renderView(
		<ProfilePage route={route} snapshot={createSnapshot({ profiles })} />,
		{ replies: { saveProfile: PROFILE_ID }, ...options },
	);
}

const field = (name: string) => screen.getByLabelText(name);
const click = (name: string) =>
	userEvent.click(screen.getByRole("button", { name }));

async function fill(values: Readonly<Record<string, string>>) {
	for (const [name, value] of Object.entries(values)) {
		await userEvent.clear(field(name));
		await userEvent.type(field(name), value);
	}
}

const REQUIRED = {
	Application: " shop ",
	Environment: "prod",
	"Configuration profile": "settings",
	Region: "eu-west-1",
};

test("a new profile without its required fields is not saved, and the first of them gets the focus", async () => {
	const { commands } = renderPage();
	await click("Save profile");
	expect(commands).toEqual([]);
	expect(screen.getAllByText("Required: the ID or the name.")).toHaveLength(3);
	await waitFor(() =>
		expect(document.activeElement).toBe(field("Application")),
	);
	expect(field("Region").getAttribute("aria-invalid")).toBe("true");
	await userEvent.type(field("Application"), "shop");
	expect(field("Application").getAttribute("aria-invalid")).toBeNull();
});

test("saving sends values without the spaces around them, with the keys apart", async () => {
	const { commands } = renderPage();
	await fill({
		...REQUIRED,
		"Minimum poll interval (seconds)": "30",
		"Access key ID": KEY_ID,
		"Secret access key": SECRET,
	});
	await click("Save profile");
	await screen.findByText("Saved settings.");
	expect(commands[0]).toEqual({
		name: "saveProfile",
		input: {
			profile: {
				name: "settings",
				application: "shop",
				environment: "prod",
				configurationProfile: "settings",
				region: "eu-west-1",
				minimumPollIntervalSeconds: 30,
			},
			keys: { accessKeyId: KEY_ID, secretAccessKey: SECRET },
		},
	});
});

test("access to the host is requested when the profile is saved, and a grant polls it at once", async () => {
	const { commands, platform } = renderPage();
	await fill(REQUIRED);
	await click("Save profile");
	await screen.findByText("Saved settings.");
	expect(platform.requestHost).toHaveBeenCalledWith(
		"https://appconfigdata.eu-west-1.amazonaws.com/*",
	);
	expect(commands.map(({ name }) => name)).toEqual(["saveProfile", "pollNow"]);
});

test("a second click while the profile is being saved does not save it again", async () => {
	const { commands } = renderPage({
		replies: { saveProfile: new Promise(() => undefined) },
	});
	await fill(REQUIRED);
	await click("Save profile");
	await click("Save profile");
	expect(commands.map(({ name }) => name)).toEqual(["saveProfile"]);
});

test("a profile that the background could not save keeps what was typed, and says why", async () => {
	renderPage({
		replies: { saveProfile: new Error("Not saved: the disk is full.") },
	});
	await fill(REQUIRED);
	await click("Save profile");
	await screen.findByText("Not saved: the disk is full.");
	expect(field("Environment")).toHaveProperty("value", "prod");
});

test("a half-typed form is a draft without its keys, until it is discarded", async () => {
	const { rerender } = renderPage();
	await fill({ Application: "shop", "Secret access key": SECRET });
	expect(JSON.stringify({ ...localStorage })).not.toContain(SECRET);
	rerender(null);
	rerender(<ProfilePage route="new" snapshot={createSnapshot()} />);
	expect(field("Application")).toHaveProperty("value", "shop");
	expect(field("Secret access key")).toHaveProperty("value", "");
	await click("Discard changes");
	expect(field("Application")).toHaveProperty("value", "");
	expect(localStorage).toHaveLength(0);
});

test("an ARN that is pasted into a field fills in all that it names", () => {
	renderPage();
	fireEvent.paste(field("Application"), {
		clipboardData: {
			getData: () =>
				"arn:aws:appconfig:eu-west-1:123456789012:application/abc1234/environment/def5678/configuration/ghi9012",
		},
	});
	expect(field("Environment")).toHaveProperty("value", "def5678");
	expect(field("Region")).toHaveProperty("value", "eu-west-1");
	screen.getByText(
		"Filled in: Application, Environment, Configuration profile, Region.",
	);
});

test("one pasted key stays in its field, and several values fill in all key fields", async () => {
	renderPage();
	fireEvent.paste(field("Access key ID"), {
		clipboardData: {
			getData: () =>
				`export AWS_ACCESS_KEY_ID=${KEY_ID}\nexport AWS_SECRET_ACCESS_KEY=${SECRET}`,
		},
	});
	await screen.findByText("Filled in: Access key ID, Secret access key.");
	expect(field("Secret access key")).toHaveProperty("value", SECRET);
});

test("a custom endpoint gets no keys, whatever was typed before it", async () => {
	const { commands } = renderPage();
	await fill({
		...REQUIRED,
		"Access key ID": KEY_ID,
		"Secret access key": SECRET,
		Endpoint: "http://127.0.0.1:4772",
	});
	screen.getByText(/This endpoint gets dummy credentials/);
	await click("Save profile");
	await screen.findByText("Saved settings.");
	expect(JSON.stringify(commands)).not.toContain(SECRET);
});

test("a saved profile is shown in its form, and is deleted only after a second click", async () => {
	const { commands } = renderPage({
		route: PROFILE_ID,
		profiles: [createProfileSnapshot()],
	});
	expect(field("Application")).toHaveProperty("value", "shop");
	await click("Delete profile");
	screen.getByText("Delete Shop settings with its keys and 2 versions?");
	expect(commands).toEqual([]);
	await click("Yes, delete");
	await screen.findByText("Deleted Shop settings.");
	expect(commands).toEqual([
		{ name: "deleteProfile", input: { id: PROFILE_ID } },
	]);
});

test("a profile that does not exist is not offered as a form", () => {
	renderPage({ route: "unknown" });
	screen.getByRole("heading", { name: "No such profile" });
	expect(screen.queryByRole("button", { name: "Save profile" })).toBeNull();
});
