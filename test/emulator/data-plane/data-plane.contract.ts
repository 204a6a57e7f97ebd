// Runs against the emulator in-process and over HTTP, and against AWS.
import { describe, expect, test } from "vitest";

export interface Started {
	readonly InitialConfigurationToken: string;
}

export interface Polled {
	readonly NextPollConfigurationToken: string;
	readonly NextPollIntervalInSeconds: number;
	readonly ContentType: string | undefined;
	readonly VersionLabel: string | undefined;
	/** Empty when nothing has changed. */
	readonly Configuration: Uint8Array;
}

export interface Refused {
	readonly error: string;
	readonly status: number;
	readonly message: string;
	readonly Reason?: string;
	readonly problem?: string;
	readonly ResourceType?: string;
	readonly ReferencedBy?: Record<string, string>;
}

export interface SessionInput {
	readonly ApplicationIdentifier: string;
	readonly EnvironmentIdentifier: string;
	readonly ConfigurationProfileIdentifier: string;
	readonly RequiredMinimumPollIntervalInSeconds?: number;
}

export interface Service {
	/** A profile that has something deployed. */
	readonly profile: SessionInput;
	start(input: SessionInput): Promise<Started | Refused>;
	get(token: string): Promise<Polled | Refused>;
	/** Controls that an emulator has, and AWS has not. */
	readonly handles?: {
		advance(seconds: number): void;
		deploy(content: string, label?: string): Promise<void>;
		remove(): Promise<void>;
	};
}

type CreateService = () => Promise<Service>;

export function describeDataPlane(
	name: string,
	createService: CreateService,
	hasHandles = true,
): void {
	describe(`AppConfig Data, ${name}`, () => {
		describeSessions(createService);
		describeTokens(createService);
		describe.runIf(hasHandles)("over time", () => {
			describeTime(createService);
		});
	});
}

function describeSessions(createService: CreateService): void {
	test("The first poll is never too early and returns the whole configuration", async () => {
		const service = await createService();
		const first = await firstPoll(service);
		expect(first.Configuration.length).toBeGreaterThan(0);
		expect(first.ContentType).toMatch(/^\w+\/[\w.+-]+/);
		expect(first.NextPollIntervalInSeconds).toBe(60);
	});

	test("The required minimum interval is returned", async () => {
		const service = await createService();
		const token = await start(service, {
			...service.profile,
			RequiredMinimumPollIntervalInSeconds: 15,
		});
		const polled = expectPolled(await service.get(token));
		expect(polled.NextPollIntervalInSeconds).toBe(15);
	});

	test.each([14, 86_401])("An interval of %i s is refused", async (seconds) => {
		const service = await createService();
		const refused = await service.start({
			...service.profile,
			RequiredMinimumPollIntervalInSeconds: seconds,
		});
		expect(refused).toMatchObject({
			error: "BadRequestException",
			status: 400,
		});
	});

	test("An identifier of 129 characters is refused", async () => {
		const service = await createService();
		const refused = await service.start({
			...service.profile,
			ApplicationIdentifier: "a".repeat(129),
		});
		expect(refused).toMatchObject({
			error: "BadRequestException",
			status: 400,
		});
	});

	test.each([
		["ApplicationIdentifier", "Application"],
		["EnvironmentIdentifier", "Environment"],
		["ConfigurationProfileIdentifier", "ConfigurationProfile"],
	] as const)("An unknown %s is a missing %s", async (member, type) => {
		const service = await createService();
		const refused = await service.start({
			...service.profile,
			[member]: "nowhere",
		});
		expect(refused).toMatchObject({
			error: "ResourceNotFoundException",
			status: 404,
			ResourceType: type,
			ReferencedBy: { [member]: "nowhere" },
		});
	});
}

