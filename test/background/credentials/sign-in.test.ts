import { expect, test } from "vitest";
import { createSignIn } from "../../../src/background/credentials/sign-in.ts";
import type {
	ConnectionId,
	IdentityCenterConnection,
} from "../../../src/core/connection/connection.ts";
import { stubFetch } from "../../helpers/fetch.ts";
import { createArea } from "../../helpers/storage-area.ts";

const CONNECTION: IdentityCenterConnection = {
	id: "work" as ConnectionId,
	name: "Work",
	kind: "identity-center",
	startUrl: "https://d-1234567890.awsapps.com/start",
	ssoRegion: "eu-west-1",
};

const SECRET = "canary-client-secret";

function setUp() {
	const session = createArea();
	const opened: URL[] = [];
	const closed: number[] = [];
	const ended: unknown[] = [];
	const wakes: number[] = [];
	const world = {
		session,
		watches: true,
		now: Date.UTC(2026, 5, 1),
		token: [200, { accessToken: "a", expiresIn: 3_600 }] as readonly [
			number,
			unknown,
		],
		refusal: undefined as unknown,
		opened,
		closed,
		ended,
		wakes,
		boot: () =>
			createSignIn(
				{
					session,
					now: () => world.now,
					mayCall: async () => true,
					scheduleWake: (at) => wakes.push(at),
					setTabListening: (isWanted) => {
						world.watches = isWanted;
					},
					tabs: {
						create: async ({ url }) => {
							opened.push(new URL(url));
							return { id: opened.length };
						},
						remove: async (id) => void closed.push(id),
					},
				},
				{
					changed: () => undefined,
					ended: (_, outcome) => ended.push(outcome.ok ? "in" : outcome.error),
				},
			),
		redirect: (change: Record<string, string> = {}) => {
			const query = opened.at(-1)?.searchParams;
			const back = new URLSearchParams({
				code: "c0de",
				state: query?.get("state") ?? "",
				...change,
			});
			return `${query?.get("redirect_uri")}?${back}`;
		},
	};
	const requests = stubFetch(({ route }) => {
		if (world.refusal && !route.endsWith("/client/register"))
			return [400, world.refusal];
		if (route.endsWith("/client/register"))
			return [
				200,
				{ clientId: "c", clientSecret: SECRET, clientSecretExpiresAt: 4e9 },
			];
		if (route.endsWith("/device_authorization"))
			return [
				200,
				{
					deviceCode: "d",
					userCode: "ABCD",
					verificationUriComplete:
						"https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD",
					expiresIn: 600,
					interval: 5,
				},
			];
		return world.token;
	});
	return Object.assign(world, { requests });
}

test("a browser sign-in ends once after a restart of the worker, and its tab is closed", async () => {
	const world = setUp();
	await world.boot().start(CONNECTION, "browser");
	const [page] = world.opened;
	expect(page?.searchParams.get("code_challenge_method")).toBe("S256");
	expect(page?.searchParams.get("redirect_uri")).toMatch(
		/^http:\/\/127\.0\.0\.1:\d{5}\/oauth\/callback$/,
	);
	const later = world.boot();
	await later.tabUpdated(1, world.redirect());
	await later.tabUpdated(1, world.redirect());
	expect(world.ended).toEqual(["in"]);
	expect(world.closed).toEqual([1]);
	expect(world.requests.at(-1)?.body).toMatchObject({
		grantType: "authorization_code",
		code: "c0de",
	});
});

test("a redirect that comes while the attempt is being stored is accepted", async () => {
	const world = setUp();
	const signIn = world.boot();
	const { set } = world.session;
	world.session.set = async (items) => {
		const written = set(items);
		await signIn.tabUpdated(1, world.redirect());
		await written;
	};
	await signIn.start(CONNECTION, "browser");
	expect(world.ended).toEqual(["in"]);
	expect(await world.session.get(null)).toEqual({});
});

test("a second click before the tab is open opens no second tab", async () => {
	const world = setUp();
	const signIn = world.boot();
	const [first, second] = await Promise.all([
		signIn.start(CONNECTION, "browser"),
		signIn.start(CONNECTION, "browser"),
	]);
	expect(second).toEqual(first);
	expect(world.opened).toHaveLength(1);
	await signIn.tabUpdated(1, world.redirect());
	expect(world.ended).toEqual(["in"]);
	await signIn.start(CONNECTION, "browser");
	expect(world.opened).toHaveLength(2);
});

test("a refusal that repeats what was sent is redacted", async () => {
	const world = setUp();
	world.refusal = { error: "bad", error_description: `no ${SECRET} here` };
	const begun = await world.boot().start(CONNECTION, "device");
	expect(begun).toEqual({
		ok: false,
		error: {
			kind: "sign-in-needed",
			detail: "bad: no … here",
			operation: "StartDeviceAuthorization",
			host: "oidc.eu-west-1.amazonaws.com",
			status: 400,
		},
	});
});

test("tab events are listened to only while a sign-in waits for one", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.wake();
	expect(world.watches).toBe(false);
	await signIn.start(CONNECTION, "browser");
	expect(world.watches).toBe(true);
	const later = world.boot();
	await later.wake();
	expect(world.watches).toBe(true);
	await later.tabUpdated(1, world.redirect());
	expect(world.watches).toBe(false);
});

