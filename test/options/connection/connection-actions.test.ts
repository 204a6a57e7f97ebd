import { expect, test } from "vitest";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../../src/core/connection/connection-snapshot.ts";
import { createConnectionActions } from "../../../src/options/connection/connection-actions.ts";
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

function setUp(isGranted: boolean, entry = ENTRY) {
	const steps: string[] = [];
	const options = {
		remote: createRemote(async (name) => {
			steps.push(name);
			return { ok: true };
		}),
		platform: {
			reload: () => undefined,
			openOptions: () => undefined,
			requestHost: async (...patterns: string[]) => {
				steps.push(patterns.join(" "));
				return isGranted;
			},
		},
		announce: (text: string) => void steps.push(text),
	};
	return { steps, actions: createConnectionActions(options, entry) };
}

test("signing in requests access to the hosts of both services in the click itself", async () => {
	const { steps, actions } = setUp(true);
	actions.signIn("browser");
	expect(steps).toEqual([`${OIDC} ${PORTAL}`]);
	await settled();
	expect(steps.slice(1)).toEqual([
		"signIn",
		"Continue in the tab that has opened.",
	]);
});

test("signing in stops when access to the hosts is not granted, and names them", async () => {
	const { steps, actions } = setUp(false);
	actions.signIn("device");
	await settled();
	expect(steps.slice(1)).toEqual([
		`Access to ${OIDC} and ${PORTAL} was not granted, so it can't be used yet.`,
	]);
});

test("Grant access requests all hosts that the connection needs, and the one that was missing", async () => {
	const { steps, actions } = setUp(true, {
		...ENTRY,
		status: "permission-missing",
		detail: "https://moved.example.com/*",
	});
	actions.grant();
	await settled();
	expect(steps).toEqual([
		`${OIDC} ${PORTAL} https://moved.example.com/*`,
		"checkConnection",
		"The credentials work.",
	]);
});
