// Signing in where the browser does not allow the hosts yet: asked in the click itself, and what whatever the browser answers.
import { expect, test } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../../src/core/connection/connection-snapshot.ts";
import { connectionActions } from "../../../src/options/connection/connection-actions.ts";
import { createRemote } from "../../../src/ui/background-client/background-client.ts";

const OIDC = "https://oidc.cn-north-1.amazonaws.com.cn/*";
const PORTAL = "https://portal.sso.cn-north-1.amazonaws.com.cn/*";
const ENTRY: ConnectionSnapshot = {
	connection: {
		id: "work" as ConnectionId,
		name: "Work",
		kind: "identity-center",
		startUrl: "https://start.home.awsapps.cn/directory/d-1234567890",
		ssoRegion: "cn-north-1",
	},
	status: "sign-in-needed",
	hasSecret: false,
};
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function desk(isGranted: boolean, entry = ENTRY) {
	const steps: string[] = [];
	const actions = connectionActions({
		entry,
		remote: createRemote(async (name) => {
			steps.push(name);
			return { ok: true };
		}),
		platform: {
			reload: () => undefined,
			openOptions: () => undefined,
			requestHost: async (...patterns) => {
				steps.push(patterns.join(" "));
				return isGranted;
			},
		},
		say: (text) => steps.push(text),
	});
	return { steps, actions };
}

test("signing in asks for the hosts of both services in the click itself, then goes on", async () => {
	const { steps, actions } = desk(true);
	actions.signIn("browser");
	expect(steps).toEqual([`${OIDC} ${PORTAL}`]);
	await settled();
	expect(steps.slice(1)).toEqual([
		"signIn",
		"Go on in the tab that has opened.",
	]);
});

test("signing in goes no further when the hosts are refused, and says which", async () => {
	const { steps, actions } = desk(false);
	actions.signIn("device");
	await settled();
	expect(steps.slice(1)).toEqual([
		`${OIDC} and ${PORTAL} was not allowed, so it cannot be used yet.`,
	]);
});

test("the button for a missing host asks for all that the connection needs, and for the one that was missed", async () => {
	const { steps, actions } = desk(true, {
		...ENTRY,
		status: "permission-missing",
		detail: "https://moved.example.com/*",
	});
	actions.grant();
	await settled();
	expect(steps).toEqual([
		`${OIDC} ${PORTAL} https://moved.example.com/*`,
		"checkConnection",
		"Credentials are there.",
	]);
});
