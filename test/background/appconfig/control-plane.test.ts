import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createControlPlane } from "../../../src/background/appconfig/control-plane.ts";
import type { Access } from "../../../src/core/connection/credential-provider.ts";
import type { Profile, ProfileId } from "../../../src/core/profile/profile.ts";
import { ok } from "../../../src/core/shared/result.ts";
import { serve } from "../../helpers/loopback-server.ts";
import { createArea } from "../../helpers/storage-area.ts";

const SECRET = "wJalrCanarySecret/K7MDENG+bPxRfiCYzExample";
const KEYS = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: SECRET };

type Answers = (
	path: string,
	query: URLSearchParams,
) => [status: number, body: unknown];

async function setUp(answers: Answers, access: Partial<Access> = {}) {
	const requests: string[] = [];
	const pauses: number[] = [];
	const world = { answers, requests, pauses, accessKeyId: KEYS.accessKeyId };
	const url = await serve(
		(request: IncomingMessage, response: ServerResponse) => {
			const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
			requests.push(pathname);
			const [status, body] = world.answers(pathname, searchParams);
			response.writeHead(status, { "Content-Type": "application/json" });
			response.end(typeof body === "string" ? body : JSON.stringify(body));
		},
	);
	const endpoint = url.replace(/\/$/, "");
	const profile: Profile = {
		id: "p1" as ProfileId,
		name: "settings",
		application: "shop",
		environment: "prod",
		configurationProfile: "settings",
		region: "eu-west-1",
		endpoint,
	};
	const session = createArea();
	const boot = () =>
		createControlPlane({
			now: Date.now,
			mayCall: async () => true,
			session,
			access: async () =>
				ok({
					kind: "aws",
					endpoint,
					credentials: { ...KEYS, accessKeyId: world.accessKeyId },
					...access,
				} as Access),
			profiles: () => [profile],
			pause: async (ms) => {
				pauses.push(ms);
			},
		});
	const target = { region: "eu-west-1", endpoint };
	return {
		...world,
		world,
		session,
		boot,
		target,
		id: profile.id,
		control: boot(),
	};
}

const SHOP: Answers = (path) => {
	if (path === "/applications")
		return [200, { Items: [{ Id: "abc1234", Name: "shop" }] }];
	if (path.endsWith("/environments"))
		return [200, { Items: [{ Id: "env1234", Name: "prod" }] }];
	if (path.endsWith("/configurationprofiles"))
		return [
			200,
			{
				Items: [
					{
						Id: "cfg1234",
						Name: "settings",
						Type: "AWS.Freeform",
						Description: "All of it",
					},
				],
			},
		];
	return [200, { Items: [] }];
};