test.each([
	{ state: "forged" },
	{ state: "" },
	{ state: "forged", error: "access_denied", code: "" },
])(
	"a redirect with another state %j does not end a sign-in",
	async (change) => {
		const world = setUp();
		const signIn = world.boot();
		await signIn.start(CONNECTION, "browser");
		await signIn.tabUpdated(1, world.redirect(change));
		await signIn.tabUpdated(1, `${world.redirect()}&state=forged`);
		expect(world.ended).toEqual([]);
		expect(world.closed).toEqual([]);
		expect(signIn.progress(CONNECTION.id)).toBeDefined();
		await signIn.tabUpdated(1, world.redirect());
		expect(world.ended).toEqual(["in"]);
	},
);

test("cancelling all includes one that is starting and one whose code is being exchanged", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.start(CONNECTION, "browser");
	const exchange = signIn.tabUpdated(1, world.redirect());
	await Promise.all([signIn.cancelAll(), exchange]);
	expect(world.ended).toEqual([]);
	const begun = signIn.start(CONNECTION, "device");
	await Promise.resolve();
	await signIn.cancelAll();
	expect(await begun).toMatchObject({ ok: false });
	expect(await world.session.get(null)).toEqual({});
	expect(signIn.progress(CONNECTION.id)).toBeUndefined();
});

test.each([
	[
		"no code",
		{ code: "", error: "access_denied" },
		1,
		"The sign-in was refused.",
	],
])(
	"a redirect with %s is refused, and no code is exchanged",
	async (_, change, tab, detail) => {
		const world = setUp();
		const signIn = world.boot();
		await signIn.start(CONNECTION, "browser");
		await signIn.tabUpdated(tab, world.redirect(change));
		expect(world.ended).toMatchObject([{ detail }]);
		expect(
			world.requests.filter(({ route }) => route.endsWith("/token")),
		).toEqual([]);
	},
);

test("a redirect in another tab or to another URL is ignored", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.start(CONNECTION, "browser");
	await signIn.tabUpdated(2, world.redirect());
	await signIn.tabUpdated(1, "http://127.0.0.1:1/oauth/callback?code=x");
	expect(world.ended).toEqual([]);
	expect(signIn.progress(CONNECTION.id)).toMatchObject({ method: "browser" });
});

test("closing the page, and ten minutes of waiting, end a sign-in with a reason", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.start(CONNECTION, "browser");
	await signIn.tabRemoved(1);
	await signIn.start(CONNECTION, "browser");
	world.now += 10 * 60_000;
	await signIn.wake();
	expect(world.ended).toMatchObject([
		{ detail: "The sign-in page was closed." },
		{ detail: "The sign-in took too long." },
	]);
	expect(signIn.progress(CONNECTION.id)).toBeUndefined();
});

test("a device code is polled at its interval, and slower on request, until the user has agreed", async () => {
	const world = setUp();
	const signIn = world.boot();
	expect(await signIn.start(CONNECTION, "device")).toMatchObject({
		value: { userCode: "ABCD" },
	});
	const tokens = () =>
		world.requests.filter(({ route }) => route.endsWith("/token")).length;
	await signIn.wake();
	expect(tokens()).toBe(0);
	world.token = [400, { error: "slow_down" }];
	world.now += 5_000;
	await signIn.wake();
	expect(world.wakes.at(-1)).toBe(world.now + 10_000);
	world.token = [503, {}];
	world.now += 10_000;
	const later = world.boot();
	await later.wake();
	expect(world.ended).toEqual([]);
	world.token = [200, { accessToken: "a", expiresIn: 3_600 }];
	world.now += 10_000;
	await later.wake();
	expect(world.ended).toEqual(["in"]);
	expect(tokens()).toBe(3);
});

test("a device code is polled once when alarm and timer fire together", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.start(CONNECTION, "device");
	world.now += 5_000;
	await Promise.all([signIn.wake(), signIn.wake()]);
	expect(world.ended).toEqual(["in"]);
	expect(
		world.requests.filter(({ route }) => route.endsWith("/token")),
	).toHaveLength(1);
});

test("a sign-in that is cancelled during a request has ended", async () => {
	const world = setUp();
	const signIn = world.boot();
	await signIn.start(CONNECTION, "device");
	world.now += 5_000;
	const requests = signIn.wake();
	await signIn.cancel(CONNECTION.id);
	await requests;
	expect(world.ended).toEqual([]);
});

test("a sign-in page that is not https is not opened", async () => {
	const world = setUp();
	stubFetch(({ route }) =>
		route.endsWith("/client/register")
			? [200, { clientId: "c", clientSecret: "s" }]
			: [
					200,
					{
						deviceCode: "d",
						userCode: "A",
						verificationUriComplete: "javascript:alert(1)",
					},
				],
	);
	expect(await world.boot().start(CONNECTION, "device")).toMatchObject({
		ok: false,
	});
	expect(world.opened).toEqual([]);
});