function describeTokens(createService: CreateService): void {
	test("A token is long, opaque and must be percent-encoded", async () => {
		const service = await createService();
		const token = await start(service, service.profile);
		expect(token).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
		expect(token.length).toBeGreaterThan(1000);
		expect(token.length).toBeLessThan(1400);
	});

	test("Each reply contains a new token", async () => {
		const service = await createService();
		const token = await start(service, service.profile);
		const polled = expectPolled(await service.get(token));
		expect(polled.NextPollConfigurationToken).not.toBe(token);
	});

	test("A poll before the interval is over is too early", async () => {
		const service = await createService();
		const first = await firstPoll(service);
		const early = await service.get(first.NextPollConfigurationToken);
		expect(early).toMatchObject({
			error: "BadRequestException",
			status: 400,
			message: "Request too early",
		});
	});

	test("A token that was not issued is refused", async () => {
		const service = await createService();
		const refused = await service.get("AYADe+nobody/issued=");
		expect(refused).toMatchObject({
			error: "BadRequestException",
			status: 400,
		});
	});
}

function describeTime(createService: CreateService): void {
	test("An unchanged poll returns 200, an empty body and a new token, without a label", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		handles.advance(60);
		const unchanged = expectPolled(await service.get(token));
		expect(unchanged.Configuration).toHaveLength(0);
		expect(unchanged.NextPollConfigurationToken).not.toBe(token);
		expect(unchanged.ContentType).toBe("application/octet-stream");
		expect(unchanged.VersionLabel).toBeUndefined();
	});

	test("A token is still valid after a request that was too early", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		handles.advance(59.999);
		expect(await service.get(token)).toMatchObject({
			Reason: "InvalidParameters",
			problem: "PollIntervalNotSatisfied",
		});
		handles.advance(0.001);
		expectPolled(await service.get(token));
	});

	test("A token is good for one call", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		handles.advance(60);
		expectPolled(await service.get(token));
		handles.advance(60);
		expect(await service.get(token)).toMatchObject({
			error: "BadRequestException",
			problem: "Corrupted",
		});
	});

	test("A token expires after 24 hours", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		handles.advance(24 * 60 * 60);
		expect(await service.get(token)).toMatchObject({
			error: "BadRequestException",
			problem: "Expired",
		});
	});

	test("A session lasts as long as it is polled", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		let next = token;
		for (let day = 0; day < 5; day++) {
			handles.advance(23 * 60 * 60);
			const polled = expectPolled(await service.get(next));
			next = polled.NextPollConfigurationToken;
		}
		expect(next).not.toBe(token);
	});

	test("The next poll after a deployment returns the new bytes and label", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		const content = '{"id": 9007199254740993, "text": "&lt; 🚚\\r\\n"}';
		await handles.deploy(content, "spring-2");
		handles.advance(60);
		const changed = expectPolled(await service.get(token));
		expect(Buffer.from(changed.Configuration).toString()).toBe(content);
		expect(changed.ContentType).toBe("application/json");
		expect(changed.VersionLabel).toBe("spring-2");
	});

	test("A removed configuration is not found, and the token stays valid", async () => {
		const { service, handles, token } = await readyToPoll(createService);
		await handles.remove();
		handles.advance(60);
		expect(await service.get(token)).toMatchObject({
			error: "ResourceNotFoundException",
			status: 404,
		});
		await handles.deploy('{"back": true}');
		expectPolled(await service.get(token));
	});
}

async function readyToPoll(createService: CreateService) {
	const service = await createService();
	const first = await firstPoll(service);
	const { handles } = service;
	if (!handles) throw new Error("This service has no handles");
	return { service, handles, token: first.NextPollConfigurationToken };
}

async function firstPoll(service: Service): Promise<Polled> {
	const token = await start(service, service.profile);
	return expectPolled(await service.get(token));
}

async function start(service: Service, input: SessionInput): Promise<string> {
	const started = await service.start(input);
	if ("error" in started) throw new Error(JSON.stringify(started));
	return started.InitialConfigurationToken;
}

function expectPolled(polled: Polled | Refused): Polled {
	if ("error" in polled) throw new Error(JSON.stringify(polled));
	return polled;
}