describe("resource lists", () => {
	it("are read page by page, not faster than AWS allows, and cached for the browser session", async () => {
		const { boot, control, target, requests, pauses } = await setUp(
			(_, query) =>
				query.has("next_token")
					? [200, { Items: [{ Id: "b", Name: "second" }] }]
					: [
							200,
							{
								Items: [{ Id: "a", Name: "first", Description: "d" }],
								NextToken: "n&x=1",
							},
						],
		);
		const input = { target, listing: "applications" } as const;
		const found = await control.listResources(input);
		expect(found.ok && found.value.map(({ name }) => name)).toEqual([
			"first",
			"second",
		]);
		expect(pauses).toEqual([110, 110]);
		// A restarted worker has them still; a refresh requests them again.
		expect(await boot().listResources(input)).toEqual(found);
		expect(requests).toHaveLength(2);
		await boot().listResources({ ...input, refresh: true });
		expect(requests).toHaveLength(4);
	});

	it("are cached for one access key, and only the latest list is stored", async () => {
		const { control, target, requests, session, world } = await setUp(SHOP);
		const input = { target, listing: "applications" } as const;
		for (const accessKeyId of ["ASIAFIRST", "ASIASECOND", "ASIATHIRD"]) {
			world.accessKeyId = accessKeyId;
			await control.listResources(input);
			await control.listResources(input);
		}
		expect(requests).toHaveLength(3);
		expect(Object.keys(await session.get(null))).toHaveLength(1);
	});

	it("are requested again with growing delays when throttled, and fail after three attempts", async () => {
		let refusals = 2;
		const { control, target, pauses, world } = await setUp(() =>
			refusals-- > 0 ? [429, {}] : [200, { Items: [] }],
		);
		const input = { target, listing: "applications" } as const;
		expect(await control.listResources(input)).toMatchObject({ ok: true });
		expect(pauses).toEqual([110, 1_000, 2_000]);
		world.answers = () => [429, {}];
		expect(
			await control.listResources({ ...input, refresh: true }),
		).toMatchObject({ error: { kind: "throttled" } });
	});

	it.each([
		["applications", "appconfig:ListApplications"],
		["environments", "appconfig:ListEnvironments"],
		["configurationprofiles", "appconfig:ListConfigurationProfiles"],
	] as const)(
		"fail without permission for %s and name the missing action %s",
		async (listing, action) => {
			const { control, target } = await setUp((path, query) =>
				path.endsWith(listing)
					? [403, { message: "User is not authorized" }]
					: SHOP(path, query),
			);
			const refused = await control.listResources({
				target,
				listing,
				application: "shop",
			});
			expect(refused).toMatchObject({
				error: {
					kind: "access-denied",
					detail: `Allow ${action} to see it.`,
					policyHelps: true,
				},
			});
			expect(JSON.stringify(refused)).not.toContain(SECRET);
		},
	);

	it("fail with an explanation for sessions of an assumed role", async () => {
		const { control, target } = await setUp(() => [403, {}], {
			isScoped: true,
		} as Partial<Access>);
		expect(
			await control.listResources({ target, listing: "applications" }),
		).toMatchObject({
			error: { detail: expect.stringContaining("a connection without a role") },
		});
	});

	it("include type and description", async () => {
		const { control, target } = await setUp(SHOP);
		expect(
			await control.listResources({
				target,
				listing: "configurationprofiles",
				application: "shop",
			}),
		).toEqual(
			ok([
				{
					id: "cfg1234",
					name: "settings",
					type: "AWS.Freeform",
					description: "All of it",
				},
			]),
		);
	});
});

describe("hosted configuration versions", () => {
	it("are listed by ids, and read byte for byte", async () => {
		const { control, id, requests, world } = await setUp(SHOP);
		world.answers = (path, query) =>
			path.endsWith("/hostedconfigurationversions/7")
				? [200, "b\u00fcro\r\n"]
				: path.endsWith("/hostedconfigurationversions")
					? [200, { Items: [{ VersionNumber: 7, VersionLabel: "v7" }] }]
					: SHOP(path, query);
		expect(await control.listHosted({ id })).toEqual(
			ok([{ number: 7, label: "v7" }]),
		);
		expect(await control.readHosted({ id, number: 7 })).toEqual(
			ok({
				contentType: "application/json",
				base64: Buffer.from("b\u00fcro\r\n").toString("base64"),
			}),
		);
		expect(requests.at(-1)).toBe(
			"/applications/abc1234/configurationprofiles/cfg1234/hostedconfigurationversions/7",
		);
	});

	it("of a new application are found by refreshing the cached list", async () => {
		const { control, id, target, world } = await setUp(() => [
			200,
			{ Items: [] },
		]);
		await control.listResources({ target, listing: "applications" });
		expect(await control.listHosted({ id })).toMatchObject({
			error: { kind: "not-found", detail: "There is no application “shop”." },
		});
		world.answers = SHOP;
		expect(await control.listHosted({ id })).toMatchObject({ ok: true });
	});

	it("of more than 8 MiB are refused", async () => {
		const { control, id, world } = await setUp(SHOP);
		world.answers = (path, query) =>
			path.endsWith("/9") ? [200, "x".repeat(9_000_000)] : SHOP(path, query);
		expect(await control.readHosted({ id, number: 9 })).toMatchObject({
			ok: false,
		});
	});
});
